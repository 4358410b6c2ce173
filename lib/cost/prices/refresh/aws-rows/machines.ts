/** Machines with their disks and networks, containers, balancers, traffic. */
import { Big } from '../../../../values/decimal.ts';
import { gb, gbMonths, hours, type OfferRow } from './row.ts';

/** Linux on demand on shared hardware, without software of another vendor. */
const plainLinux = {
  operatingSystem: 'Linux',
  tenancy: 'Shared',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  marketoption: 'OnDemand',
  operation: 'RunInstances',
  usagetype: /^BoxUsage:/,
};

export const ec2: readonly OfferRow[] = [
  { family: 'Compute Instance', where: plainLinux, service: 'ec2', item: ({ instanceType = '' }) => instanceType, ...hours },
  { family: 'Storage', where: { usagetype: 'EBS:VolumeUsage.gp3' }, service: 'ebs', item: 'gp3 storage', ...gbMonths },
  { family: 'Storage', where: { usagetype: 'EBS:VolumeUsage.gp2' }, service: 'ebs', item: 'gp2 storage', ...gbMonths },
  {
    family: 'System Operation',
    where: { usagetype: 'EBS:VolumeP-IOPS.gp3' },
    service: 'ebs',
    item: 'gp3 provisioned IOPS above 3000',
    unit: 'iops-month',
    published: ['IOPS-Mo'],
  },
  {
    family: 'Provisioned Throughput',
    where: { usagetype: 'EBS:VolumeP-Throughput.gp3' },
    service: 'ebs',
    item: 'gp3 provisioned throughput above 125 MiB/s',
    unit: 'mibps-month',
    published: ['GiBps-mo'],
    factor: Big('1').div('1024'),
  },
  { family: 'Storage Snapshot', where: { usagetype: 'EBS:SnapshotUsage' }, service: 'ebs', item: 'snapshot standard', ...gbMonths },
  { family: 'NAT Gateway', where: { usagetype: 'NatGateway-Hours' }, service: 'nat', item: 'NAT gateway', ...hours },
  { family: 'NAT Gateway', where: { usagetype: 'NatGateway-Bytes' }, service: 'nat', item: 'NAT gateway data processed', ...gb },
];

/** Addresses have no product family in the list, only a group. */
export const vpc: readonly OfferRow[] = [
  {
    family: /^(VPC Public IPv4 Address)?$/,
    where: { usagetype: /^PublicIPv4:(InUse|Idle)Address$/ },
    service: 'ipv4',
    item: 'public IPv4 address, in use or idle',
    ...hours,
  },
];

/** `LoadBalancerUsage` is the usage of all three kinds: only the family distinguishes them. */
export const elb: readonly OfferRow[] = (
  [
    ['Load Balancer-Application', 'ALB', 'ALB LCU'],
    ['Load Balancer-Network', 'NLB', 'NLB NLCU'],
    ['Load Balancer', 'classic load balancer', undefined],
  ] as const
).flatMap(([family, hour, capacity]) => [
  { family, where: { usagetype: 'LoadBalancerUsage' }, service: 'elb', item: hour, ...hours },
  ...(capacity
    ? [
        {
          family,
          where: { usagetype: 'LCUUsage' },
          service: 'elb',
          item: capacity,
          unit: 'hour' as const,
          published: ['LCU-Hrs', 'NLCU-Hrs'],
        },
      ]
    : []),
]);

export const fargate: readonly OfferRow[] = (
  [
    ['Fargate-vCPU-Hours:perCPU', 'x86 vCPU', 'hour'],
    ['Fargate-GB-Hours', 'x86 memory', 'gb-hour'],
    ['Fargate-ARM-vCPU-Hours:perCPU', 'ARM vCPU', 'hour'],
    ['Fargate-ARM-GB-Hours', 'ARM memory', 'gb-hour'],
  ] as const
).map(([usagetype, item, unit]) => ({
  family: 'Compute',
  where: { usagetype },
  service: 'fargate',
  item,
  unit,
  published: [...hours.published, 'vCPU-Hours', 'GB-Hours'],
}));

export const transfer: readonly OfferRow[] = [
  {
    family: 'Data Transfer',
    where: { transferType: 'AWS Outbound', usagetype: 'DataTransfer-Out-Bytes' },
    service: 'transfer',
    item: 'internet out',
    ...gb,
  },
  {
    family: 'Data Transfer',
    where: { transferType: 'IntraRegion', usagetype: 'DataTransfer-Regional-Bytes' },
    service: 'transfer',
    item: 'between availability zones, each direction',
    ...gb,
  },
];
