/**
 * What a database of Amazon RDS pays for its disks: their size, and the speed that is asked for
 * beyond what comes with it.
 */
import type { Big } from 'big.js';
import type { BilledResource, CostComponent, CostContext } from '../../../component.ts';
import { whole } from '../../../decimal.ts';
import { above, fixed, fixedIfSome, type Priced, used } from '../../line-items.ts';
import { isUnknown, joined, notGiven, type Quantity, type Reader, type Unknown } from '../../property-reader.ts';

interface Disks {
  readonly engine: string | Unknown;
  /** `multi-AZ`, `single-AZ`, as the price book names them. */
  readonly zones: string | Unknown;
  readonly type: string | Unknown;
  /** What a read replica is a copy of: it has as much storage where it does not say. */
  readonly source?: Reader | undefined;
}

export function storageLines(
  resource: BilledResource,
  context: CostContext,
  read: Reader,
  { engine, zones, type, source }: Disks,
): CostComponent[] {
  const missing = notGiven('AllocatedStorage');
  const size = read.number('AllocatedStorage', source?.number('AllocatedStorage', missing) ?? missing);
  const item = (what: string) => joined(engine, type, what, zones);
  const iops: Priced = { unit: 'iops-month', service: 'rds', item: item('provisioned IOPS') };
  const storage = fixed(resource, 'Storage', size, { unit: 'gb-month', service: 'rds', item: item('storage') });
  if (type === 'io1' || type === 'io2') return [storage, fixed(resource, 'IOPS', read.number('Iops', notGiven('Iops')), iops)];
  if (type === 'standard') {
    const requests = { unit: 'request-million', service: 'rds', item: 'standard I/O requests' } as const;
    return [storage, used(resource, context, 'I/O requests', 'io-requests-million', requests)];
  }
  if (type !== 'gp3') return [storage];
  return [
    storage,
    ...fixedIfSome(resource, 'IOPS', beyond(read, 'Iops', included(engine, size)?.iops), {
      ...iops,
      item: item('provisioned IOPS above what is included'),
    }),
    ...fixedIfSome(resource, 'Throughput', beyond(read, 'StorageThroughput', included(engine, size)?.throughput), {
      unit: 'mibps-month',
      service: 'rds',
      item: item('provisioned throughput above what is included'),
    }),
  ];
}

interface Speed {
  readonly iops: Big;
  readonly throughput: Big;
}

const small: Speed = { iops: whole(3000), throughput: whole(125) };
/** From 400 GB on the storage is striped. */
const striped: Speed = { iops: whole(12_000), throughput: whole(500) };
const stripedFrom = whole(400);

/**
 * What comes with gp3 storage of these engines; undefined for others and for a size that is not
 * known. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html (2026-11)
 */
function included(engine: string | Unknown, size: Quantity): Speed | undefined {
  if (isUnknown(size) || isUnknown(engine) || !['PostgreSQL', 'MySQL', 'MariaDB'].includes(engine)) return undefined;
  return size.lt(stripedFrom) ? small : striped;
}

function beyond(read: Reader, path: string, allowance: Big | undefined): Quantity {
  const asked = read.number(path, whole(0));
  if (allowance || isUnknown(asked) || asked.eq('0')) return above(asked, allowance ?? whole(0));
  return { reason: `how much of ${path} comes with storage of this engine and size is not known` };
}
