import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { lockText, parseLock } from '../../../../lib/lock/lock.ts';
import { lockRelease, lockStatus } from '../../../../scripts/commands/lock/lock.ts';
import { checked } from '../../checked.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const record = {
  version: 1,
  id: 'one',
  owner: 'kim',
  host: 'laptop',
  process: 4711,
  verb: 'deploy',
  since: '2026-11-28T14:32:00.000Z',
  leaseSeconds: 120,
} as const;
const { version, id, leaseSeconds, ...holder } = record;
const never = async () => Promise.reject(new Error('asked'));

let memory: MemoryClouds;
beforeEach(() => {
  memory = new MemoryClouds(environmentOf(service, 'prod'));
  memory.outputs = { ...memory.outputs, aws: { ...memory.outputs.aws, ArtifactBucket: 'artifacts' } };
});

describe('lock status', () => {
  it('says that nothing is locked', async () => {
    const { data, lines } = checked(await lockStatus(memory.context(), memory.clouds()));
    expect(data).toEqual({ environment: 'prod', locked: false });
    expect(lines).toEqual(['prod is not locked']);
  });

  it('says who holds the lock, and when it expires', async () => {
    memory.lock.put(lockText(record));
    memory.lock.clock = 20;
    const { data, lines } = checked(await lockStatus(memory.context(), memory.clouds()));
    expect(data).toEqual({ environment: 'prod', locked: true, holder, secondsLeft: 100 });
    expect(lines).toEqual([
      'prod is locked by dojang deploy of kim on laptop, since 2026-11-28T14:32:00.000Z',
      '  expires in 100 s unless it is renewed',
    ]);
  });

  it('of a lock that has expired is none', async () => {
    memory.lock.put(lockText(record));
    memory.lock.clock = 121;
    expect(checked(await lockStatus(memory.context(), memory.clouds())).data.locked).toBe(false);
  });

  it('says that there is no lock before there is a bucket', async () => {
    memory.outputs = { aws: {}, gcp: {} };
    await expect(lockStatus(memory.context(), memory.clouds())).rejects.toMatchObject({
      code: 'not-deployed',
      next: 'dojang up --env prod',
    });
  });
});

describe('lock release', () => {
  it('releases what it has read once the operator agrees', async () => {
    memory.lock.put(lockText(record));
    const questions: string[] = [];
    const confirm = async (question: string) => questions.push(question) > 0;
    const { data } = checked(await lockRelease(memory.context(), memory.clouds(), { yes: false, confirm }));
    expect(data).toEqual({ environment: 'prod', locked: true, holder });
    expect(questions).toEqual([expect.stringContaining('dojang deploy of kim on laptop')]);
    expect(memory.lock.text).toBeUndefined();
  });

  it('releases nothing when the operator declines', async () => {
    memory.lock.put(lockText(record));
    const declined = lockRelease(memory.context(), memory.clouds(), { yes: false, confirm: async () => false });
    await expect(declined).rejects.toMatchObject({ code: 'declined' });
    expect(memory.lock.text).toBeDefined();
  });

  it('leaves a lock that was taken while the operator was asked', async () => {
    memory.lock.put(lockText(record));
    const confirm = async () => {
      memory.lock.put(lockText({ ...record, id: 'two' }));
      return true;
    };
    await lockRelease(memory.context(), memory.clouds(), { yes: false, confirm });
    expect(parseLock(memory.lock.text ?? '')?.id).toBe('two');
  });

  it('asks nothing when there is no lock', async () => {
    const { lines } = checked(await lockRelease(memory.context(), memory.clouds(), { yes: false, confirm: never }));
    expect(lines).toEqual(['prod is not locked']);
  });

  it('releases a record that cannot be read', async () => {
    memory.lock.put('{"version":1,"id":"ha');
    const { data } = checked(await lockRelease(memory.context(), memory.clouds(), { yes: true, confirm: never }));
    expect(data).toEqual({ environment: 'prod', locked: true });
    expect(memory.lock.text).toBeUndefined();
  });
});
