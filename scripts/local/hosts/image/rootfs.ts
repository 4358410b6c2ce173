/**
 * The tree of one machine: a copy of the image, with what a cloud gives a new machine about itself.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { command } from '../command.ts';
import { serviceAddress } from '../network/network.ts';
import { firstBootFiles } from './first-boot.ts';
import { removeTree } from './image.ts';

export interface TreeSpec {
  readonly host: HostName;
  readonly hostname: string;
  readonly machineId: string;
  /** Region of the embedded AWS, which both hosts speak to. */
  readonly region: string;
  /** Seconds that the updates of the first boot hold the locks of packages. */
  readonly firstBootLocks: number;
}

/** Services of AWS that a host speaks to, by the first part of their names. */
const services = ['ssm', 'ssmmessages', 'ec2messages', 's3', 'sts', 'kms', 'logs', 'monitoring', 'ec2'];

/** Makes the tree. Killed half-way, it is not there. */
export async function makeTree(image: string, root: string, spec: TreeSpec): Promise<void> {
  const draft = `${root}.draft`;
  await removeTree(draft);
  mkdirSync(dirname(root), { recursive: true });
  await command(['cp', '--archive', '--reflink=auto', image, draft]);
  for (const [path, text] of Object.entries(filesFor(spec))) put(join(draft, path), text);
  renameSync(draft, root);
}

/** Removed half-way, with a swap file that was in use, a tree lacks what a machine boots by. */
const bootsBy = ['etc/machine-id', 'usr/lib/systemd/systemd', 'usr/bin/bash'];

/** What is there of a tree. */
export function treeAt(root: string): 'none' | 'whole' | 'incomplete' {
  if (!existsSync(root)) return 'none';
  return bootsBy.every((path) => existsSync(join(root, path))) ? 'whole' : 'incomplete';
}

/** Files that the machine gets, by path. */
function filesFor({ host, hostname, machineId, region, firstBootLocks }: TreeSpec): Record<string, string> {
  const names = services.map((service) => `${service}.${region}.amazonaws.com`).join(' ');
  return {
    'etc/hostname': `${hostname}\n`,
    'etc/machine-id': `${machineId}\n`,
    'etc/hosts': [
      `127.0.0.1 localhost ${hostname}`,
      '::1 localhost ip6-localhost ip6-loopback',
      `${serviceAddress.aws} ${names}`,
      `${serviceAddress.signIn} login.dojang.example`,
      '',
    ].join('\n'),
    'etc/resolv.conf': `nameserver ${serviceAddress.dns}\n`,
    // An address and path-style buckets: one server answers for every service, and knows the
    // service from the signature of a request.
    'root/.aws/config': [
      '[default]',
      `region = ${region}`,
      `endpoint_url = http://${serviceAddress.aws}`,
      's3 =',
      '    addressing_style = path',
      '',
    ].join('\n'),
    // In the place of the instance's role. The host on GCP gets its keys when it registers with
    // Systems Manager.
    ...(host === 'aws' ? { 'root/.aws/credentials': '[default]\naws_access_key_id = local\naws_secret_access_key = local\n' } : {}),
    ...firstBootFiles(firstBootLocks),
  };
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: path.endsWith('credentials') ? 0o600 : 0o644 });
}
