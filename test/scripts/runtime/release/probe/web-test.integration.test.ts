/** The pages of a release: the real ones, and ones with what must not be. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { triggersOf } from '../../../../../lib/release/plan/triggers.ts';
import { judgeWatch } from '../../../../../lib/release/plan/watch.ts';
import { testRelease } from '../../../../../scripts/runtime/release/probe/test.ts';
import { webTest } from '../../../../../scripts/runtime/release/probe/web-test.ts';
import { Site } from '../../../../apps/web/site.ts';

const silent = () => {};
const probing = { shell: { run: () => Promise.reject(new Error('no host is asked')) }, progress: silent };
const judge = async (url: string, browser?: string) =>
  judgeWatch(await webTest({ url, privateAuthority: false, browser }, probing), undefined, triggersOf('web'));

describe('the real page', () => {
  let site: Site;
  beforeAll(async () => {
    site = await Site.start();
  });
  afterAll(() => site.stop());
  afterEach(() => site.state.failures.clear());

  it('passes: three pages without a critical error', async () => {
    const { verdict, note } = await testRelease(probing, { component: 'web', url: site.url, privateAuthority: false });
    expect([verdict, note]).toEqual([{ do: 'keep' }, expect.stringMatching(/^6 of 6 answers right/)]);
  });

  it('is rolled back when a call of the API answers 500', async () => {
    site.state.failures.set('GET /api/checklist', { status: 500 });
    expect(await judge(site.url)).toMatchObject({
      scope: 'release',
      reason: expect.stringMatching(/^critical errors in the console: .*500/),
    });
  });

  it('passes without a browser, and says that the console was not looked at', async () => {
    const { note } = await testRelease(probing, { component: 'web', url: site.url, privateAuthority: false, browser: '' });
    expect(note).toContain('the console was not looked at: no Chromium');
  });
});

describe('a page', () => {
  let server: Server;
  let page: { status: number; body: string; headers?: Record<string, string> };
  const missing = '<script type="module" src="/assets/gone.js"></script><main>here</main>';
  beforeEach(async () => {
    page = { status: 200, body: '<main>here</main>' };
    server = createServer((incoming, response) => {
      const { status, body, headers } = incoming.url?.startsWith('/assets/') ? { status: 404, body: '' } : page;
      if (incoming.url === '/favicon.ico') return void response.writeHead(204).end();
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  it.each([
    ['throws', '<main>here</main><script>throw new Error("broken")</script>', /critical errors in the console: .*broken/],
    ['shows nothing', '<p>nothing in its main part</p>', /critical errors in the console: .*nothing is shown/],
    ['asks for a file that is gone', missing, /critical errors in the console: .*404/],
  ])('that %s is rolled back', async (_, body, reason) => {
    page = { status: 200, body };
    expect(await judge(url())).toMatchObject({ scope: 'release', reason: expect.stringMatching(reason) });
  });

  it.each([undefined, ''])('that answers 500 is rolled back after three in a row (browser %j)', async (browser) => {
    page = { status: 500, body: '<main>error</main>' };
    expect(await judge(url(), browser)).toMatchObject({ scope: 'release' });
  });

  it.each([undefined, ''])('behind the maintenance page is not tested (browser %j)', async (browser) => {
    page = { status: 503, body: '<main>back soon</main>', headers: { 'retry-after': '120' } };
    const { verdict, note } = await testRelease(probing, { component: 'web', url: url(), privateAuthority: false, browser });
    expect([verdict, note]).toEqual([{ do: 'keep' }, expect.stringContaining('not tested: the maintenance page is on')]);
  });

  it('that Chromium does not reach, but the host does, is not tested and stays', async () => {
    const shell = { run: async () => ({ code: 0, stdout: 'sample\tprobe\tmain-page\tok\t0.01\tstatus 200\n', stderr: '' }) };
    const unused = url();
    server.close();
    await once(server, 'close');
    const { verdict, note } = await testRelease({ ...probing, shell }, { component: 'web', url: unused, privateAuthority: false });
    expect([verdict, note]).toEqual([
      { do: 'keep' },
      expect.stringMatching(/not tested from here, but the host answers .*ERR_CONNECTION_REFUSED/),
    ]);
  });

  it('is fetched where Chromium does not start', async () => {
    const { verdict, note } = await testRelease(probing, { component: 'web', url: url(), privateAuthority: false, browser: '/bin/false' });
    expect([verdict, note]).toEqual([{ do: 'keep' }, expect.stringContaining('the console was not looked at')]);
  });

  it('that lacks a file fails the test without a browser too', async () => {
    page = { status: 200, body: missing };
    const test = testRelease(probing, { component: 'web', url: url(), privateAuthority: false, browser: '' });
    await expect(test).rejects.toMatchObject({ code: 'release-failed', message: expect.stringContaining('/assets/gone.js: status 404') });
  });
});
