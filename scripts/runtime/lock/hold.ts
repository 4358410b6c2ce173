/** Holding the lock of an environment while a command changes it. */
import { setTimeout as wait } from 'node:timers/promises';
import { type LockRecord, type Loss, lease, lockedError, lockState, lockText, lostError, parseLock } from '../../../lib/lock/lock.ts';
import type { LockStore } from '../../../lib/ports/lock.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';

export interface LockOptions {
  readonly environment: string;
  readonly record: Omit<LockRecord, 'version' | 'leaseSeconds'>;
  /** How long to wait for another command. Seconds. @default 0 */
  readonly waitSeconds?: number;
  /** Ids of locks whose processes have ended on this machine. */
  readonly dead?: readonly string[];
  /** Seconds. @default `lease` */
  readonly timing?: typeof lease;
}

export interface HeldLock {
  /** @throws DojangError `lock-lost` when another command has it by now */
  requireHeld(): void;
  /** Ends the renewal and gives the lock back. */
  release(): Promise<void>;
}

/** Seconds between two tries while another command has it. */
const pause = 2;

/**
 * Takes the lock and renews it until it is released. One that has expired, or whose process has
 * ended on this machine, is taken over; of several that want it one succeeds.
 * @throws DojangError `locked` naming who holds it
 */
export async function holdLock(store: LockStore, options: LockOptions, progress: Progress): Promise<HeldLock> {
  const timing = options.timing ?? lease;
  const text = lockText({ version: 1, ...options.record, leaseSeconds: timing.seconds });
  const tag = await take(store, text, options, progress);
  return renewed(store, { text, tag, environment: options.environment, timing });
}

async function take(store: LockStore, text: string, options: LockOptions, progress: Progress): Promise<string> {
  const { environment, waitSeconds = 0, dead } = options;
  const until = performance.now() + waitSeconds * 1000;
  for (;;) {
    const stored = await store.read();
    // Written, and the answer did not come back.
    if (stored?.text === text) return stored.tag;
    const state = lockState(stored, dead);
    if (state.is !== 'held') {
      const tag = await store.write(text, state.is === 'abandoned' ? state.tag : undefined);
      if (tag !== undefined) return tag;
      // Another command was faster: who it is is read again.
      continue;
    }
    if (performance.now() >= until) throw lockedError(environment, state);
    progress(`waiting for the lock: ${state.holder ? `dojang ${state.holder.verb} of ${state.holder.owner}` : 'cannot be read'}`);
    await wait(Math.min(pause * 1000, Math.max(1, until - performance.now())));
  }
}

interface Held {
  readonly text: string;
  readonly tag: string;
  readonly environment: string;
  readonly timing: typeof lease;
}

function renewed(store: LockStore, { text, tag: first, environment, timing }: Held): HeldLock {
  let tag: string | undefined = first;
  let writtenAt = performance.now();
  let loss: Loss = { to: 'expiry' };
  let running: Promise<void> = Promise.resolve();
  const renew = async () => {
    if (tag === undefined) return;
    const began = performance.now();
    try {
      tag = (await store.write(text, tag)) ?? (await tagOfOurs());
      if (tag !== undefined) writtenAt = began;
    } catch {
      // A store that cannot be reached is tried again until the lease has ended.
    }
  };
  // Also where it was written and the answer did not come back.
  const tagOfOurs = async () => {
    const stored = await store.read();
    if (stored?.text === text) return stored.tag;
    loss = stored ? { to: 'other', holder: parseLock(stored.text) } : { to: 'release' };
    return undefined;
  };
  const timer = setInterval(() => {
    running = running.then(renew);
  }, timing.renewal * 1000);
  timer.unref();
  return {
    requireHeld() {
      if (tag === undefined || performance.now() - writtenAt > timing.seconds * 1000) throw lostError(environment, loss);
    },
    async release() {
      clearInterval(timer);
      await running;
      if (tag !== undefined) await store.remove(tag);
    },
  };
}
