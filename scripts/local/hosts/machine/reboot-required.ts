/** What an update of the kernel leaves on a machine until it is restarted. */
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { command } from '../command.ts';
import { nodesOf } from '../files.ts';
import { onMachine } from './machine.ts';

/** As update-notifier writes them on Ubuntu; /run is empty again after a restart. */
const leave = `echo '*** System restart required ***' >/var/run/reboot-required
printf '%s\\n' linux-image-6.8.0-90-generic linux-base >>/var/run/reboot-required.pkgs`;

/**
 * Lets every booted host ask for a restart. @returns the hosts
 * @throws DojangError `not-running` when no host is booted
 */
export async function requireReboot(folder: string): Promise<HostName[]> {
  const nodes = nodesOf(folder);
  if (nodes.length === 0) throw new DojangError('not-running', 'no embedded host is booted', { next: 'dojang up' });
  await Promise.all(nodes.map(({ leader }) => command(onMachine(leader, ['/bin/sh', '-c', leave]))));
  return nodes.map(({ host }) => host);
}
