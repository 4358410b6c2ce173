/** Cases of aws: what is billed only where a property asks for it or the usage file says it. */
import type { Case } from './case.ts';

export const awsUsageCases: readonly Case[] = [
  { type: 'AWS::ECS::Cluster', properties: { ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }] }, lines: {} },
  {
    type: 'AWS::ECS::Cluster',
    properties: { ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }] },
    usage: { 'AWS::ECS::Cluster.metrics': '40' },
    lines: { 'Container Insights': '40 metric-month cloudwatch custom metric' },
  },
  {
    type: 'AWS::EKS::Cluster',
    properties: { Version: '1.33', ComputeConfig: { Enabled: true }, ControlPlaneScalingConfig: { Tier: 'tier-xl' } },
    usage: { 'AWS::EKS::Cluster.ingested-gb': '2' },
    lines: {
      'Control plane': '730 hour eks cluster, extended support',
      'Provisioned control plane': '730 hour eks control plane tier tier-xl',
      'Auto Mode': '- Auto Mode starts as many machines as its work needs',
      'Control plane logs': '2 gb cloudwatch vended logs (flow logs) to CloudWatch',
    },
  },
  ...(
    [
      [{ Version: '1.34' }, 'standard'],
      [{ Version: '1.20' }, 'extended'],
      [{ Version: '1.33', UpgradePolicy: { SupportType: 'STANDARD' } }, 'standard'],
    ] as const
  ).map(([properties, support]) => ({
    type: 'AWS::EKS::Cluster',
    properties,
    lines: { 'Control plane': `730 hour eks cluster, ${support} support` },
  })),
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties: {
      Type: 'network',
      Subnets: ['a'],
      SubnetMappings: [{ SubnetId: 'b', AllocationId: { ref: 'Ip' } }, { SubnetId: 'c' }],
      MinimumLoadBalancerCapacity: { CapacityUnits: 10 },
    },
    usage: { 'stack/It.lcu-hours': '1' },
    lines: {
      'Load balancer': '730 hour elb NLB',
      'Capacity units': '1 hour elb NLB NLCU',
      'Reserved capacity units': '7300 hour elb NLB reserved capacity unit',
      'Public IPv4 addresses': '1460 hour ipv4 public IPv4 address, in use or idle',
    },
  },
  ...(
    [
      [{ Type: 'gateway', Subnets: ['a'] }, 'gateway load balancer', 'gateway load balancer LCU'],
      [{ Subnets: ['a'], IpAddressType: 'dualstack-without-public-ipv4' }, 'ALB', 'ALB LCU'],
    ] as const
  ).map(([properties, item, units]) => ({
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    properties,
    usage: { 'stack/It.lcu-hours': '1' },
    lines: { 'Load balancer': `730 hour elb ${item}`, 'Capacity units': `1 hour elb ${units}` },
  })),
  {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    properties: { Subnets: ['a', 'b'] },
    usage: { 'stack/It.processed-gb': '1' },
    lines: {
      'Load balancer': '730 hour elb classic load balancer',
      'Data processed': '1 gb elb classic load balancer data processed',
      'Public IPv4 addresses': '1460 hour ipv4 public IPv4 address, in use or idle',
    },
  },
  {
    type: 'AWS::EC2::NatGateway',
    properties: { AvailabilityMode: 'regional' },
    usage: { 'stack/It.processed-gb': '1' },
    lines: {
      'NAT gateway': '- a regional gateway is billed in each zone that it works in',
      'Data processed': '1 gb nat NAT gateway data processed',
    },
  },
  { type: 'AWS::EC2::EIP', properties: { PublicIpv4Pool: 'ipv4pool-ec2-012345' }, lines: {} },
  {
    type: 'AWS::EC2::VPCEndpoint',
    properties: { VpcEndpointType: 'GatewayLoadBalancer' },
    usage: { 'stack/It.processed-gb': '1' },
    lines: {
      Endpoint: '730 hour vpc GatewayLoadBalancer endpoint',
      'Data processed': '1 gb vpc GatewayLoadBalancer endpoint data processed',
    },
  },
  {
    type: 'AWS::CloudFront::Distribution',
    properties: { DistributionConfig: { ViewerCertificate: { SslSupportMethod: 'vip' } } },
    usage: {
      'stack/It.internet-out-gb': '1',
      'stack/It.requests-10k': '2',
      'stack/It.origin-gb': '3',
      'stack/It.function-calls-million': '4',
      'stack/It.invalidations-10k': '5',
    },
    lines: {
      'Data out': '1 gb cloudfront data out',
      Requests: '2 request-10k cloudfront HTTPS requests',
      'Data to the origin': '3 gb cloudfront data to the origin',
      Functions: '4 request-million cloudfront function calls',
      Invalidations: '5 request-10k cloudfront invalidation paths',
      'Dedicated addresses': '1 key-month cloudfront certificate on addresses of its own',
    },
  },
  {
    type: 'AWS::S3::Bucket',
    usage: {
      'stack/It.stored-gb': '1',
      'stack/It.infrequent-gb': '2',
      'stack/It.archive-gb': '3',
      'stack/It.put-requests-1000': '4',
      'stack/It.get-requests-1000': '5',
      'stack/It.internet-out-gb': '6',
    },
    lines: {
      Storage: '1 gb-month s3 Standard',
      'Storage in Standard-IA': '2 gb-month s3 Standard-IA',
      'Storage in Glacier Instant Retrieval': '3 gb-month s3 Glacier Instant Retrieval',
      'Writing requests': '4 request-1000 s3 PUT, COPY, POST, LIST',
      'Reading requests': '5 request-1000 s3 GET and others',
      'Internet traffic out': '6 gb transfer internet out',
    },
  },
  {
    type: 'AWS::SNS::Topic',
    properties: { FifoTopic: 'True' },
    usage: { 'stack/It.requests-million': '1', 'stack/It.http-deliveries-million': '2', 'stack/It.email-deliveries-million': '3' },
    lines: {
      Publishing: '1 request-million sns FIFO topic',
      'HTTP deliveries': '2 request-million sns HTTP deliveries',
      'E-mail deliveries': '3 request-million sns e-mail deliveries',
    },
  },
  {
    type: 'AWS::Logs::LogGroup',
    usage: { 'stack/It.ingested-gb': '1', 'stack/It.stored-gb': '2', 'stack/It.searched-gb': '3', 'stack/It.live-tail-hours': '4' },
    lines: {
      'Logs ingested': '1 gb cloudwatch logs ingestion (standard class)',
      'Logs kept': '2 gb-month cloudwatch logs storage',
      'Logs searched': '3 gb cloudwatch Logs Insights',
      'Live tail': '4 hour cloudwatch live tail',
    },
  },
  {
    type: 'AWS::Backup::BackupVault',
    usage: { 'stack/It.stored-gb': '1', 'stack/It.cold-gb': '2', 'stack/It.restored-gb': '3' },
    lines: {
      Backups: '1 gb-month backup EBS backup, warm',
      'Cold backups': '2 gb-month backup EBS backup, cold',
      'Restored data': '3 gb backup EBS restore',
    },
  },
  {
    type: 'AWS::DLM::LifecyclePolicy',
    usage: { 'stack/It.stored-gb': '1', 'stack/It.archived-gb': '2' },
    lines: { Snapshots: '1 gb-month ebs snapshot standard', 'Archived snapshots': '2 gb-month ebs snapshot archive' },
  },
];
