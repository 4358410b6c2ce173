/**
 * Which SKU of Google's Compute Engine catalogue is which price of the book. What has no row here
 * is kept by hand.
 */
import type { Unit } from '../../component.ts';

export interface SkuRow {
  readonly family: string;
  readonly usageType: 'OnDemand' | 'Preemptible';
  /**
   * The descriptions end with the place (`in Seoul`); the region itself is read from
   * `serviceRegions`.
   */
  readonly description: RegExp;
  readonly service: string;
  readonly item: string;
  readonly unit: Unit;
  readonly published: readonly string[];
}

const gpus = [
  ['Nvidia Tesla T4', 'NVIDIA T4'],
  ['Nvidia L4', 'NVIDIA L4'],
  ['Nvidia Tesla P100', 'NVIDIA P100'],
  ['Nvidia Tesla V100', 'NVIDIA V100'],
] as const;

const cores: readonly SkuRow[] = [
  compute('OnDemand', /^N1 Predefined Instance Core running in /, 'N1 predefined core', 'hour', 'h'),
  compute('OnDemand', /^N1 Predefined Instance Ram running in /, 'N1 predefined RAM', 'gb-hour', 'GiBy.h'),
];

const accelerators: readonly SkuRow[] = gpus.flatMap(([name, item]) => [
  { ...compute('OnDemand', new RegExp(`^${name} GPU running in `), item, 'hour', 'h'), service: 'gpu' },
  {
    ...compute('Preemptible', new RegExp(`^${name} GPU attached to Spot Preemptible VMs running in `), `${item} spot`, 'hour', 'h'),
    service: 'gpu',
  },
]);

const disks: readonly SkuRow[] = (
  [
    [/^Storage PD Capacity( in |$)/, 'pd-standard'],
    [/^Balanced PD Capacity( in |$)/, 'pd-balanced'],
    [/^SSD backed PD Capacity( in |$)/, 'pd-ssd'],
    [/^Storage PD Snapshot( in |$)/, 'standard snapshot'],
  ] as const
).map(([description, item]) => ({
  family: 'Storage',
  usageType: 'OnDemand',
  description,
  service: 'disk',
  item,
  unit: 'gb-month',
  published: ['GiBy.mo'],
}));

const addresses: readonly SkuRow[] = [
  network(/^External IP Charge on a Standard VM/, 'ip', 'external IPv4 in use on a standard VM', 'hour', 'h'),
  network(/^Static Ip Charge/, 'ip', 'static external IPv4 reserved but unused', 'hour', 'h'),
  network(/^Network Internet (Egress|Data Transfer Out) from .+ to Americas$/, 'egress', 'internet, premium tier', 'gb', 'GiBy'),
];

export const skuRows: readonly SkuRow[] = [...cores, ...accelerators, ...disks, ...addresses];

function compute(usageType: SkuRow['usageType'], description: RegExp, item: string, unit: Unit, published: string): SkuRow {
  return { family: 'Compute', usageType, description, service: 'compute', item, unit, published: [published] };
}

function network(description: RegExp, service: string, item: string, unit: Unit, published: string): SkuRow {
  return { family: 'Network', usageType: 'OnDemand', description, service, item, unit, published: [published] };
}
