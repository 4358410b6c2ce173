/**
 * Puts a new engine into the cache in one step: made in a folder of its own, tried, then renamed.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { remove } from '../../io/state.ts';
import { cachedRoot, faultOf } from './existing.ts';

/**
 * Fills a draft folder, which must then have `bin/pulumi`, and makes it the engine in `root`.
 * Killed anywhere, it leaves an unused draft; done by two at once, one of them wins and both have
 * an engine.
 * @throws Error when what was made does not run.
 */
export async function install(fill: (draft: string) => Promise<void>, root = cachedRoot): Promise<string> {
  mkdirSync(dirname(root), { recursive: true });
  removeOldDrafts(root);
  const draft = mkdtempSync(`${root}.draft-`);
  try {
    await fill(draft);
    const fault = await faultOf(join(draft, 'bin', 'pulumi'));
    if (fault) throw new Error(fault);
    await replace(draft, root);
    return join(root, 'bin', 'pulumi');
  } finally {
    remove(draft);
  }
}

/** What killed runs left behind. No installation takes an hour. */
function removeOldDrafts(root: string): void {
  const old = Date.now() - 3_600_000;
  for (const name of readdirSync(dirname(root))) {
    const path = join(dirname(root), name);
    const isDraft = path.startsWith(`${root}.draft-`) || path.startsWith(`${root}.broken-`);
    if (isDraft && (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? old) < old) remove(path);
  }
}

async function replace(draft: string, root: string): Promise<void> {
  const there = join(root, 'bin', 'pulumi');
  if (existsSync(there) && !(await faultOf(there))) return;
  const broken = `${root}.broken-${basename(draft)}`;
  if (existsSync(root)) renameSync(root, broken);
  try {
    renameSync(draft, root);
  } catch (error) {
    // Another clone may have been faster by a moment; then its engine is as good.
    if (!existsSync(there)) throw error;
  } finally {
    remove(broken);
  }
}
