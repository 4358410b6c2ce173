/** How Pebble, the ACME server of Let's Encrypt for tests, is found: in the cache, built from its published modules, or downloaded. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DojangError, messageOf } from '../../../lib/errors.ts';
import type { Progress } from '../../../lib/ports.ts';
import { cacheFolder, remove } from '../../io/state.ts';
import { attempt } from '../hosts/command.ts';
import { buildInto } from './build.ts';
import { downloadInto } from './download.ts';
import { pebbleVersion } from './version.ts';

/** One way to fill an empty folder with `pebble`. It throws the reason why it can't. */
export interface PebbleSource {
  /** What a person calls it, like `the published archive`. */
  readonly name: string;
  fill(folder: string, progress: Progress): Promise<void>;
}

const sources: readonly PebbleSource[] = [
  { name: 'a build from its published Go modules', fill: buildInto },
  { name: 'the published archive', fill: (folder, progress) => downloadInto(folder, progress) },
];

/** Shared by all clones of this user, one folder for each version. */
const cached = join(cacheFolder, 'acme', pebbleVersion);

/**
 * The path of `pebble`. Killed half-way or made by two commands at once, it is complete or not there.
 * @throws DojangError `no-acme-server` with what each source said
 */
export async function ensurePebble(progress: Progress, home = cached, from = sources): Promise<string> {
  const command = join(home, 'pebble');
  if (existsSync(command)) return command;
  const reasons: string[] = [];
  for (const source of from) {
    try {
      await install(source, home, progress);
      return command;
    } catch (error) {
      reasons.push(`${source.name}: ${messageOf(error)}`);
    }
  }
  throw new DojangError('no-acme-server', `no ACME server to play Let's Encrypt\n    ${reasons.join('\n    ')}`, {
    why: "An embedded environment with tls 'letsencrypt' asks Pebble for its certificate.",
    next: "install Go 1.26 (https://go.dev/dl/) to have it built, or set tls: 'own-ca', then run this again",
  });
}

async function install(source: PebbleSource, home: string, progress: Progress): Promise<void> {
  mkdirSync(dirname(home), { recursive: true });
  const draft = mkdtempSync(`${home}.draft-`);
  try {
    await source.fill(draft, progress);
    chmodSync(draft, 0o755);
    chmodSync(join(draft, 'pebble'), 0o755);
    const { code, text } = await attempt([join(draft, 'pebble'), '-version']);
    if (code !== 0) throw new Error(`it does not run: ${text.trim().split('\n').at(-1)}`);
    moveTo(home, draft);
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
