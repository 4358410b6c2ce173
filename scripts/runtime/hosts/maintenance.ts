/** The maintenance page on the AWS host, asked and turned: what several verbs share. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { quoted } from '../../../lib/host/bash/bash-template.ts';
import { type MaintenanceState, maintenanceState } from '../../../lib/host/maintenance/state.ts';
import { maintenanceTool } from '../../../lib/host/maintenance/tool.ts';
import type { HostShell } from '../../../lib/ports/host-shell.ts';

/** Seconds: a reload of nginx takes 20 at most, and another run is waited for. */
const limitSeconds = 120;

/** @throws DojangError `maintenance-failed`, `host-unreachable`, `host-timeout` */
export async function runMaintenance(shell: HostShell, environment: string, words: readonly string[]): Promise<MaintenanceState> {
  const [word = ''] = words;
  const script = `[ -x ${maintenanceTool} ] || { echo 'it has no program for it yet' >&2; exit 1; }\n${[maintenanceTool, ...words.map(quoted)].join(' ')}\n`;
  const { code, stdout, stderr } = await shell.run('aws', script, { comment: `maintenance ${word}`, limitSeconds });
  const state = maintenanceState(stdout);
  if (code === 0 && state) return state;
  throw new DojangError('maintenance-failed', `maintenance ${word} failed on the aws host of ${environment}`, {
    why: stderr.trim().split('\n').slice(-5).join('\n  ') || undefined,
    next: `dojang provision --env ${environment}, then run it again`,
  });
}
