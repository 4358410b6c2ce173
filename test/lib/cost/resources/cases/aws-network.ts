/** Cases of aws: network. */
import type { Case } from './case.ts';

const address = '730 hour ipv4 public IPv4 address, in use or idle';

export const awsNetworkCases: readonly Case[] = [
  { type: 'AWS::EC2::EIP', lines: { 'Public IPv4 address': address } },
  {
    type: 'AWS::EC2::NatGateway',
    usage: { 'AWS::EC2::NatGateway.processed-gb': '15' },
    lines: { 'NAT gateway': '730 hour nat NAT gateway', 'Data processed': '15 gb nat NAT gateway data processed' },
  },
  { type: 'AWS::EC2::VPCEndpoint', properties: { VpcEndpointType: 'Gateway' }, lines: {} },
  {
    type: 'AWS::EC2::VPCEndpoint',
    properties: { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
    usage: { 'AWS::EC2::VPCEndpoint.processed-gb': '3' },
    lines: { Endpoint: '1460 hour vpc interface endpoint', 'Data processed': '3 gb vpc interface endpoint data processed' },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: { Subnets: ['a', 'b'], Scheme: 'internet-facing' },
    usage: { 'AWS::ElasticLoadBalancingV2::LoadBalancer.lcu-hours': '18.87' },
    lines: {
      'Load balancer': '730 hour elb ALB',
      'Capacity units': '18.87 hour elb ALB LCU',
      'Public IPv4 addresses': '1460 hour ipv4 public IPv4 address, in use or idle',
    },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: { Type: 'network', Subnets: ['a'], Scheme: 'internal' },
    usage: { 'stack/It.lcu-hours': '1' },
    lines: { 'Load balancer': '730 hour elb NLB', 'Capacity units': '1 hour elb NLB NLCU' },
  },
  {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    usage: { 'stack/It.processed-gb': '2' },
    lines: { 'Load balancer': '730 hour elb classic load balancer', 'Data processed': '2 gb elb classic load balancer data processed' },
  },
  {
    type: 'AWS::CloudFront::Distribution',
    usage: { 'AWS::CloudFront::Distribution.internet-out-gb': '9', 'AWS::CloudFront::Distribution.requests-10k': '6' },
    lines: { 'Data out': '9 gb cloudfront data out', Requests: '6 request-10k cloudfront HTTPS requests' },
  },
  {
    type: 'AWS::EC2::FlowLog',
    usage: { 'AWS::EC2::FlowLog.ingested-gb': '0.33' },
    lines: { 'Flow logs': '0.33 gb cloudwatch vended logs (flow logs) to CloudWatch' },
  },
];
