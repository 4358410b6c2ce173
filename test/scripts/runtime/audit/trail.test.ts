import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { type AuditRecord, parseAudit } from '../../../../lib/audit/record.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { auditedLock, auditTrail } from '../../../../scripts/runtime/audit/trail.ts';
import { sharedLock } from '../../../../scripts/runtime/lock/shared-lock.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const operator = { owner: 'kim', host: 'laptop', process: 4711 };
const key = 'audit/2026-11-28/14-32-00-one.json';

let memory: MemoryClouds;
let clock: number;
beforeEach(() => {
  memory = new MemoryClouds(environment);
  memory.outputs = { aws: { ArtifactBucket: 'artifacts' }, gcp: {} };
  clock = Date.parse('2026-11-28T14:32:00.000Z');
});

function trail(verb = 'deploy') {
  const { report } = memory.context();
  const words = [verb, 'api', '--token=hunter2'];
  return auditTrail({ environment, report, verb, words, operator, id: 'one', commit: '1a2b3c4', now: () => new Date(clock) });
}

const aws = () => memory.clouds().aws;
const record = (): AuditRecord | undefined => parseAudit(memory.audit.kept.get(key) ?? '');

describe('the audit record of a command', () => {
  it('is written when it begins, and completed when it ends', async () => {
    const { begin, end } = trail();
    await begin(aws());
    const begun = { version: 1, id: 'one', environment: 'prod', verb: 'deploy', words: ['deploy', 'api', '--token=[redacted]'] };
    const who = { owner: 'kim', host: 'laptop', commit: '1a2b3c4', began: '2026-11-28T14:32:00.000Z' };
    expect(record()).toEqual({ ...begun, ...who });
    clock += 74_000;
    await end({});
    expect(record()).toEqual({ ...begun, ...who, ended: '2026-11-28T14:33:14.000Z', outcome: 'done' });
  });

  it.each([
    [{ error: new DojangError('release-failed', 'hunter2') }, { outcome: 'failed', code: 'release-failed' }],
    [{ error: new Error('hunter2') }, { outcome: 'failed', code: 'unexpected' }],
    [
      { error: new DojangError('command-failed', 'x', { status: 3 }), status: 3 },
      { outcome: 'failed', code: 'command-failed', status: 3 },
    ],
  ])('says how it failed by its code, without the message: %#', async (ending, outcome) => {
    const { begin, end } = trail();
    await begin(aws());
    await end(ending);
    expect(record()).toMatchObject(outcome);
    expect(memory.audit.kept.get(key)).not.toContain('hunter2');
  });

  it('is none before there is a bucket, and begins with the bucket', async () => {
    memory.outputs = { aws: {}, gcp: {} };
    const { begin, end } = trail();
    await begin(aws());
    expect(memory.audit.kept.size).toBe(0);
    memory.outputs = { aws: { ArtifactBucket: 'artifacts' }, gcp: {} };
    await begin(aws());
    expect(record()).toBeDefined();
    await end({});
    expect(memory.notes).toEqual([]);
  });

  it('that never began has no end', async () => {
    await trail().end({});
    expect(memory.audit.kept.size).toBe(0);
    expect(memory.notes).toEqual([]);
  });

  it('that cannot be written is one note, and fails nothing', async () => {
    memory.audit.isReachable = false;
    const { begin, end } = trail();
    await begin(aws());
    await begin(aws());
    await end({});
    expect(memory.notes).toEqual(['the audit record could not be written to the artifact bucket; the command goes on without one']);
  });

  it('whose end cannot be written is a note, but for what has removed the bucket', async () => {
    for (const verb of ['deploy', 'down']) {
      memory.audit.isReachable = true;
      const { begin, end } = trail(verb);
      await begin(aws());
      memory.audit.isReachable = false;
      await end({});
    }
    expect(memory.notes).toEqual([`how the command ended could not be written to ${key}`]);
  });
});

it('a lock is held before the record begins, and one that is refused leaves none', async () => {
  const { report } = memory.context();
  const lockOf = (id: string) =>
    sharedLock({ environment, report, verb: 'up', operator, id, dead: [], waitSeconds: 0, now: new Date('2026-11-28') });
  const other = lockOf('other');
  await other.ensure(aws());
  const audited = auditedLock(lockOf('one'), trail());
  await expect(audited.ensure(aws())).rejects.toMatchObject({ code: 'locked' });
  expect(memory.audit.kept.size).toBe(0);
  await other.release();
  await audited.ensure(aws());
  expect(record()).toBeDefined();
  await audited.release();
});
