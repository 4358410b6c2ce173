/** Booted hosts for the embedded clouds, each behind the firewall that was really deployed. */
import { join } from 'node:path';
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { HostName } from '../../../lib/ports/host-shell.ts';
import { type DaemonStart, ensureDaemon } from '../../io/process/daemon.ts';
import { processVariables } from '../../io/process/process-environment.ts';
import { readJson, remove } from '../../io/state.ts';
import { versionOf } from '../version.ts';
import { browserFile, nodesOf, readyFile } from './files.ts';
import { hostImage } from './image/image.ts';
import { onMachine } from './machine/machine.ts';
import { type Namespace, namespaceName, prefixOf } from './network/network.ts';
import type { HostsSettings } from './settings.ts';

export { hostsReady } from './machine/ready.ts';
export { stopHosts } from './stop.ts';
export { hostSupport } from './support.ts';

/** Their code runs as a part of the daemon of the hosts. */
const nameServer = join(import.meta.dirname, '../dns');
const metadata = join(import.meta.dirname, '../metadata');

export interface HostsFolders {
  /** The hosts' own: trees, disks, records. */
  readonly hosts: string;
  readonly aws: string;
  readonly gcp: string;
  /** Where the sign-in provider keeps its port. */
  readonly signIn: string;
  /** Where the records of the name server are. */
  readonly dns: string;
}

/**
 * The daemon of the hosts, started when it does not run or when its code has changed; hosts that
 * run go on running. The first time the host image is made, which takes a minute. Asks nothing of
 * the clouds, so they may be started at the same time.
 * @throws DojangError `host-image-failed`, `daemon-failed` with the end of its log, `not-running`
 */
export async function ensureHosts(folders: HostsFolders, environment: Environment, { mayStart, progress }: DaemonStart): Promise<void> {
  const { hosts, ...others } = folders;
  const image = mayStart ? await hostImage(progress) : '';
  const settings: HostsSettings = { ...others, names: environment.names, region: environment.aws.region, image };
  await ensureDaemon({
    name: 'the daemon of the hosts',
    folder: hosts,
    mayStart,
    version: versionOf(import.meta.dirname, JSON.stringify({ ...settings, image: undefined }), versionOf(nameServer, versionOf(metadata))),
    command: async () => {
      remove(readyFile(hosts));
      progress('starting the daemon of the hosts');
      return process.execPath;
    },
    args: [join(import.meta.dirname, 'main.ts'), hosts, JSON.stringify(settings)],
    ready: async () => readJson<Readonly<Record<string, number>>>(readyFile(hosts)),
    limitSeconds: 30,
  });
}

/** Where the user's browser enters, on 127.0.0.1; undefined before the first start. */
export function browserPort(folder: string): number | undefined {
  return readJson<{ readonly port: number }>(browserFile(folder))?.port;
}

/**
 * The argv that logs root in on a booted host, in this terminal.
 * @throws DojangError `not-running` when the host is not booted
 */
export function loginOn(folder: string, host: HostName): readonly [string, ...string[]] {
  const node = nodesOf(folder).find((each) => each.host === host);
  if (!node) throw new DojangError('not-running', `the embedded ${host} host is not booted`, { next: 'dojang up' });
  return onMachine(node.leader, ['env', `TERM=${processVariables().TERM ?? 'dumb'}`, 'bash', '-c', 'cd; exec bash --login']);
}

/** Name of a network namespace of these hosts, as `ip netns exec` takes it. */
export function namespaceOf(folder: string, place: Namespace): string {
  return namespaceName(prefixOf(folder), place);
}
