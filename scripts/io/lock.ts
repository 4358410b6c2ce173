/** One command at a time changes an environment from this clone. */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import { waitUntil } from './process/wait-until.ts';
import { remove, stateFolder, writeJson } from './state.ts';

interface Holder {
  readonly pid: number;
  readonly verb: string;
  /** Different for each time that a lock is taken. */
  readonly id: string;
  /** Ids of holders before it whose processes have ended, the newest first. */
  readonly dead?: readonly string[];
}

/** The lock that was taken. */
export type LocalLock = Required<Pick<Holder, 'id' | 'dead'>>;

/** As many as may be killed one after the other before each has found out about the first. */
const remembered = 10;

export interface LocalLockOptions {
  /** How long to wait for another command of this clone. Seconds. @default 0 */
  readonly waitSeconds?: number;
  /** Where lock files are. @default the state of this clone */
  readonly folder?: string;
}

/** Milliseconds between two tries. */
const pause = 500;

/**
 * Runs `work` while holding the lock of an environment. A lock whose process has ended is taken
 * over.
 * @throws DojangError `locked` naming the verb and process that hold it.
 */
export async function withLock<T>(
  environment: string,
  verb: string,
  work: (own: LocalLock) => Promise<T>,
  { waitSeconds = 0, folder = stateFolder }: LocalLockOptions = {},
): Promise<T> {
  const file = join(folder, `${environment}.lock`);
  const own = { pid: process.pid, verb, id: randomUUID(), dead: deadIn(file) };
  let holder = acquire(file, own);
  const isFree = () => {
    own.dead = deadIn(file);
    holder = acquire(file, own);
    return holder === undefined;
  };
  if (holder && waitSeconds > 0) await waitUntil(isFree, { interval: pause, limit: waitSeconds * 1000 });
  if (holder) {
    throw new DojangError('locked', `dojang ${holder.verb} is already running for ${environment} (process ${holder.pid})`, {
      why: 'Two commands that change one environment at once would work against each other.',
      next: 'wait until it has ended, with --lock-wait <seconds>, or stop it',
    });
  }
  try {
    return await work(own);
  } finally {
    remove(file);
  }
}

/** Holders of this file whose processes have ended: what they hold elsewhere is free. */
function deadIn(file: string): readonly string[] {
  const before = readLock(file);
  if (before === 'absent' || before === 'unreadable' || isAlive(before.pid)) return [];
  return [before.id, ...(before.dead ?? [])].slice(0, remembered);
}

/**
 * Takes the lock. @returns the living process that holds it instead; undefined when it is ours now
 */
function acquire(file: string, own: Holder): Holder | undefined {
  while (!publish(file, own)) {
    const holder = readLock(file);
    if (holder === 'absent') continue;
    if (holder !== 'unreadable' && isAlive(holder.pid)) return holder;
    const other = takeOver(file, idOf(holder), own);
    if (other !== 'gone') return other;
  }
  return undefined;
}

/**
 * Replaces a lock whose process has ended. Of several commands that have read the dead lock only
 * the one that holds the lock of this very take-over may do so, and only while the dead one is
 * still there: none can replace what another has just taken.
 */
function takeOver(file: string, deadId: string, own: Holder): Holder | 'gone' | undefined {
  const taking = `${file}.${deadId}`;
  const other = acquire(taking, own);
  if (other) return other;
  try {
    const holder = readLock(file);
    if (holder === 'absent' || idOf(holder) !== deadId) return 'gone';
    writeJson(file, own);
    return undefined;
  } finally {
    remove(taking);
  }
}

/** Puts the lock there, complete, unless there is one: a link is made as a whole or not at all. */
function publish(file: string, own: Holder): boolean {
  const draft = `${file}.${own.id}.draft`;
  writeJson(draft, own);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    remove(draft);
  }
}

/**
 * Reads a lock in one step. That it was released in between must not look like a lock that nothing
 * can be read from: that one would be replaced, and with it whatever lock another command has just
 * put there.
 */
function readLock(file: string): Holder | 'absent' | 'unreadable' {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder> | null;
    return holder?.pid && holder.id ? (holder as Holder) : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unreadable';
  }
}

const idOf = (holder: Holder | 'unreadable') => (holder === 'unreadable' ? holder : holder.id);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
