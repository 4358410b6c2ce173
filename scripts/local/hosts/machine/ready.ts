/** Waiting for hosts to be what their clouds say. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { waitUntil } from '../../../io/process/wait-until.ts';
import { readJson, writeJson } from '../../../io/state.ts';
import { filesOf, type HostState, hostNames, kickFile } from '../files.ts';

const askEveryMs = 100;
const lateEveryMs = 1000;

/**
 * Lets the daemon look now, instead of within a second. @returns the word that it repeats once it
 * has looked
 */
export function kick(folder: string): string {
  const word = randomUUID();
  writeJson(kickFile(folder), { word });
  return word;
}

/**
 * Waits until the deployed machines of these clouds are booted behind the rules as they are now.
 * What was deployed before the call is taken into account.
 * @throws DojangError `hosts-not-ready` with what each waits for
 */
export async function hostsReady(
  folder: string,
  wanted: Readonly<Partial<Record<HostName, boolean>>>,
  limitSeconds: number,
  progress: Progress,
): Promise<void> {
  const end = Date.now() + limitSeconds * 1000;
  const hosts = hostNames.filter((host) => wanted[host]);
  let late: readonly HostName[] = [];
  const allReady = async () => {
    const word = kick(folder);
    const seen = () => hosts.filter((host) => stateOf(folder, host)?.word === word);
    const allSeen = () => {
      if (seen().length === hosts.length) return true;
      report(folder, hosts, progress);
      return false;
    };
    await waitUntil(allSeen, { interval: askEveryMs, limit: end - Date.now() });
    late = hosts.filter((host) => !seen().includes(host) || stateOf(folder, host)?.phase !== 'booted');
    return late.length === 0;
  };
  // One that failed is tried at the daemon's own pace.
  if (await waitUntil(allReady, { interval: lateEveryMs, limit: limitSeconds * 1000 })) return;
  throw new DojangError('hosts-not-ready', `not ready within ${limitSeconds} s: ${late.join(', ')}`, {
    why: notes(folder, late),
    next: `read ${join(folder, 'daemon.log')}`,
  });
}

/** Hosts that are up only have to be looked at again: nothing to report. */
function report(folder: string, hosts: readonly HostName[], progress: Progress): void {
  const down = hosts.filter((host) => stateOf(folder, host)?.phase !== 'booted');
  if (down.length > 0) progress(`waiting for ${notes(folder, down)}`);
}

function notes(folder: string, hosts: readonly HostName[]): string {
  return hosts.map((host) => `${host}: ${stateOf(folder, host)?.note ?? 'it boots'}`).join('; ');
}

function stateOf(folder: string, host: HostName): HostState | undefined {
  return readJson<HostState>(filesOf(folder, host).state);
}
