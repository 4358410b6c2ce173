/**
 * How Pebble, the ACME server of Let's Encrypt for tests, is found: in the cache, built from its
 * published modules, or downloaded.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { cacheFolder, remove } from '../../io/state.ts';
import { attempt } from '../hosts/command.ts';
import { buildInto } from './build.ts';
import { downloadInto } from './download.ts';
import { pebbleVersion, publishedRelease } from './version.ts';

/** One way to fill an empty folder with `pebble`. It throws the reason why it can't. */
export interface PebbleSource {
  /** As messages name it, like `the published archive`. */
  readonly name: string;
  readonly version: string;
  fill(folder: string, progress: Progress): Promise<void>;
}

const sources: readonly PebbleSource[] = [
  { name: 'a build from its published Go modules', version: pebbleVersion, fill: buildInto },
  { name: 'the published archive', version: publishedRelease.version, fill: (folder, progress) => downloadInto(folder, progress) },
];

/** Shared by all clones of this user, one folder for each version. */
const cache = join(cacheFolder, 'acme');

/**
 * The path of `pebble`. Killed half-way or made by two commands at once, it is complete or not
 * there.
 * @throws DojangError `no-acme-server` with what each source said
 */
export async function ensurePebble(progress: Progress, folder = cache, from = sources): Promise<string> {
  const there = cachedPebble(folder, from);
  if (there) return there;
  const reasons: string[] = [];
  for (const source of from) {
    try {
      return await install(source, join(folder, source.version), progress);
    } catch (error) {
      reasons.push(`${source.name}: ${messageOf(error)}`);
    }
  }
  throw new DojangError('no-acme-server', `no ACME server to play Let's Encrypt\n    ${reasons.join('\n    ')}`, {
    why: "An embedded environment with tls 'letsencrypt' asks Pebble for its certificate.",
    next: "install Go 1.26 (https://go.dev/dl/) to have it built, or set tls: 'own-ca', then run this again",
  });
}

/** The path of a `pebble` that was built or downloaded before, of the first source that has one. */
export function cachedPebble(folder = cache, from = sources): string | undefined {
  return from.map(({ version }) => join(folder, version, 'pebble')).find((command) => existsSync(command));
}

async function install(source: PebbleSource, home: string, progress: Progress): Promise<string> {
  mkdirSync(dirname(home), { recursive: true });
  const draft = mkdtempSync(`${home}.draft-`);
  try {
    await source.fill(draft, progress);
    chmodSync(draft, 0o755);
    chmodSync(join(draft, 'pebble'), 0o755);
    const { code, text } = await attempt([join(draft, 'pebble'), '-version']);
    if (code !== 0) throw new Error(`it does not run: ${text.trim().split('\n').at(-1)}`);
    moveTo(home, draft);
    return join(home, 'pebble');
  } finally {
    remove(draft);
  }
}

/** Another command may have been faster: its program is as good. */
function moveTo(home: string, draft: string): void {
  try {
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(join(home, 'pebble'))) throw error;
  }
}
