/**
 * The lock of an environment: one command at a time changes it, whoever types it and wherever. A
 * lease that its holder renews; what is not renewed expires and may be taken over.
 */
import * as z from 'zod';
import { DojangError, messageOf } from '../errors/dojang-error.ts';
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

/** `dojang deploy of kim on laptop, since 2026-11-28T14:32:00Z`. */
export function holderText(holder: LockRecord | undefined): string {
  if (!holder) return 'a lock that cannot be read';
  return `dojang ${holder.verb} of ${holder.owner} on ${holder.host}, since ${holder.since}`;
}

export function lockedError(environment: string, { holder, secondsLeft }: Extract<LockState, { is: 'held' }>): DojangError {
  return new DojangError('locked', `${environment} is locked by ${holderText(holder)}`, {
    why: `Two commands that change one environment at once would work against each other. Its lease ends in ${Math.ceil(secondsLeft)} s unless it is renewed.`,
    next: `wait with --lock-wait ${lease.seconds}; when that command is known to have ended: dojang lock release --env ${environment}`,
  });
}

/**
 * The bucket refuses or does not answer. S3 says 403 of a key that is missing to whoever may not
 * list.
 */
export function failedError(environment: string, bucket: string, cause: unknown): DojangError {
  return new DojangError('lock-failed', `the lock of ${environment} in ${bucket} could not be taken: ${messageOf(cause)}`, {
    why: 'Without it another command could change the environment at the same time. No further step was begun.',
    next: 'check the network, and that these credentials may s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject there',
    cause,
  });
}

/** How a command has lost its lock. */
export type Loss =
  | { readonly to: 'other'; readonly holder: LockRecord | undefined }
  /** Nothing is stored any more. */
  | { readonly to: 'release' }
  /** It could not be renewed within the lease. */
  | { readonly to: 'expiry' };

export function lostError(environment: string, loss: Loss): DojangError {
  const happened = {
    other: () => `is held by ${holderText('holder' in loss ? loss.holder : undefined)} now`,
    release: () => 'was released by hand',
    expiry: () => 'could not be renewed in time',
  }[loss.to]();
  return new DojangError('lock-lost', `the lock of ${environment} ${happened}`, {
    why: 'Another command may change the environment now, so no further step was begun.',
    next: loss.to === 'other' ? 'run it again once that command has ended; it carries on' : 'run it again; it carries on',
  });
}
