/** One command at a time, whatever happens to its process, its network or its clock. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LockRecord, lease, lockState, lockText, parseLock } from '../../../../lib/lock/lock.ts';
import { type HeldLock, holdLock, type LockOptions } from '../../../../scripts/runtime/lock/hold.ts';
import { MemoryLockStore } from './memory-lock-store.ts';

const recordOf = (id: string): LockOptions['record'] => ({
  id,
  owner: 'kim',
  host: 'laptop',
  process: 4711,
  verb: 'deploy',
  since: '2026-11-28T14:32:00.000Z',
});
const whole = (id: string): LockRecord => ({ version: 1, ...recordOf(id), leaseSeconds: lease.seconds });
const quiet = () => undefined;

let store: MemoryLockStore;
const held: HeldLock[] = [];
const take = async (id: string, options: Partial<LockOptions> = {}) => {
  const lock = await holdLock(store, { environment: 'prod', record: recordOf(id), ...options }, quiet);
  held.push(lock);
  return lock;
};
const pass = async (seconds: number) => {
  for (let second = 0; second < seconds; second++) {
    store.clock += 1;
    await vi.advanceTimersByTimeAsync(1000);
  }
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance', 'setTimeout', 'clearTimeout'] });
  store = new MemoryLockStore();
});
afterEach(async () => {
  store.isReachable = true;
  for (const lock of held.splice(0)) await lock.release();
  vi.useRealTimers();
});

describe('a lock', () => {
  it('is published complete, and names who holds it', async () => {
    await take('one');
    expect(parseLock(store.text ?? '')).toEqual(whole('one'));
  });

  it('is refused to a second command, with who has it and what to do', async () => {
    await take('one');
    await expect(take('two')).rejects.toMatchObject({
      code: 'locked',
      message: 'prod is locked by dojang deploy of kim on laptop, since 2026-11-28T14:32:00.000Z',
      next: expect.stringContaining('--lock-wait'),
    });
  });

  it('is given to one of several that find it free at the same time', async () => {
    store.beforeWrite = async () => {
      await take('faster');
    };
    await expect(take('slower')).rejects.toMatchObject({ code: 'locked' });
    expect(parseLock(store.text ?? '')?.id).toBe('faster');
  });

  it('is given to one of several that find it expired at the same time', async () => {
    store.put(lockText(whole('dead')));
    store.clock += lease.seconds;
    store.beforeWrite = async () => {
      await take('faster');
    };
    await expect(take('slower')).rejects.toMatchObject({ code: 'locked' });
    expect(parseLock(store.text ?? '')?.id).toBe('faster');
  });

  it('is renewed for as long as it is held', async () => {
    const lock = await take('one');
    await pass(3 * lease.seconds);
    await expect(take('two')).rejects.toMatchObject({ code: 'locked' });
    expect(() => lock.requireHeld()).not.toThrow();
  });

  it('of a process that was killed expires, and is taken over', async () => {
    store.put(lockText(whole('killed')));
    store.clock += lease.seconds - 1;
    await expect(take('two')).rejects.toMatchObject({ code: 'locked' });
    store.clock += 1;
    await take('two');
    expect(parseLock(store.text ?? '')?.id).toBe('two');
  });

  it('whose process has ended on this machine is taken over at once', async () => {
    store.put(lockText(whole('killed')));
    await take('two', { dead: ['other', 'killed'] });
    expect(parseLock(store.text ?? '')?.id).toBe('two');
  });

  it('is waited for', async () => {
    const lock = await take('one');
    const waiting = take('two', { waitSeconds: 60 });
    await pass(10);
    await lock.release();
    await pass(3);
    await waiting;
    expect(parseLock(store.text ?? '')?.id).toBe('two');
  });

  it('that is waited for in vain is refused after that time', async () => {
    await take('one');
    const waiting = expect(take('two', { waitSeconds: 5 })).rejects.toMatchObject({ code: 'locked' });
    await pass(6);
    await waiting;
  });

  it.each(['', '{"version":1,"id":"ha', '{"version":2}', 'x'.repeat(100)])(
    'written as %j is held for a lease, then replaced',
    async (text) => {
      store.put(text);
      await expect(take('two')).rejects.toMatchObject({ message: 'prod is locked by a lock that cannot be read' });
      store.clock += lease.seconds;
      await take('two');
      expect(parseLock(store.text ?? '')?.id).toBe('two');
    },
  );

  it('expires by the clock of the store, whatever the holder took the time for', () => {
    const wrong = { ...whole('one'), since: '2030-01-01T00:00:00.000Z' };
    expect(lockState({ text: lockText(wrong), tag: '"1"', ageSeconds: 10 })).toMatchObject({ is: 'held', secondsLeft: 110 });
    expect(lockState({ text: lockText(wrong), tag: '"1"', ageSeconds: 120 })).toMatchObject({ is: 'abandoned' });
  });
});

describe('a holder', () => {
  it('begins no further step once another has the lock', async () => {
    const lock = await take('one');
    store.put(lockText(whole('other')));
    await pass(lease.renewal + 1);
    expect(() => lock.requireHeld()).toThrow(expect.objectContaining({ code: 'lock-lost', message: expect.stringContaining('of kim') }));
  });

  it('begins no further step once its lock was released by hand', async () => {
    const lock = await take('one');
    store.put(undefined);
    await pass(lease.renewal + 1);
    expect(() => lock.requireHeld()).toThrow(expect.objectContaining({ message: 'the lock of prod was released by hand' }));
  });

  it('does not remove the lock of another', async () => {
    const lock = await take('one');
    store.put(lockText(whole('other')));
    await lock.release();
    expect(parseLock(store.text ?? '')?.id).toBe('other');
  });

  it('goes on while the bucket cannot be reached, until its lease has ended', async () => {
    const lock = await take('one');
    store.isReachable = false;
    await pass(lease.seconds - 1);
    expect(() => lock.requireHeld()).not.toThrow();
    await pass(2);
    expect(() => lock.requireHeld()).toThrow(expect.objectContaining({ message: 'the lock of prod could not be renewed in time' }));
  });

  it('still has it when the answer to a renewal was lost', async () => {
    const lock = await take('one');
    const { text = '' } = store;
    store.beforeWrite = async () => store.put(text);
    await pass(lease.renewal + 1);
    expect(() => lock.requireHeld()).not.toThrow();
  });
});
