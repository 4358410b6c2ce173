/** The units that the service is made of. */
import type { HostName } from '../../../ports/host-shell.ts';
import { plural } from '../../../values/counted.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';
import { logsOf, unitFunctions, unitId, unitWord } from './unit-words.ts';

export function unitChecks(from: HostName, units: readonly string[]): HostCheck[] {
  const probe = { name: 'units', script: states(units) };
  return units.map((unit) => ({
    id: unitId('unit', unit, from),
    from,
    title: `${unit} is active`,
    probe,
    verdict: (facts) => isActive(facts, unit, from),
  }));
}

function states(units: readonly string[]): string {
  const state = (unit: string) => `"$(systemctl is-active ${unit})" "$(systemctl show --property NRestarts --value ${unit})"`;
  return unitFunctions(units) + units.map((unit) => `fact unit ${unit} ${state(unitWord(unit))}`).join('\n');
}

function isActive(facts: Facts, unit: string, from: HostName): Verdict {
  const [, state, restarts] = facts.all('unit').find(([name]) => name === unit) ?? [];
  const times = Number(restarts) || 0;
  const detail = times === 0 ? '' : `restarted by itself ${plural(times, 'once', `${times} times`)}`;
  if (state === 'active') return ok(detail);
  return failed([`it is ${state || 'unknown'}`, detail].filter(Boolean).join(', '), logsOf(unit, from));
}
