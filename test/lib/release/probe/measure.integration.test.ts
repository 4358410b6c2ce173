/** What a real nginx writes down, as the watch of a release measures it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maintenanceText } from '../../../../lib/host/maintenance/nginx.ts';
import { triggersOf } from '../../../../lib/release/plan/triggers.ts';
import { judgeWatch, type Sample } from '../../../../lib/release/plan/watch.ts';
import { type MeasureOptions, measureScript } from '../../../../lib/release/probe/measure.ts';
import { beforeFrom, measuredUntil, samplesFrom } from '../../../../lib/release/probe/samples.ts';
import { bash } from '../../host/bash.ts';
import { Site } from '../../host/nginx/site.ts';
import { runScript } from './run.ts';

let site: Site;
beforeEach(async () => {
  site = new Site();
  await site.start();
});
afterEach(() => site.stop());

const run = (changes: Partial<MeasureOptions> = {}) => {
  const { script } = measureScript({ component: 'api', seconds: 60, ...('port' in changes ? {} : { port: site.apiPort }), ...changes });
  const places = { '/var/log/nginx': site.nginx.at('log'), '/etc/nginx': site.nginx.at('etc/nginx'), 'https://127.0.0.1/': `${site.url}/` };
  return runScript(script, places);
};
const measure = async (changes: Partial<MeasureOptions> = {}) => samplesFrom(await run(changes));
const windowIn = (samples: readonly Sample[]) => samples.find((sample) => sample.kind === 'window');

/** A line waits up to a second before it is written. */
async function whenMeasured(requests: number, changes: Partial<MeasureOptions> = {}): Promise<readonly Sample[]> {
  let samples: readonly Sample[] = [];
  await expect
    .poll(async () => {
      samples = await measure(changes);
      return windowIn(samples)?.requests;
    })
    .toBe(requests);
  return samples;
}

describe('the requests of the last minute', () => {
  it('are those of users, by what the API answered and how long it took', async () => {
    site.answer = (request, response) => {
      const status = Number(/status=(\d+)/.exec(request.url ?? '')?.[1] ?? 200);
      setTimeout(() => response.writeHead(status).end('{}'), request.url?.includes('slow') ? 700 : 0);
    };
    for (const status of [200, 200, 200, 404, 401]) await site.ask('GET', `/api/listings?status=${status}`);
    await site.ask('GET', '/api/listings?status=500', { 'user-agent': 'dojang-probe' });
    await site.ask('GET', '/api/listings?slow');
    await site.ask('GET', '/api/contracts/1/events?slow');
    expect(await whenMeasured(5)).toMatchObject([
      { kind: 'window', errors: 0, p95Milliseconds: expect.closeTo(710, -2) },
      { kind: 'probe', signal: 'health', ok: true },
      { kind: 'probe', signal: 'response-time', ok: true },
    ]);
  });

  it('failed where the API answers 500, and the release is rolled back', async () => {
    for (let each = 0; each < 20; each++) await site.ask('GET', '/api/listings');
    const before = beforeFrom(await whenMeasured(20));
    site.answer = (_, response) => response.writeHead(500).end();
    const { stdout } = await run();
    for (let each = 0; each < 5; each++) await site.ask('POST', '/api/notes', { cookie: site.signIn(1), 'content-length': '0' });
    const samples = await whenMeasured(5, { from: measuredUntil({ stdout }) });
    expect(windowIn(samples)).toMatchObject({ errors: 5 });
    expect(judgeWatch(samples, before, triggersOf('api'))).toMatchObject({
      do: 'roll-back',
      scope: 'release',
      reason: expect.stringContaining('5 of 5 requests failed'),
    });
  });

  it('failed where nothing listens, also where only the session was asked for', async () => {
    const { apiPort } = site;
    await site.stopApi();
    await site.ask('GET', '/api/listings');
    await site.ask('POST', '/api/notes', { cookie: site.signIn(1), 'content-length': '0' });
    const samples = await whenMeasured(2, { port: apiPort });
    expect(samples).toMatchObject([{ errors: 2 }, { signal: 'health', ok: false }]);
    const three = [...samples, ...(await measure({ port: apiPort })), ...(await measure({ port: apiPort }))];
    expect(judgeWatch(three.slice(1), undefined, triggersOf('api'))).toMatchObject({
      reason: expect.stringContaining('health fails 3 times'),
    });
  });

  it('of the web are those of its files', async () => {
    await site.ask('GET', '/api/listings');
    await site.ask('GET', '/checklist');
    const web = { component: 'web', port: undefined } as const;
    expect(await whenMeasured(0, web)).toMatchObject([{ kind: 'window' }, { signal: 'main-page', ok: false, note: 'status 404' }]);
    writeFileSync(site.nginx.at('web/index.html'), 'the page');
    await site.ask('GET', '/checklist');
    expect(await whenMeasured(1, web)).toMatchObject([
      { kind: 'window', errors: 0 },
      { signal: 'main-page', ok: true },
    ]);
  });
});

it('behind the maintenance page nothing fails', async () => {
  const file = site.nginx.at('etc/nginx/dojang/maintenance.conf');
  const { code } = bash(`${maintenanceText}\nmaintenance_text on >${file} && kill -HUP "$(cat ${site.nginx.at('run/nginx.pid')})"`);
  expect(code).toBe(0);
  await expect.poll(async () => (await site.ask('GET', '/api/listings')).status).toBe(503);
  await expect.poll(() => readFileSync(site.nginx.at('log/access.log'), 'utf8')).toContain('"status":503');
  const ended = () => Number(/"status":503.*"ended":([\d.]+)/.exec(readFileSync(site.nginx.at('log/access.log'), 'utf8'))?.[1]);
  await expect.poll(async () => Number(measuredUntil(await run())) > ended()).toBe(true);
  const judged = judgeWatch(await measure(), { errorRate: 0, p95Milliseconds: 9 }, triggersOf('api'));
  expect(judged).toEqual({ do: 'keep' });
  expect(await measure({ component: 'web', port: undefined })).toMatchObject([
    { requests: 0, errors: 0 },
    { signal: 'main-page', ok: true },
  ]);
});

describe('responses over ten seconds', () => {
  it('are noticed by their mean', async () => {
    const slow: Sample = { kind: 'probe', signal: 'response-time', ok: true, seconds: 10.5, note: 'listings query' };
    site.answer = ({ url }, response) => void setTimeout(() => response.end('{}'), url?.startsWith('/health') ? 0 : 10_200);
    const samples = (await measure()).filter((sample) => sample.kind === 'probe' && sample.signal === 'response-time');
    expect(samples).toMatchObject([{ ok: true, seconds: expect.closeTo(10.2, 0) }]);
    expect(judgeWatch([...samples, slow, slow], undefined, triggersOf('api'))).toMatchObject({
      reason: expect.stringContaining('responses take over 10 s'),
    });
  });
});

it('a watch asks the slot itself, past nginx', async () => {
  await measure();
  expect(site.asked).toEqual(['GET /health/readiness', 'GET /api/listings?limit=1']);
});
