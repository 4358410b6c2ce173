/** The functional test of the API: what it notices, and that it leaves nothing behind. */
import type { RowDataPacket } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { triggersOf } from '../../../../lib/release/plan/triggers.ts';
import { judgeWatch, type Verdict } from '../../../../lib/release/plan/watch.ts';
import { apiTestScript } from '../../../../lib/release/probe/api-test.ts';
import { samplesFrom } from '../../../../lib/release/probe/samples.ts';
import { publicUrl } from '../../../apps/api/app.ts';
import { TestProvider } from '../../../apps/api/auth/test-provider.ts';
import { apiEnvironment } from '../../../apps/api/contracts/child-process.ts';
import { useMysql } from '../../../apps/api/mysql.ts';
import { digest, SlotsHost } from './api-host.ts';

const mysql = useMysql();
const host = new SlotsHost();
let provider: TestProvider;
let settings: Record<string, string>;

beforeAll(() => host.prepare());
afterAll(() => host.delete());
beforeEach(async () => {
  provider = new TestProvider();
  const { issuer, clientId, clientSecret } = await provider.start(`${publicUrl}/api/auth/callback`);
  const oidc = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret.reveal(), OIDC_ALLOW_HTTP: 'true' };
  settings = { ...apiEnvironment(mysql.settings), AI_URL: 'http://127.0.0.1:9', ...oidc };
});
afterEach(async () => {
  await host.stopProcesses();
  await provider.stop().catch(() => undefined);
});

async function verdict(): Promise<Verdict> {
  const result = await host.run(apiTestScript({ digest }).script);
  return judgeWatch(samplesFrom(result), undefined, triggersOf('api'));
}

async function rows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ['people', 'sessions', 'contracts', 'contract_pages', 'contract_days', 'contract_answers']) {
    const [[row]] = await mysql.db.query<RowDataPacket[][] & RowDataPacket[]>(`SELECT COUNT(*) AS count FROM ${table}`);
    counts[table] = Number((row as RowDataPacket).count);
  }
  return counts;
}

const nothing = { people: 0, sessions: 0, contracts: 0, contract_pages: 0, contract_days: 0, contract_answers: 0 };

describe('a release that works', () => {
  it('passes: signs in, queries and uploads three times, and leaves nothing behind', async () => {
    await host.start('b', settings);
    const result = await host.run(apiTestScript({ digest }).script);
    const samples = samplesFrom(result);
    expect(samples.every((sample) => sample.kind === 'probe' && sample.ok)).toBe(true);
    const count = (signal: string) => samples.filter((sample) => sample.kind === 'probe' && sample.signal === signal).length;
    expect([count('sign-in'), count('core-api'), count('response-time')]).toEqual([1 + 3, 3 * 3, 3 * 4]);
    expect(await rows()).toEqual(nothing);
  });

  it('passes without a provider where none is configured', async () => {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, ...without } = settings;
    await host.start('b', without);
    expect(await verdict()).toEqual({ do: 'keep' });
  });

  it('passes while the provider is away, as it is for the release that serves', async () => {
    await provider.stop();
    await host.start('a', settings);
    await host.start('b', settings);
    expect(await verdict()).toEqual({ do: 'keep' });
  });
});

describe('a release is rolled back', () => {
  it('when the provider refuses it: sign-in broken', async () => {
    await host.start('a', settings);
    await host.start('b', { ...settings, OIDC_CLIENT_SECRET: 'another-one' });
    expect(await verdict()).toMatchObject({
      scope: 'release',
      reason: expect.stringContaining('sign-in through OAuth fails: 1 in a row (the sign-in cannot be ended: status 503)'),
    });
    expect(await rows()).toEqual(nothing);
  });

  it.each([
    ['/api/auth/login', 'sign-in through OAuth fails: 1 in a row (the sign-in is not begun: status 500)'],
    ['/api/me', 'sign-in through OAuth fails: 1 in a row (session: status 500)'],
    ['/api/checklist', 'a core API answers 500: 1 in a row (checklist query: status 500)'],
    ['/api/contracts', 'a core API answers 500: 1 in a row (document upload: status 500)'],
  ])('when %s answers 500', async (path, reason) => {
    await host.start('a', settings);
    await host.start('b', settings);
    host.instead.set(path, { status: 500 });
    expect(await verdict()).toMatchObject({ do: 'roll-back', scope: 'release', reason });
    expect(await rows()).toEqual(nothing);
  });

  it('when three answers to one request take over ten seconds in the mean, among quick ones', async () => {
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, ...without } = settings;
    await host.start('b', without);
    host.instead.set('/api/checklist', { afterMs: 10_100 });
    expect(await verdict()).toMatchObject({
      reason: expect.stringMatching(/^responses take over 10 s: 10\.\d s, the mean of 3 \(checklist query\)$/),
    });
    expect(await rows()).toEqual(nothing);
  });

  it('when it cannot make a session', async () => {
    await host.start('b', settings);
    await mysql.db.query('ALTER TABLE sessions RENAME TO sessions_away');
    try {
      expect(await verdict()).toMatchObject({ reason: expect.stringMatching(/no session could be made: .*sessions/) });
    } finally {
      await mysql.db.query('ALTER TABLE sessions_away RENAME TO sessions');
    }
  });

  it.each([
    ['prints no cookie', 'console.log(JSON.stringify({ session: "a-secret" }))', 'test-account.js printed no cookie'],
    ['does nothing but fail', 'throw new Error("broken")', 'Node.js v'],
  ])('when its program for a session %s', async (_, program, fault) => {
    await host.start('b', settings);
    const undo = host.replace('test-account.js', program);
    try {
      const result = await host.run(apiTestScript({ digest }).script);
      expect([result.code, result.stdout]).toEqual([0, expect.stringContaining(`sign-in\tfailed\t0\tno session could be made: ${fault}`)]);
      expect(judgeWatch(samplesFrom(result), undefined, triggersOf('api'))).toMatchObject({ do: 'roll-back', scope: 'release' });
      expect(result.stdout + result.stderr).not.toContain('a-secret');
    } finally {
      undo();
    }
  });
});

it('an account that a killed test left goes with the next', async () => {
  await host.start('b', settings);
  const { script } = apiTestScript({ digest });
  await host.run(script.replace("trap 'account close >/dev/null' EXIT", '').replace(/^\s+sign_in\(\)$/m, '  sys.exit()'));
  expect((await rows()).people).toBe(1);
  expect(await verdict()).toEqual({ do: 'keep' });
  expect(await rows()).toEqual(nothing);
});

it('a release that runs in no slot is not tested', async () => {
  const { code, stdout } = await host.run(apiTestScript({ digest: 'e'.repeat(64) }).script);
  expect([code, stdout]).toEqual([1, expect.stringContaining('the release runs in no slot')]);
});
