import { describe, expect, it } from 'vitest';
import { type AuditRecord, auditKey, auditStart, auditText, auditWords, isAuditKey, parseAudit } from '../../../lib/audit/record.ts';

const record: AuditRecord = {
  version: 1,
  id: '5a1c1f0e-6b1f-4c55-9f0b-0d8f5f3b7a11',
  environment: 'prod',
  verb: 'deploy',
  words: ['deploy', 'api'],
  owner: 'kim',
  host: 'laptop',
  began: '2026-11-28T14:32:00.123Z',
};

describe('an audit record', () => {
  it('is read as it was written', () => expect(parseAudit(auditText(record))).toEqual(record));

  it.each(['', '{', 'null', auditText(record).slice(0, 40), auditText({ ...record, began: 'today' })])('is not %j', (text) => {
    expect(parseAudit(text)).toBeUndefined();
  });

  it('has a key in the order of time', () => {
    expect(auditKey(record)).toBe('audit/2026-11-28/14-32-00-5a1c1f0e.json');
    expect(isAuditKey(auditKey(record))).toBe(true);
    expect(isAuditKey('audit/notes.txt')).toBe(false);
  });

  it('comes after the start of what is asked for, whatever its id', () => {
    const at = (began: string) => auditKey({ began, id: '00000000' });
    const start = auditStart(new Date('2026-11-28T14:32:00Z'));
    expect(at('2026-11-28T14:32:00Z') > start).toBe(true);
    expect(at('2026-11-28T14:31:59Z') > start).toBe(false);
    expect(at('2026-11-29T00:00:00Z') > start).toBe(true);
  });
});

describe('what was typed', () => {
  it.each([
    [['deploy', 'api', '--env', 'prod']],
    [['secret', 'set', 'discord-webhook']],
    [['wire', '--rotate', 'session-secret', 'mysql-api']],
    [['exec', 'aws', '--', 'journalctl', '-p', 'err', '-u', 'dojang-api@a']],
    [['exec', 'aws', '--', 'ls', '-pretty']],
  ])('is kept: %j', (words) => expect(auditWords(words)).toEqual(words));

  it.each([
    [
      ['exec', 'aws', '--', 'mysql', '-uroot', '-phunter2'],
      ['exec', 'aws', '--', 'mysql', '-uroot', '-p[redacted]'],
    ],
    [
      ['exec', 'aws', '--', 'mysql -phunter2 -e x'],
      ['exec', 'aws', '--', 'mysql -p[redacted] -e x'],
    ],
    [
      ['x', '--password=hunter2'],
      ['x', '--password=[redacted]'],
    ],
    [
      ['x', '--db-password', 'hunter2', 'y'],
      ['x', '--db-password', '[redacted]', 'y'],
    ],
    [["API_TOKEN='hunter2 hunter2' curl"], ['API_TOKEN=[redacted] curl']],
    [['curl --token hunter2 x'], ['curl --token [redacted] x']],
    [['mysql://root:hunter2@db/x'], ['mysql://root:[redacted]@db/x']],
    [['curl https://discord.com/api/webhooks/1/hunter2'], ['curl https://discord.com/api/webhooks/[redacted]']],
  ])('without what looks like a secret: %j', (words, kept) => {
    expect(auditWords(words)).toEqual(kept);
    expect(JSON.stringify(auditWords(words))).not.toContain('hunter2');
  });

  it('is bounded', () => {
    const words = auditWords(Array.from({ length: 500 }, () => 'x'.repeat(5_000)));
    expect(words).toHaveLength(64);
    expect(words.at(-1)).toBe('… 437 more');
    expect(parseAudit(auditText({ ...record, words }))?.words).toEqual(words);
  });
});
