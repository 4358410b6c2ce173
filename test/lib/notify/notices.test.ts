import { describe, expect, it } from 'vitest';
import { discordMessage, webhookFault } from '../../../lib/notify/discord.ts';
import {
  maintenanceChanged,
  releaseBegun,
  releaseFailed,
  releaseRolledBack,
  releaseServes,
  restoreBegun,
  restoreDone,
  restoreFailed,
  rollbackBegun,
} from '../../../lib/notify/notices.ts';

const who = { owner: 'kim', host: 'laptop' };
const about = {
  environment: 'prod',
  component: 'api',
  release: '2026-11-28.3',
  who,
  commit: '1a2b3c4d5e6f',
  subject: 'easy contract: longer leases',
} as const;
const lasted = { seconds: 74.2, downtimeSeconds: 0 };

describe('a notice', () => {
  it.each([
    [
      'of a release that has begun',
      releaseBegun(about),
      'prod: release 2026-11-28.3 of api has begun\ncommit 1a2b3c4  easy contract: longer leases\nby kim on laptop',
    ],
    [
      'of a release that serves',
      releaseServes({ ...about, ...lasted }),
      'prod: release 2026-11-28.3 of api serves\ncommit 1a2b3c4  easy contract: longer leases\n74 seconds, 0 s down\nby kim on laptop',
    ],
    [
      'of a release that was rolled back',
      releaseRolledBack({ ...about, ...lasted, reason: '5 of 60 answers were errors', serving: '2026-11-28.2' }),
      'prod: release 2026-11-28.3 of api was rolled back: 5 of 60 answers were errors\n2026-11-28.2 serves\n74 seconds, 0 s down\nby kim on laptop',
    ],
    [
      'of a release that failed',
      releaseFailed({ ...about, reason: 'the host does not answer' }),
      'prod: release 2026-11-28.3 of api failed: the host does not answer\nIt could not be rolled back: see to it now.\nby kim on laptop',
    ],
    [
      'of a rollback',
      rollbackBegun({ environment: 'prod', component: 'api', release: '2026-11-28.2', who }),
      'prod: rolling api back to release 2026-11-28.2\nby kim on laptop',
    ],
    [
      'of a restore that has begun',
      restoreBegun({ environment: 'prod', dump: 'dumps/1.sql.zst', to: '2026-11-28T14:00:00Z', who }),
      'prod: restore of dumps/1.sql.zst, up to 2026-11-28T14:00:00Z has begun\nVisitors see the maintenance page until it is done.\nby kim on laptop',
    ],
    [
      'of a restore that is done',
      restoreDone({ environment: 'prod', dump: 'dumps/1.sql.zst', who, seconds: 1, downtimeSeconds: 61 }),
      'prod: restore of dumps/1.sql.zst is done\n1 second, 61 s down\nby kim on laptop',
    ],
    [
      'of a restore that failed',
      restoreFailed({ environment: 'prod', dump: 'd', who, reason: 'no room' }),
      'prod: restore of d failed: no room\nby kim on laptop',
    ],
    [
      'of the maintenance page',
      maintenanceChanged({ environment: 'prod', on: true, reason: 'disk', who }),
      'prod: visitors see the maintenance page\ndisk\nby kim on laptop',
    ],
    [
      'of its end',
      maintenanceChanged({ environment: 'prod', on: false, reason: '', who }),
      'prod: visitors reach the service again\nby kim on laptop',
    ],
  ])('%s', (_, notice, text) => expect(notice.text).toBe(text));

  it('says when no release serves', () => {
    expect(releaseRolledBack({ ...about, ...lasted, reason: 'x' }).text).toContain('\nno release serves\n');
  });

  it('takes text of others as one line, without control characters, and shortens it', () => {
    const { text } = releaseBegun({ ...about, subject: `one\ntwo\u001b[31m\u202e${'x'.repeat(9_000)}` });
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toContain('one two [31m x');
    expect(text.length).toBeLessThan(500);
  });
});

describe('what Discord is sent', () => {
  it('mentions no member, has no preview and no formatting', () => {
    const message = discordMessage({ text: '@everyone <@1> *bold* `code` ||x|| [a](b)\n# title\n- item\n1. one' });
    expect(message).toEqual({
      content: '\\@everyone \\<\\@1\\> \\*bold\\* \\`code\\` \\|\\|x\\|\\| \\[a\\](b)\n\\# title\n\\- item\n\\1. one',
      allowed_mentions: { parse: [] },
      flags: 4,
    });
  });

  it('is no longer than Discord takes, and no character is cut', () => {
    const { content } = discordMessage({ text: '🏯'.repeat(2_000) });
    expect(content.length).toBeLessThanOrEqual(2000);
    expect(content.isWellFormed()).toBe(true);
    expect(content.endsWith('🏯…')).toBe(true);
  });
});

describe('a webhook', () => {
  it.each([
    'https://discord.com/api/webhooks/123/abc-DEF_1',
    'https://canary.discord.com/api/v10/webhooks/123/abc',
    'https://discordapp.com/api/webhooks/123/abc\n',
    'http://127.0.0.1:4000/hook',
  ])('is %s', (url) => expect(webhookFault(url)).toBeUndefined());

  it.each([
    ['hunter2', 'it is no URL'],
    ['http://discord.com/api/webhooks/123/abc', 'its URL does not begin with https://'],
    ['https://example.com/api/webhooks/123/abc', 'it is none of discord.com'],
    ['https://discord.com.example.com/api/webhooks/123/abc', 'it is none of discord.com'],
    ['https://discord.com/api/webhooks/123', 'its path is not /api/webhooks/<id>/<token>'],
    ['https://user:word@discord.com/api/webhooks/1/a', 'its URL has a user or a password'],
  ])('is not %s', (url, fault) => expect(webhookFault(url)).toBe(fault));
});
