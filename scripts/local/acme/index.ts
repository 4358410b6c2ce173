/**
 * The certificate authority of the embedded internet: Pebble in the place of Let's Encrypt, inside
 * the namespace of the internet.
 */
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AcmeAuthority } from '../../../lib/host/facts.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { Secret } from '../../../lib/values/secret.ts';
import { certifyAuthority, issue, newKey, type PrivateKey, readKeys } from '../../io/pki.ts';
import { ensureDaemon, stopDaemon } from '../../io/process/daemon.ts';
import { writeJson } from '../../io/state.ts';
import { serviceNames } from '../dns/records.ts';
import { attempt } from '../hosts/command.ts';
import { inside, namespaceFile } from '../hosts/network/namespaces.ts';
import { serviceAddress } from '../hosts/network/network.ts';
import { keptText } from '../oidc/private-file.ts';
import { versionOf } from '../version.ts';
import { ensurePebble } from './pebble.ts';
import { lifetimeIn, pebbleEnv, pebbleSettings } from './settings.ts';
import { pebbleVersion } from './version.ts';

export interface AcmeOptions {
  /** First part of the names of the clone's namespaces. */
  readonly prefix: string;
  readonly mayStart: boolean;
}

/**
 * The authority of this folder, started when it does not run, or anew when its settings or the
 * internet that it is on are others. Like every Pebble it forgets accounts and certificates when it
 * ends, and signs by a new root.
 * @throws DojangError `no-acme-server`; `daemon-failed` with the end of its log; `not-running`
 *   when it may not be started
 */
export async function ensureAcme(folder: string, { prefix, mayStart }: AcmeOptions, progress: Progress): Promise<AcmeAuthority> {
  const lifetime = lifetimeIn(folder);
  const pebble = mayStart ? await ensurePebble(progress) : '';
  const settings = join(folder, 'pebble.json');
  const [command, ...args] = inside(prefix, 'internet', [pebble, '-config', settings, '-dnsserver', `${serviceAddress.dns}:53`]);
  await ensureDaemon({
    name: 'the embedded certificate authority',
    folder,
    mayStart,
    version: versionOf(import.meta.dirname, pebbleVersion, String(lifetime), identityOf(namespaceFile(prefix, 'internet'))),
    command: async () => {
      progress('starting the certificate authority');
      await writeServerCertificate(folder);
      writeJson(settings, pebbleSettings(folder, lifetime));
      return command;
    },
    args,
    env: pebbleEnv,
    ready: () => isListening(prefix),
    limitSeconds: 20,
  });
  return { directory: `https://${serviceNames.acme}/dir`, root: await rootOf(folder) };
}

/** Ends it. The root of its own TLS certificate stays. */
export function stopAcme(folder: string): Promise<void> {
  return stopDaemon(folder);
}

/** A namespace that was made anew is another one, and what runs in the old one can't be reached. */
function identityOf(namespace: string): string {
  return existsSync(namespace) ? String(statSync(namespace).ino) : 'none';
}

async function isListening(prefix: string): Promise<Readonly<Record<string, number>> | undefined> {
  const { code } = await attempt(inside(prefix, 'internet', ['bash', '--norc', '-c', `exec 3<>/dev/tcp/${serviceAddress.acme}/443`]));
  return code === 0 ? { https: 443 } : undefined;
}

/**
 * The certificate of the ACME interface itself, which clients check against `rootOf`; those that it
 * issues are signed by another.
 */
async function writeServerCertificate(folder: string): Promise<void> {
  const authority = { key: await authorityKey(folder), certificate: await rootOf(folder) };
  const names = [`DNS:${serviceNames.acme}`, `IP:${serviceAddress.acme}`];
  const { key, certificate } = await issue({ commonName: serviceNames.acme, names, use: 'server' }, authority, new Date());
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'server.pem'), certificate);
  writeFileSync(join(folder, 'server-key.pem'), key.pem.reveal(), { mode: 0o600 });
  chmodSync(join(folder, 'server-key.pem'), 0o600);
}

/** The root of the ACME interface, in PEM; the same from one life to the next. */
async function rootOf(folder: string): Promise<string> {
  const certificate = await certifyAuthority(await authorityKey(folder), 'embedded acme', new Date());
  return keptText(join(folder, 'root.pem'), () => certificate);
}

async function authorityKey(folder: string): Promise<PrivateKey> {
  const made = await newKey();
  const [key] = await readKeys(Secret.of(keptText(join(folder, 'root-key.pem'), () => made.pem.reveal())));
  return key ?? made;
}
