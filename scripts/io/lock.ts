/** One command at a time changes an environment from this clone. */
import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../lib/errors.ts';
import { readJson, remove, stateFolder } from './state.ts';

interface Holder {
  readonly pid: number;
  readonly verb: string;
}

/**
 * Runs `work` while holding the lock of an environment. A lock whose process has ended is taken over.
 * @throws DojangError `locked` naming the verb and process that hold it.
 */
export async function withLock<T>(environment: string, verb: string, work: () => Promise<T>): Promise<T> {
  const file = join(stateFolder, `${environment}.lock`);
  mkdirSync(stateFolder, { recursive: true });
  if (!take(file, verb)) {
    const holder = readJson<Holder>(file);
    if (holder && isAlive(holder.pid)) {
      throw new DojangError('locked', `dojang ${holder.verb} is already running for ${environment} (process ${holder.pid})`, {
        why: 'Two commands that change one environment at once would work against each other.',
        next: 'wait until it has ended, or stop it',
      });
    }
    discard(file);
    return withLock(environment, verb, work);
  }
  try {
    return await work();
  } finally {
    remove(file);
  }
}

/** Takes a dead lock out of the way. Of two commands only one can rename it, so neither removes what the other has just taken. */
function discard(file: string): void {
  const dead = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, dead);
    remove(dead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Creates the file only if it is not there: of two commands exactly one succeeds. */
function take(file: string, verb: string): boolean {
  try {
    const handle = openSync(file, 'wx');
    writeSync(handle, JSON.stringify({ pid: process.pid, verb } satisfies Holder));
    closeSync(handle);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
