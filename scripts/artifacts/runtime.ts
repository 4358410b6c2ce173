/**
 * The Node runtime for a host: npm carries one for each platform, and only this machine's own is
 * installed.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar';
import { DojangError, messageOf } from '../../lib/errors/dojang-error.ts';
import type { Progress } from '../../lib/ports/reporter.ts';
import type { Target } from '../../lib/release/artifact.ts';
import { run } from '../io/process/processes.ts';
import { cacheFolder, readJson, remove, root } from '../io/state.ts';

interface Locked {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity?: string }>>;
}

/**
 * Path of a Linux `node` for this architecture: the installed one, or the package of the lock
 * file's version, fetched once.
 * @throws DojangError `no-runtime`
 */
export async function nodeRuntime(architecture: Target['architecture'], progress: Progress): Promise<string> {
  const name = `node-linux-${architecture}`;
  const installed = join(root, 'node_modules', name, 'bin/node');
  if (existsSync(installed)) return installed;
  const locked = readJson<Locked>(join(root, 'package-lock.json'))?.packages[`node_modules/${name}`];
  if (!locked) throw new DojangError('no-runtime', `package-lock.json has no ${name}`, { next: 'restore it from git, then npm ci' });
  const home = join(cacheFolder, 'runtime', `${name}-${locked.version}`);
  if (!existsSync(join(home, 'bin/node'))) {
    progress(`fetching Node ${locked.version} for ${architecture} (once)`);
    await fetchPackage(`${name}@${locked.version}`, locked.integrity, home);
  }
  return join(home, 'bin/node');
}

async function fetchPackage(wanted: string, integrity: string | undefined, home: string): Promise<void> {
  const draft = `${home}.${process.pid}.draft`;
  remove(draft);
  mkdirSync(draft, { recursive: true });
  try {
    const { stdout } = await run('npm', ['pack', wanted, '--json', '--silent', '--pack-destination', draft]);
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    const file = join(draft, filename);
    await requireIntegrity(wanted, file, integrity);
    await extract({ file, cwd: draft, strip: 1 });
    remove(file);
    remove(home);
    renameSync(draft, home);
  } catch (error) {
    if (error instanceof DojangError) throw error;
    throw new DojangError('no-runtime', `npm could not fetch ${wanted}: ${messageOf(error).split('\n')[0]}`, {
      why: 'An artifact carries its own Node, so that nothing is installed on the host.',
      next: 'check that npm reaches its registry, then run it again',
      cause: error,
    });
  } finally {
    remove(draft);
  }
}

/**
 * @throws DojangError `wrong-integrity` for another file than the locked one, or where the lock
 *   does not say which one it is
 */
export async function requireIntegrity(wanted: string, file: string, integrity: string | undefined): Promise<void> {
  const actual = `sha512-${createHash('sha512')
    .update(await readFile(file))
    .digest('base64')}`;
  if (actual === integrity) return;
  throw new DojangError('wrong-integrity', `${wanted} is not what package-lock.json was written for`, {
    why: `It says ${integrity ?? 'nothing of its integrity'}; what the registry sent has ${actual}.`,
    next: 'do not use that registry before you know why',
  });
}
