/**
 * Before any test: gives the run a folder of its own, and lets a process watch over it that removes
 * what an interrupted run leaves.
 */
import { spawn, spawnSync } from 'node:child_process';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/io/state.ts';
import { watcherProgram } from './processes-of-run.ts';
import { abandonedRunFolders, createRunFolder } from './run-folder.ts';

const program = join(root, watcherProgram);
/** Set once for all projects of a run. */
const marker = 'DOJANG_TEST_RUNNER';

export function setup(): void {
  if (process.env[marker] === String(process.pid)) return;
  process.env[marker] = String(process.pid);
  for (const folder of abandonedRunFolders(tmpdir())) removeNow(folder);
  const folder = createRunFolder(tmpdir());
  watchOver(folder);
  process.env.TMPDIR = folder;
  // Also when a signal ends the run: the caller gets its prompt back when everything is gone.
  process.once('exit', () => removeNow(folder));
  endWithParent();
}

/** Its group is its own, so that no signal to ours reaches it, and it is of no run. */
function watchOver(folder: string): void {
  const watcher = spawn(process.execPath, [program, folder], { detached: true, stdio: ['pipe', 'ignore', 'inherit'] });
  watcher.unref();
  watcher.stdin.on('error', () => undefined);
  // The pipe is to be open as long as this process lives, and not to keep it alive.
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
}

/** The watcher's own work, here and now: its input has ended already. */
function removeNow(folder: string): void {
  spawnSync(process.execPath, [program, folder], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * npm passes a signal on to the shell that it started and not to what runs in it, which would go on
 * alone.
 */
function endWithParent(): void {
  if (!process.env.npm_lifecycle_event) return;
  const { ppid } = process;
  setInterval(() => {
    if (process.ppid !== ppid) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}
