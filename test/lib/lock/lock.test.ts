import { describe, expect, it } from 'vitest';
import { type LockRecord, lease, lockState, lockText, lostError, parseLock } from '../../../lib/lock/lock.ts';

const record: LockRecord = {
  version: 1,
  id: 'one',
  owner: 'kim',
  host: 'laptop',
  process: 4711,
  verb: 'deploy',
  since: '2026-11-28T14:32:00.000Z',
  leaseSeconds: lease.seconds,
};
const stored = (ageSeconds: number, text = lockText(record)) => ({ text, tag: '"1"', ageSeconds });

it('a record is read as it was written', () => expect(parseLock(lockText(record))).toEqual(record));

it.each(['', 'null', '{"version":2}', JSON.stringify({ ...record, more: 1 }), JSON.stringify({ ...record, owner: 'x'.repeat(200) })])(
  '%j is no record',
  (text) => expect(parseLock(text)).toBeUndefined(),
);

describe('the state of a lock', () => {
  it('is free where nothing is stored', () => expect(lockState(undefined)).toEqual({ is: 'free' }));
  it('is held for its lease', () => expect(lockState(stored(119))).toEqual({ is: 'held', holder: record, secondsLeft: 1 }));
  it('is abandoned afterwards', () => expect(lockState(stored(120))).toEqual({ is: 'abandoned', tag: '"1"', holder: record }));
  it('is abandoned once its process is known to have ended', () => {
    expect(lockState(stored(1), ['other', 'one'])).toMatchObject({ is: 'abandoned' });
    expect(lockState(stored(1), ['other'])).toMatchObject({ is: 'held' });
  });
});

it.each([
  [
    { to: 'other', holder: record } as const,
    'is held by dojang deploy of kim on laptop, since 2026-11-28T14:32:00.000Z now',
    'that command',
  ],
  [{ to: 'other', holder: undefined } as const, 'is held by a lock that cannot be read now', 'that command'],
  [{ to: 'release' } as const, 'was released by hand', 'run it again; it carries on'],
  [{ to: 'expiry' } as const, 'could not be renewed in time', 'run it again; it carries on'],
])('a lock that was lost to %j says so', (loss, happened, next) => {
  expect(lostError('prod', loss)).toMatchObject({ message: `the lock of prod ${happened}`, next: expect.stringContaining(next) });
});
