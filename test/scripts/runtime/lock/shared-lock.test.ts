import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { lockText, parseLock } from '../../../../lib/lock/lock.ts';
import { type EnvironmentLock, sharedLock, underLock } from '../../../../scripts/runtime/lock/shared-lock.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const operator = { owner: 'kim', host: 'laptop', process: 4711 };
const bucket = { ArtifactBucket: 'artifacts' };

let memory: MemoryClouds;
const made: EnvironmentLock[] = [];
const lockOf = (id: string, dead: readonly string[] = []) => {
  const { report } = memory.context();
  const lock = sharedLock({ environment, report, verb: 'up', operator, id, dead, waitSeconds: 0, now: new Date('2026-11-28') });
  made.push(lock);
  return lock;
};
const aws = () => memory.clouds().aws;

beforeEach(() => {
  memory = new MemoryClouds(environment);
});
afterEach(async () => {
  memory.lock.isReachable = true;
  for (const lock of made.splice(0)) await lock.release();
});

describe('the lock of an environment', () => {
  it('is taken once there is a bucket that it lies in', async () => {
    const lock = lockOf('one');
    memory.outputs = { aws: {}, gcp: {} };
    await lock.ensure(aws());
    expect(memory.lock.text).toBeUndefined();
    memory.outputs = { aws: bucket, gcp: {} };
    await lock.ensure(aws());
    expect(parseLock(memory.lock.text ?? '')).toMatchObject({ id: 'one', ...operator, verb: 'up' });
  });

  it('is taken once by steps that begin at the same time', async () => {
    memory.outputs = { aws: bucket, gcp: {} };
    const lock = lockOf('one');
    await Promise.all([lock.ensure(aws()), lock.ensure(aws())]);
    await lock.ensure(aws());
    expect(parseLock(memory.lock.text ?? '')?.id).toBe('one');
  });

  it('is given back, so that the next command takes it at once', async () => {
    memory.outputs = { aws: bucket, gcp: {} };
    const first = lockOf('one');
    await first.ensure(aws());
    await expect(lockOf('two').ensure(aws())).rejects.toMatchObject({ code: 'locked' });
    await first.release();
    await lockOf('three').ensure(aws());
    expect(parseLock(memory.lock.text ?? '')?.id).toBe('three');
  });

  it('of a command that was killed in this clone is taken over at once', async () => {
    memory.outputs = { aws: bucket, gcp: {} };
    const record = { version: 1, id: 'killed', ...operator, verb: 'up', since: '2026-11-28T00:00:00.000Z', leaseSeconds: 120 } as const;
    memory.lock.put(lockText(record));
    await lockOf('two', ['between', 'killed']).ensure(aws());
    expect(parseLock(memory.lock.text ?? '')?.id).toBe('two');
  });

  it('lets no task begin once another command has it', async () => {
    memory.outputs = { aws: bucket, gcp: {} };
    const lock = lockOf('one');
    const report = underLock(memory.context().report, lock);
    expect(await report.task('before', async () => 'done')).toBe('done');
    await lock.ensure(aws());
    expect(await report.task('held', async () => 'done')).toBe('done');
    const lost = { requireHeld: () => lock.requireHeld() };
    vi.spyOn(lost, 'requireHeld').mockImplementation(() => {
      throw new DojangError('lock-lost', 'lost');
    });
    const begun = vi.fn();
    await expect(underLock(memory.context().report, lost).task('after', begun)).rejects.toMatchObject({ code: 'lock-lost' });
    expect(begun).not.toHaveBeenCalled();
  });

  it('that cannot be reached stops the command before it begins, and says what it needs', async () => {
    memory.outputs = { aws: bucket, gcp: {} };
    memory.lock.isReachable = false;
    await expect(lockOf('one').ensure(aws())).rejects.toMatchObject({
      code: 'lock-failed',
      message: 'the lock of prod in artifacts could not be taken: the bucket cannot be reached',
      next: expect.stringContaining('s3:ListBucket'),
    });
  });

  it('that cannot be given back is no failure of the command: it expires', async () => {
    memory.outputs = { aws: bucket, gcp: {} };
    const lock = lockOf('one');
    await lock.ensure(aws());
    memory.lock.isReachable = false;
    await lock.release();
    expect(memory.notes).toEqual(['the lock could not be given back; it expires by itself']);
  });
});
