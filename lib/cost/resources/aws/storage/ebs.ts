/** What a disk of Amazon EBS is billed by, whether it stands alone or comes with a machine. */
import type { BilledResource, CostComponent, CostContext } from '../../../component.ts';
import { one, whole } from '../../../decimal.ts';
import { above, fixed, fixedIfSome, isSome, minus, times, unpricedIf, used } from '../../line-items.ts';
import { isUnknown, type Quantity, type Reader } from '../../property-reader.ts';

/** What every gp3 volume has without paying for it. */
const includedIops = whole(3000);
const includedThroughput = whole(125);

/** Lines of a volume. Names have this prefix, and each stands for `count` volumes. */
export function volumeLines(
  resource: BilledResource,
  context: CostContext,
  ebs: Reader,
  { size, prefix = '', count = one }: VolumeOptions,
): CostComponent[] {
  const name = `${prefix}${prefix ? 'initialization' : 'Initialization'}`;
  const isFaster = ebs.has('VolumeInitializationRate');
  const reason = 'a rate of initialization is billed by the size of the snapshot, and has no price in the book';
  return [...diskLines(resource, context, ebs, { size, prefix, count }), ...unpricedIf(resource, name, isFaster, reason)];
}

function diskLines(
  resource: BilledResource,
  context: CostContext,
  ebs: Reader,
  { size, prefix, count }: Required<VolumeOptions>,
): CostComponent[] {
  const type = ebs.text(ebs.has('VolumeType') ? 'VolumeType' : 'Type', 'gp2');
  const kind = isUnknown(type) ? type : `${type} storage`;
  const storage = fixed(resource, `${prefix}${prefix ? 'storage' : 'Storage'}`, times(size, count), {
    unit: 'gb-month',
    service: 'ebs',
    item: kind,
  });
  if (type === 'gp3') return [storage, ...performance(resource, ebs, prefix, count)];
  if (type === 'standard') {
    const requests = { unit: 'request-million', service: 'ebs', item: 'standard I/O requests' } as const;
    return [storage, used(resource, context, `${prefix}${prefix ? 'requests' : 'Requests'}`, 'io-requests-million', requests)];
  }
  return type === 'io1' || type === 'io2' ? [storage, ...provisioned(resource, ebs, { prefix, count, type })] : [storage];
}

interface VolumeOptions {
  readonly size: Quantity;
  readonly prefix?: string;
  readonly count?: Quantity;
}

function performance(resource: BilledResource, ebs: Reader, prefix: string, count: Quantity): CostComponent[] {
  const iops = times(above(ebs.number('Iops', includedIops), includedIops), count);
  const throughput = times(above(ebs.number('Throughput', includedThroughput), includedThroughput), count);
  const priced = { service: 'ebs' } as const;
  return [
    ...(isSome(iops)
      ? [fixed(resource, `${prefix}IOPS`, iops, { ...priced, unit: 'iops-month', item: 'gp3 provisioned IOPS above 3000' })]
      : []),
    ...(isSome(throughput)
      ? [
          fixed(resource, `${prefix}${prefix ? 'throughput' : 'Throughput'}`, throughput, {
            ...priced,
            unit: 'mibps-month',
            item: 'gp3 provisioned throughput above 125 MiB/s',
          }),
        ]
      : []),
  ];
}

interface Provisioned {
  readonly prefix: string;
  readonly count: Quantity;
  readonly type: string;
}

/**
 * The first IOPS of an io2 volume have one price, the next ones lower ones.
 * https://aws.amazon.com/ebs/pricing/ (2026-11)
 */
const firstTier = whole(32_000);

function provisioned(resource: BilledResource, ebs: Reader, { prefix, count, type }: Provisioned): CostComponent[] {
  const iops = ebs.number('Iops', { reason: 'Iops is not given' });
  const priced = { unit: 'iops-month', service: 'ebs', item: `${type} provisioned IOPS` } as const;
  const more = type !== 'io2' || isUnknown(iops) ? whole(0) : times(above(iops, firstTier), count);
  return [
    fixed(resource, `${prefix}IOPS`, minus(times(iops, count), more), priced),
    ...fixedIfSome(resource, `${prefix}IOPS above 32000`, more, { ...priced, item: 'io2 provisioned IOPS above 32000' }),
  ];
}
