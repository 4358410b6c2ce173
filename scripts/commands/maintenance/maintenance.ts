/** `dojang maintenance`: the page that visitors get while the service is worked on. */
import { maintenanceText } from '../../../lib/host/maintenance/state.ts';
import { maintenanceChanged, type Who } from '../../../lib/notify/notices.ts';
import { oneLine } from '../../../lib/notify/one-line.ts';
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import type { Notifier } from '../../../lib/ports/notifier.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import { runMaintenance } from '../../runtime/hosts/maintenance.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { maintenanceOffAnswer, maintenanceOnAnswer, maintenanceStatusAnswer } from './answer.ts';

export interface MaintenancePorts {
  readonly shell: HostShell;
  readonly notifier: Notifier;
  readonly who: Who;
}

/** Turned on twice, it has the newer reason. @throws DojangError `maintenance-failed` */
export async function maintenanceOn(
  { environment: { name }, report }: Context,
  { shell, notifier, who }: MaintenancePorts,
  reason: string,
): Promise<Outcome<DataOf<typeof maintenanceOnAnswer>>> {
  const words = ['on', oneLine(reason), oneLine(`${who.owner} on ${who.host}`)];
  const state = await report.task('maintenance', () => runMaintenance(shell, name, words), maintenanceText);
  await notifier.notify(maintenanceChanged({ environment: name, on: true, reason, who }));
  const lines = [`visitors of ${name} get the maintenance page; dojang maintenance off --env ${name} ends it`];
  return { format: maintenanceOnAnswer, data: { environment: name, ...state }, lines };
}

/** Where it was off nothing is announced. @throws DojangError `maintenance-failed` */
export async function maintenanceOff(
  { environment: { name }, report }: Context,
  { shell, notifier, who }: MaintenancePorts,
): Promise<Outcome<DataOf<typeof maintenanceOffAnswer>>> {
  const was = await runMaintenance(shell, name, ['status']);
  const state = await report.task('maintenance', () => runMaintenance(shell, name, ['off']), maintenanceText);
  if (was.on) await notifier.notify(maintenanceChanged({ environment: name, on: false, reason: '', who }));
  const lines = [was.on ? `visitors reach ${name} again; the page was ${maintenanceText(was)}` : `the maintenance page of ${name} was off`];
  return { format: maintenanceOffAnswer, data: { environment: name, ...state, was }, lines };
}

/** @throws DojangError `maintenance-failed` */
export async function maintenanceStatus(
  { environment: { name } }: Pick<Context, 'environment'>,
  shell: HostShell,
): Promise<Outcome<DataOf<typeof maintenanceStatusAnswer>>> {
  const state = await runMaintenance(shell, name, ['status']);
  return {
    format: maintenanceStatusAnswer,
    data: { environment: name, ...state },
    lines: [`maintenance of ${name} is ${maintenanceText(state)}`],
  };
}
