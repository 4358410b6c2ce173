/** What a database pays for each of its CPUs once the community no longer supports its version. */
import { awsMachine } from '../../../config/machines.ts';
import type { BilledResource, CostComponent } from '../../component.ts';
import { hoursAMonth, whole } from '../../exact.ts';
import { fixed, times } from '../parts.ts';
import { isUnread, properties, type Quantity, type Unread } from '../read.ts';

/** Versions whose standard support has ended. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support.html (2026-11) */
const old: readonly RegExp[] = [/^mysql 5\.7/, /^mysql 8\.0/, /^postgres 1[123](\.|$)/];

/** No line for a version that is still supported, and none where extended support is refused. */
export function extendedSupport(resource: BilledResource, size: string | Unread, mirrored: boolean): CostComponent[] {
  const read = properties(resource);
  const version = `${String(read.text('Engine', ''))} ${String(read.text('EngineVersion', ''))}`;
  const refused = read.text('EngineLifecycleSupport', '') === 'open-source-rds-extended-support-disabled';
  if (refused || !old.some((pattern) => pattern.test(version))) return [];
  const quantity = times(times(cpusOf(size), whole(mirrored ? 2 : 1)), hoursAMonth);
  return [fixed(resource, 'Extended support', quantity, { unit: 'vcpu-hour', service: 'rds', item: 'extended support, years 1-2' })];
}

function cpusOf(size: string | Unread): Quantity {
  if (isUnread(size)) return size;
  const machine = awsMachine(size.replace(/^db\./, ''));
  return machine ? whole(machine.vcpus) : { because: `nobody has written down how many CPUs ${size} has` };
}
