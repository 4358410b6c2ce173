/**
 * The lock of an environment: one command at a time changes it, whoever types it and wherever. A
 * lease that its holder renews; what is not renewed expires and may be taken over.
 */
import * as z from 'zod';
import { DojangError } from '../errors/dojang-error.ts';
import type { StoredLock } from '../ports/lock.ts';

/** Seconds. Three renewals may fail before the lease ends. */
export const lease = { seconds: 120, renewal: 30 } as const;

const lockRecord = z.strictObject({
  version: z.literal(1),
  /** Different each time that a lock is taken. */
  id: z.string().min(1).max(64),
  /** Who, and on which machine. */
  owner: z.string().max(128),
  host: z.string().max(256),
  /** Process on that machine. */
  process: z.int(),
  verb: z.string().max(64),
  reason: z.string().max(256).optional(),
  /** By the holder's clock; shown only. */
  since: z.iso.datetime(),
  /** How long it holds without being renewed. */
  leaseSeconds: z.int().min(1).max(86_400),
});

export type LockRecord = z.infer<typeof lockRecord>;

export function lockText(record: LockRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Undefined for what is no lock record: half written, or of a version to come. */
export function parseLock(text: string): LockRecord | undefined {
  try {
    return lockRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export type LockState =
  | { readonly is: 'free' }
  /** Over this tag the lock may be taken. */
  | { readonly is: 'abandoned'; readonly tag: string; readonly holder: LockRecord | undefined }
  | { readonly is: 'held'; readonly holder: LockRecord | undefined; readonly secondsLeft: number };

/**
 * What is stored, as a command that wants the lock sees it. What cannot be read is held for as long
 * as a lease: it may be of a newer dojang.
 * @param dead ids of locks whose processes are known to have ended
 */
export function lockState(stored: StoredLock | undefined, dead: readonly string[] = []): LockState {
  if (!stored) return { is: 'free' };
  const holder = parseLock(stored.text);
  const secondsLeft = (holder?.leaseSeconds ?? lease.seconds) - stored.ageSeconds;
  const isDead = holder !== undefined && dead.includes(holder.id);
  return secondsLeft <= 0 || isDead ? { is: 'abandoned', tag: stored.tag, holder } : { is: 'held', holder, secondsLeft };
}

/** `dojang deploy of kim on laptop, since 2026-11-28T14:32:00Z (reason)`. */
export function holderText(holder: LockRecord | undefined): string {
  if (!holder) return 'a lock that cannot be read';
  const reason = holder.reason ? ` (${holder.reason})` : '';
  return `dojang ${holder.verb} of ${holder.owner} on ${holder.host}, since ${holder.since}${reason}`;
}

export function lockedError(environment: string, { holder, secondsLeft }: Extract<LockState, { is: 'held' }>): DojangError {
  return new DojangError('locked', `${environment} is locked by ${holderText(holder)}`, {
    why: `Two commands that change one environment at once would work against each other. Its lease ends in ${Math.ceil(secondsLeft)} s unless it is renewed.`,
    next: `wait with --lock-wait ${lease.seconds}; when that command is known to have ended: dojang lock release --env ${environment}`,
  });
}

export function lostError(environment: string, holder: LockRecord | undefined): DojangError {
  return new DojangError('lock-lost', `the lock of ${environment} is no longer ours: ${holderText(holder)} has it`, {
    why: 'It was not renewed in time, or was released by hand. No further step was begun.',
    next: 'run it again once the other command has ended; it carries on',
  });
}
