/**
 * A canary behind a real nginx under load: shares within their bounds, sessions that stay, no
 * request lost, and the way back.
 */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { Agent, request } from 'node:https';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canaryScript, rollBackScript } from '../../../../lib/release/host/index.ts';
import { canaryShares } from '../../../../lib/release/plan/step.ts';
import { triggersOf } from '../../../../lib/release/plan/triggers.ts';
import { judgeWatch } from '../../../../lib/release/plan/watch.ts';
import { measureScript } from '../../../../lib/release/probe/measure.ts';
import { samplesFrom } from '../../../../lib/release/probe/samples.ts';
import { runScript } from '../probe/run.ts';
import type { ApiHost } from './api-host.ts';
import type { Load } from './load.ts';
import { ServedHost } from './served-host.ts';
import { server } from './server.ts';

let served: ServedHost;
let host: ApiHost;
let load: Load;
const agent = new Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false });

beforeEach(async () => {
  served = await ServedHost.start();
  ({ host, load } = served);
});
afterEach(() => served.stop());

const must = async (script: { readonly script: string }) => expect(await served.run(script)).toMatchObject({ code: 0 });

/** The first serves; the second is healthy in the idle slot. */
async function prepared(program = server): Promise<string> {
  for (const script of host.scripts(await host.artifact('one', { 'server.js': server }))) await must(script);
  const second = await host.artifact('two', { 'server.js': program });
  for (const script of host.scriptsTo(second, 'health')) await must(script);
  return second;
}

const sessions = Array.from({ length: 2000 }, (_, index) => createHash('sha256').update(`session ${index}`).digest('base64url'));

/** Which release answers a session, `502` where none does. */
function ask(session: string | undefined, method = 'GET'): Promise<string> {
  const headers = session === undefined ? {} : { cookie: `__Host-person=1.x; __Host-session=${session}` };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: served.https, path: '/api/listings', method, headers, agent };
    const sent = request(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      response.once('end', () => resolve(response.statusCode === 200 ? body : String(response.statusCode)));
    });
    // A kept connection that nginx closed as it was used: a client repeats the request.
    sent.once('error', (error: NodeJS.ErrnoException) =>
      sent.reusedSocket && error.code === 'ECONNRESET' ? resolve(ask(session, method)) : reject(error),
    );
    sent.end(method === 'POST' ? '{}' : undefined);
  });
}

const askAll = (some = sessions, method = 'GET') => Promise.all(some.map((session) => ask(session, method)));
const onTwo = (answers: readonly string[]) => new Set(sessions.filter((_, index) => answers[index] === 'two'));

describe('a share of the sessions', () => {
  it('is 5, 25, 50 and 100 %; a session stays on its side, and none is lost', async () => {
    const second = await prepared();
    load.begin({ visitors: 8, streams: 6 });
    let before = new Set<string>();
    for (const percent of canaryShares) {
      await must(canaryScript({ digest: second, percent }));
      const answers = await askAll();
      const now = onTwo(answers);
      expect(new Set(answers)).toEqual(new Set(['one', 'two']));
      // Four standard deviations of the binomial distribution.
      const deviation = 4 * Math.sqrt(sessions.length * (percent / 100) * (1 - percent / 100));
      expect(Math.abs(now.size - (sessions.length * percent) / 100)).toBeLessThan(deviation);
      expect([...before].filter((session) => !now.has(session))).toEqual([]);
      expect(await askAll(sessions.slice(0, 300), 'POST')).toEqual(answers.slice(0, 300));
      before = now;
    }
    await must(host.script(second, 'switch'));
    expect(onTwo(await askAll()).size).toBe(sessions.length);
    await must(host.script(second, 'drain'));
    const { failed, cut, answered } = await load.end();
    expect([failed, cut]).toEqual([[], 0]);
    expect(Object.keys(answered).every((each) => ['200 one', '200 two'].includes(each))).toBe(true);
  });

  it('leaves those without a session together by their address', async () => {
    const second = await prepared();
    await must(canaryScript({ digest: second, percent: 50 }));
    expect(new Set(await Promise.all(Array.from({ length: 100 }, () => ask(undefined)))).size).toBe(1);
  });
});

describe('the way back', () => {
  it('loses no request, also not those that the new release still works on', async () => {
    const second = await prepared();
    load.begin({ visitors: 8, streams: 6 });
    await must(canaryScript({ digest: second, percent: 5 }));
    await must(canaryScript({ digest: second, percent: 50 }));
    await expect.poll(() => load.requests).toBeGreaterThan(50);
    const slow = Promise.all(sessions.slice(0, 20).map((session) => askSlow(session)));
    const back = served.run(rollBackScript('api', { digest: second, reason: 'errors', healthSeconds: 10 }));
    expect((await back).stdout).toMatch(/release\tapi\tkept/);
    expect(new Set(await slow)).toEqual(new Set(['one', 'two']));
    expect(new Set(await askAll())).toEqual(new Set(['one']));
    expect([host.serving, host.isActive('dojang-api@b.service')]).toEqual(['one', false]);
    expect(host.read(`opt/api/releases/${second}/.bad`)).toBe('errors');
    const { failed, cut } = await load.end();
    expect([failed, cut]).toEqual([[], 0]);
  });

  it('is taken by the next run after one that was killed', async () => {
    const second = await prepared();
    await must(canaryScript({ digest: second, percent: 50 }));
    await must(host.script(second, 'before'));
    expect(new Set(await askAll())).toEqual(new Set(['one']));
    expect(host.isActive('dojang-api@b.service')).toBe(false);
  });
});

/** Through a connection of its own: the path of a request that takes two seconds. */
function askSlow(session: string): Promise<string> {
  const headers = { cookie: `__Host-session=${session}` };
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: served.https,
      path: '/api/listings?slow=2000',
      headers,
      rejectUnauthorized: false,
      agent: false,
    } as const;
    const sent = request(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      response.once('end', () => resolve(body));
    });
    sent.once('error', reject);
    sent.end();
  });
}

describe('what is measured', () => {
  it('is the new release alone: its errors are seen though it has 5 %', async () => {
    const second = await prepared(server.replace(': 200;', ": url.pathname.startsWith('/api/') ? 500 : 200;"));
    await must(canaryScript({ digest: second, percent: 5 }));
    await askAll();
    const measured = async (port?: 'serving' | 'idle') => {
      const { script } = measureScript({ component: 'api', seconds: 60, port });
      return samplesFrom(await runScript(host.here(script), { '/var/log/nginx': served.nginx.at('log') }));
    };
    const requests = async () => (await measured()).find((sample) => sample.kind === 'window')?.requests;
    await expect.poll(requests).toBe(sessions.length);
    expect(judgeWatch(await measured('serving'), { errorRate: 0, p95Milliseconds: 10 }, triggersOf('api'))).toEqual({ do: 'keep' });
    const verdict = judgeWatch(await measured('idle'), { errorRate: 0, p95Milliseconds: 10 }, triggersOf('api'));
    expect(verdict).toMatchObject({ do: 'roll-back', reason: expect.stringMatching(/^(\d+) of \1 requests failed, more than 1 %$/) });
  });
});

it('the script passes shellcheck', () => {
  const { script } = canaryScript({ digest: 'a'.repeat(64), percent: 5 });
  const { stdout } = spawnSync('shellcheck', ['--format=gcc', '--shell=bash', '-'], { input: script, encoding: 'utf8' });
  expect(stdout).toBe('');
});
