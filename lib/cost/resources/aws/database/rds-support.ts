/** What a database pays for each of its CPUs once the community no longer supports its version. */
import { awsMachine } from '../../../../config/machines.ts';
import type { BilledResource, CostComponent } from '../../../component.ts';
import { hoursAMonth, whole } from '../../../decimal.ts';
import { countedIf, fixedIfSome, isNothing, times } from '../../line-items.ts';
import {
  chosen,
  type Flag,
  isUnknown,
  joined,
  lowered,
  notGiven,
  type Quantity,
  type Reader,
  says,
  type Unknown,
} from '../../property-reader.ts';

interface OldVersion {
  readonly version: RegExp;
  /**
   * First day that is charged for, and first day at the price of year 3; none where the price does
   * not rise.
   */
  readonly from: string;
  readonly year3?: string;
}

/**
 * Versions whose standard support ends.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-charges.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
 * (2026-11)
 */
const oldVersions: readonly OldVersion[] = [
  { version: /^mysql 5\.7/, from: '2024-03-01', year3: '2026-03-01' },
  { version: /^mysql 8\.0/, from: '2026-08-01', year3: '2028-08-01' },
  { version: /^(aurora-)?postgres(ql)? 11(\.|$)/, from: '2024-04-01', year3: '2026-04-01' },
  { version: /^(aurora-)?postgres(ql)? 12(\.|$)/, from: '2025-03-01', year3: '2027-03-01' },
  { version: /^(aurora-)?postgres(ql)? 13(\.|$)/, from: '2026-03-01', year3: '2028-03-01' },
  { version: /^(aurora-)?postgres(ql)? 14(\.|$)/, from: '2027-03-01', year3: '2029-03-01' },
  { version: /^aurora-mysql (5\.7|2\.)/, from: '2024-12-01' },
  { version: /^aurora-mysql (8\.0|3\.)/, from: '2028-05-01' },
];

export interface Supported {
  /** Of the database, or of the cluster that it is in. */
  readonly read: Reader;
  /** Where a member of a cluster does not say its own engine and version. */
  readonly cluster?: Reader | undefined;
  readonly size: string | Unknown;
  readonly machines: Quantity;
  readonly day: string;
}

/**
 * No line for a version that is still supported on that day, and none where extended support is
 * refused.
 */
export function extendedSupport(resource: BilledResource, { read, cluster, size, machines, day }: Supported): CostComponent[] {
  const text = (path: string) => read.text(path, cluster?.text(path, '') ?? '');
  const version = lowered(joined(text('Engine'), text('EngineVersion')));
  const old = isUnknown(version) ? undefined : oldVersions.find(({ version: pattern, from }) => pattern.test(version) && from <= day);
  const refused = says(text('EngineLifecycleSupport'), 'open-source-rds-extended-support-disabled');
  if ((!isUnknown(version) && !old) || refused === true) return [];
  const isOld: Flag = isUnknown(version) ? version : true;
  const years = old?.year3 !== undefined && old.year3 <= day ? 'year 3' : 'years 1-2';
  const charged = (hourly: Quantity) => countedIf(isUnknown(refused) ? refused : isOld, times(times(hourly, machines), hoursAMonth));
  if (size === 'db.serverless') {
    const least = cluster ? leastCapacity(cluster) : notGiven('MinCapacity');
    const item = `extended support of serverless capacity, ${years}`;
    return fixedIfSome(resource, 'Extended support', charged(least), { unit: 'acu-hour', service: 'rds', item });
  }
  const quantity = charged(cpusOf(size));
  return fixedIfSome(resource, 'Extended support', quantity, { unit: 'vcpu-hour', service: 'rds', item: `extended support, ${years}` });
}

/**
 * What each serverless member always has. One that may pause has nothing then, and how long that is
 * depends on its use.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 * (2026-11)
 */
export function leastCapacity(cluster: Reader): Quantity {
  const least = cluster.number('ServerlessV2ScalingConfiguration.MinCapacity', notGiven('MinCapacity'));
  return isNothing(least) ? { reason: pauses } : least;
}

const pauses = 'it pauses while nothing asks it (MinCapacity 0); the usage file does not say AWS::RDS::DBCluster.acu-hours';

export function machinesOf(mirrored: Flag): Quantity {
  return chosen(mirrored, whole(2), whole(1));
}

function cpusOf(size: string | Unknown): Quantity {
  if (isUnknown(size)) return size;
  const machine = awsMachine(size.replace(/^db\./, ''));
  return machine ? whole(machine.vcpus) : { reason: `how many CPUs ${size} has is not known` };
}
