/** What `npm start` and `npm test` do first: say in one list what is missing, install it, go on. */

import type { Progress, Reporter } from '../../lib/ports/reporter.ts';
import {
  type InstallPlan,
  installPlan,
  type LeftOut,
  type Machine,
  playwrightCommand,
  withoutInstalling,
} from '../../lib/prerequisites/install-plan.ts';
import { leftOutLines, missingLines } from '../../lib/prerequisites/render.ts';
import type { Purpose } from '../../lib/prerequisites/requirements.ts';
import { command } from '../local/hosts/command.ts';
import { downloadsOf, installPackages, updateLists } from './apt.ts';
import { authoritySource } from './authority-source.ts';
import { engineSource } from './engine-source.ts';
import { machineName, missingOf, thisMachine } from './observe.ts';

export interface InstallOptions {
  /** `ask` asks where there is a terminal; without one it installs. */
  readonly install: 'ask' | 'yes' | 'no';
  readonly confirm: (question: string) => Promise<boolean>;
  readonly isTerminal: boolean;
}

/**
 * Installs what the purpose lacks, as far as that is possible and wanted, and says what is left
 * out.
 * @throws DojangError `apt-failed`
 */
export async function ensurePrerequisites(purpose: Purpose, report: Reporter, options: InstallOptions): Promise<void> {
  const [missing, engine, authority] = await Promise.all([missingOf(purpose), engineSource(), authoritySource(purpose)]);
  if (missing.length === 0 && !engine && !authority) return;
  const machine = thisMachine();
  const plan = installPlan(missing, machine);
  const downloads = await sizes(plan, machine, report, options);
  const lines = missingLines(plan, downloads, { engine, authority });
  if (lines.length > 0) report.line([`Missing on this machine, ${machineName()}:`, ...lines].join('\n'));
  const leftOut = (await mayInstall(plan, options)) ? await install(plan, machine, report) : withoutInstalling(plan);
  for (const line of leftOutLines(leftOut)) report.note(line);
}

/**
 * apt knows the size of what its lists name. Lists that were never fetched are fetched first,
 * unless nothing is to be installed, or the question comes first: then nothing of the machine
 * changes before its answer.
 */
async function sizes(plan: InstallPlan, machine: Machine, report: Reporter, { install, isTerminal }: InstallOptions) {
  const first = await downloadsOf(plan.groups);
  if (install === 'no' || (install === 'ask' && isTerminal) || first.every((download) => download !== undefined)) return first;
  await report.task('packages', (progress) => updateLists({ through: prefixOf(machine), progress }));
  return downloadsOf(plan.groups);
}

async function mayInstall({ groups, playwrightBrowser }: InstallPlan, { install, confirm, isTerminal }: InstallOptions): Promise<boolean> {
  if (groups.length === 0 && !playwrightBrowser) return true;
  if (install !== 'ask') return install === 'yes';
  return !isTerminal || confirm('Install them now?');
}

async function install(
  { groups, playwrightBrowser, leftOut }: InstallPlan,
  machine: Machine,
  report: Reporter,
): Promise<readonly LeftOut[]> {
  const packages = groups.flatMap((group) => group.packages);
  if (packages.length > 0) {
    await report.task('packages', (progress) => installPackages(packages, { through: prefixOf(machine), progress }));
  }
  if (playwrightBrowser) await report.task('browser', (progress) => playwright(progress));
  return leftOut;
}

function prefixOf({ installsAs }: Machine): readonly string[] {
  return installsAs === 'sudo' ? ['sudo'] : [];
}

async function playwright(progress: Progress): Promise<void> {
  progress(playwrightCommand);
  const [program = '', ...args] = playwrightCommand.split(' ');
  await command([program, ...args]);
}
