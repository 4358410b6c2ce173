import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { type AuditRecord, auditKey, auditText } from '../../../../lib/audit/record.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { audit } from '../../../../scripts/commands/audit/audit.ts';
import { checked } from '../../checked.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const since = new Date('2026-11-28T00:00:00Z');
let memory: MemoryClouds;
beforeEach(() => {
  memory = new MemoryClouds(environmentOf(service, 'prod'));
  memory.outputs = { aws: { ArtifactBucket: 'artifacts' }, gcp: {} };
});

function keep(began: string, more: Partial<AuditRecord> = {}): void {
  const record: AuditRecord = {
    ...{ version: 1, id: began.slice(11, 19).replaceAll(':', ''), environment: 'prod', verb: 'deploy', words: ['deploy', 'api'] },
    ...{ owner: 'kim', host: 'laptop', began, ...more },
  };
  memory.audit.kept.set(auditKey(record), auditText(record));
}

const asked = (lines = 100) => audit(memory.context(), memory.clouds(), { since, lines });

describe('audit', () => {
  it('lists the commands since then, the newest first, and how they ended', async () => {
    keep('2026-11-27T23:59:59.000Z');
    keep('2026-11-28T10:00:00.000Z', { ended: '2026-11-28T10:01:14.000Z', outcome: 'done' });
    keep('2026-11-28T11:00:00.000Z', { ended: '2026-11-28T11:00:02.000Z', outcome: 'failed', code: 'locked' });
    keep('2026-11-28T12:00:00.000Z');
    const { data, lines } = checked(await asked());
    expect(data.records.map(({ began }) => began.slice(11, 13))).toEqual(['12', '11', '10']);
    expect(lines).toEqual([
      '  2026-11-28T12:00:00Z  kim on laptop  no end recorded      deploy api',
      '  2026-11-28T11:00:00Z  kim on laptop  failed: locked, 2 s  deploy api',
      '  2026-11-28T10:00:00Z  kim on laptop  done, 74 s           deploy api',
    ]);
  });

  it('says what it leaves out, and what it cannot read', async () => {
    for (const hour of ['08', '09', '10']) keep(`2026-11-28T${hour}:00:00.000Z`);
    memory.audit.kept.set('audit/2026-11-28/11-00-00-damaged.json', '{"version":2}');
    memory.audit.kept.set('audit/2026-11-28/notes.txt', 'by hand');
    const { data, lines } = checked(await asked(2));
    expect(data).toMatchObject({ leftOut: 2, unreadable: ['audit/2026-11-28/11-00-00-damaged.json'] });
    expect(data.records.map(({ began }) => began.slice(11, 13))).toEqual(['10']);
    expect(lines?.slice(1)).toEqual([
      '2 older records left out; --lines shows more',
      'audit/2026-11-28/11-00-00-damaged.json is no record that this dojang can read',
    ]);
  });

  it('says that there were none', async () => {
    expect(checked(await asked()).lines).toEqual(['no command has changed prod since 2026-11-28T00:00:00.000Z']);
  });

  it('says that there are none before there is a bucket', async () => {
    memory.outputs = { aws: {}, gcp: {} };
    await expect(asked()).rejects.toMatchObject({ code: 'not-deployed', next: 'dojang up --env prod' });
  });
});
