/** What a database pays for each of its CPUs once the community no longer supports its version. */
import { awsMachine } from '../../../config/machines.ts';
import type { BilledResource, CostComponent } from '../../component.ts';
import { hoursAMonth, whole } from '../../exact.ts';
import { countedIf, fixedIfSome, times } from '../parts.ts';
import { chosen, type Flag, isUnread, joined, properties, type Quantity, says, type Unread } from '../read.ts';

/** Versions whose standard support has ended. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html (2026-11) */
const old: readonly RegExp[] = [/^mysql 5\.7/, /^mysql 8\.0/, /^postgres 1[123](\.|$)/];

/** No line for a version that is still supported, and none where extended support is refused. */
export function extendedSupport(resource: BilledResource, size: string | Unread, mirrored: Flag): CostComponent[] {
  const read = properties(resource);
  const version = joined(read.text('Engine', ''), read.text('EngineVersion', ''));
  const isOld = isUnread(version) ? version : old.some((pattern) => pattern.test(version));
  const refused = says(read.text('EngineLifecycleSupport', ''), 'open-source-rds-extended-support-disabled');
  if (isOld === false || refused === true) return [];
  const machines = chosen(mirrored, whole(2), whole(1));
  const quantity = countedIf(isUnread(refused) ? refused : isOld, times(times(cpusOf(size), machines), hoursAMonth));
  return fixedIfSome(resource, 'Extended support', quantity, { unit: 'vcpu-hour', service: 'rds', item: 'extended support, years 1-2' });
}

function cpusOf(size: string | Unread): Quantity {
  if (isUnread(size)) return size;
  const machine = awsMachine(size.replace(/^db\./, ''));
  return machine ? whole(machine.vcpus) : { because: `nobody has written down how many CPUs ${size} has` };
}
