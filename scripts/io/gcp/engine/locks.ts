/**
 * Locks and engines that a killed run left behind, and the difference from those of someone who is
 * at work.
 */
import { hostname } from 'node:os';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { waitUntil } from '../../process/wait-until.ts';
import { processes } from './processes.ts';
import { markOf } from './run-mark.ts';
import type { Session } from './session.ts';
import { removeBrokenAttributes } from './state-attributes.ts';

export interface StackLock {
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
}

interface EngineProcess {
  readonly pid: number;
  /** The command that started it. */
  readonly starter: number;
}

/**
 * An engine whose command died goes on with what it has begun; most end within a creation's time.
 */
const patienceMilliseconds = 90_000;

/** The locks that an error of a self-managed backend names. */
export function locksIn(text: string): StackLock[] {
  if (!text.includes('the stack is currently locked by')) return [];
  const pattern = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g;
  const locks = [...text.matchAll(pattern)].map(([, user = '', host = '', pid = '', since = '']) => ({
    user,
    host,
    pid: Number(pid),
    since,
  }));
  return [...new Map(locks.map((lock) => [lock.pid, lock])).values()];
}

/**
 * Removes locks whose process has ended. @throws DojangError `stack-locked` when one may still be
 * at work.
 */
export async function clearLocks(session: Session, locks: readonly StackLock[], progress: Progress): Promise<void> {
  for (const lock of locks) {
    if (lock.host !== hostname() || isEngine(lock.pid)) throw stackLocked(session.environment.name, lock);
  }
  progress('clearing the lock of a run that has ended');
  const stack = await session.open(progress);
  await stack.cancel();
}

/**
 * Waits for the engine of a killed command of ours to end, and ends it when it does not: before
 * that, the state may still change.
 * @throws DojangError `stack-locked` when another command of ours is at work on this stack.
 */
export async function endOrphans(session: Session, progress: Progress): Promise<void> {
  const busy = enginesOf(session).find(({ starter }) => isAlive(starter));
  if (busy) {
    throw stackLocked(session.environment.name, { user: 'this user', host: hostname(), pid: busy.starter, since: 'some time ago' });
  }
  await settle(session, progress);
}

/**
 * As `endOrphans`, for who only reads: a command at work on the stack is left alone. While an
 * engine writes the state, a reader may find half of it.
 */
export async function settle(session: Session, progress: Progress): Promise<void> {
  for (const { pid } of enginesOf(session).filter(({ starter }) => !isAlive(starter))) {
    progress(`waiting for the engine of an interrupted run (process ${pid})`);
    await ended(pid, patienceMilliseconds);
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      if (isEngine(pid)) process.kill(pid, signal);
      await ended(pid, 10_000);
    }
  }
  removeBrokenAttributes(session);
}

function stackLocked(stack: string, { user, host, pid, since }: StackLock): DojangError {
  return new DojangError('stack-locked', `stack ${stack} is being changed by ${user}@${host} (process ${pid}) since ${since}`, {
    why: 'Two changes at once would leave a state that fits neither.',
    next: `wait for it to end; if it has ended, pulumi cancel --yes --stack ${stack}`,
  });
}

function enginesOf(session: Session): EngineProcess[] {
  const mark = markOf(session);
  return processes().flatMap(({ pid, args }) => {
    const starter = args.includes('pulumi') ? new RegExp(`--exec-agent ${mark}(\\d+)`).exec(args)?.[1] : undefined;
    return starter === undefined || Number(starter) === process.pid ? [] : [{ pid, starter: Number(starter) }];
  });
}

async function ended(pid: number, milliseconds: number): Promise<void> {
  await waitUntil(() => !isEngine(pid), { interval: 100, limit: milliseconds });
}

/** A process id is reused: only one that runs `pulumi` counts. */
function isEngine(pid: number): boolean {
  return processes(pid).some(({ args }) => args.includes('pulumi'));
}

function isAlive(pid: number): boolean {
  return processes(pid).length > 0;
}
