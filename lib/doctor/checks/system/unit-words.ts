/** How a unit is called in a script on the host, and where its log is. */
import { units } from '../../../host/paths.ts';
import { servingUnit, slotState } from '../../../host/slots/state.ts';
import type { HostName } from '../../../ports/host-shell.ts';

/** A bash word. Of the API's template that is the instance which serves. */
export function unitWord(unit: string): string {
  return unit === units.api ? servingUnit : unit;
}

/** Bash functions that the words of these units need. */
export function unitFunctions(all: readonly string[]): string {
  return all.includes(units.api) ? `${slotState}\n` : '';
}

/** `unit-dojang-api-aws` for the template too. */
export function unitId(check: string, unit: string, from: HostName): string {
  return `${check}-${unit.replace(/@?\.service$/, '')}-${from}`;
}

/** The command that shows the log; of the API that of both slots. */
export function logsOf(unit: string, from: HostName): string {
  return `journalctl -u ${unit === units.api ? "'dojang-api@*'" : unit} -n 100 on the ${from} host`;
}
