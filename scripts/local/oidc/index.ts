/**
 * The sign-in provider of the embedded clouds: a certified OpenID Connect server at which any name
 * signs in.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Secret } from '../../../lib/values/secret.ts';
import { type DaemonStart, ensureDaemon, stopDaemon } from '../../io/process/daemon.ts';
import { readJson } from '../../io/state.ts';
import { versionOf } from '../version.ts';
import { clientId, issuer, portFile, secretFile } from './places.ts';
import { keptText } from './private-file.ts';

export interface LocalOidc {
  /** Where the user's browser reaches it, on localhost. */
  readonly port: number;
  /** How hosts call it and reach it, and the issuer in its tokens. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
}

export interface LocalOidcSettings {
  /** Where it may send the browser back to. */
  readonly redirectUris: readonly string[];
}

/**
 * The provider of this folder, started when it does not run, or anew when it may send browsers
 * elsewhere now. Its port, its keys and the client's secret stay the same from one life to the
 * next.
 * @throws DojangError `daemon-failed` with the end of its log; `not-running` when it may not be
 *   started.
 */
export async function ensureOidc(
  folder: string,
  { redirectUris }: LocalOidcSettings,
  { mayStart, progress }: DaemonStart,
): Promise<LocalOidc> {
  const uris = JSON.stringify(redirectUris);
  const { ports } = await ensureDaemon({
    name: 'the local sign-in provider',
    folder,
    mayStart,
    version: versionOf(import.meta.dirname, uris),
    command: async () => {
      progress('starting the sign-in provider');
      clientSecret(folder);
      return process.execPath;
    },
    args: [join(import.meta.dirname, 'main.ts'), folder, uris],
    ready: () => portOf(folder),
    limitSeconds: 20,
  });
  return { port: ports.http ?? 0, issuer, clientId, clientSecret: clientSecret(folder) };
}

/** Ends it. Its keys and the client's secret stay. */
export function stopOidc(folder: string): Promise<void> {
  return stopDaemon(folder);
}

function clientSecret(folder: string): Secret {
  return Secret.of(keptText(secretFile(folder), () => randomBytes(32).toString('base64url')));
}

/**
 * A port may be left from an earlier life and taken by another clone's: only this folder's own
 * provider answers with the folder.
 */
async function portOf(folder: string): Promise<Readonly<Record<string, number>> | undefined> {
  const { port } = readJson<{ port: number }>(portFile(folder)) ?? {};
  if (port === undefined) return undefined;
  const health = (await (await fetch(`http://127.0.0.1:${port}/health`)).json()) as { readonly folder?: string };
  return health.folder === folder ? { http: port } : undefined;
}
