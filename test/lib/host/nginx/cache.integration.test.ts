/** Which of the API's public answers nginx keeps, and which no client can make it keep. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Site } from './site.ts';

let site: Site;
beforeEach(async () => {
  site = new Site();
  await site.start();
});
afterEach(() => site.stop());

const fresh = { 'content-type': 'application/json', 'cache-control': 'public, max-age=60', etag: '"one"' };
const kept = () => {
  const folder = join(site.nginx.folder, 'cache/cache');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
};

it('one answer of the API is given to everybody, with its ETag', async () => {
  site.answer = (_, response) => response.writeHead(200, fresh).end('{"sections":[]}');
  for (const headers of [undefined, { cookie: site.signIn(1) }, undefined]) {
    const { status, headers: given, body } = await site.ask('GET', '/api/checklist', headers);
    expect([status, body, given.etag]).toEqual([200, '{"sections":[]}', '"one"']);
  }
  expect((await site.ask('GET', '/api/checklist', { 'if-none-match': '"one"' })).status).toBe(304);
  expect(site.asked).toEqual(['GET /api/checklist']);
});

it('queries, names of hosts and headers that a client makes up fill nothing and reach no other client', async () => {
  site.answer = (_, response) => response.writeHead(200, { ...fresh, vary: 'Accept-Encoding, Origin' }).end('{}');
  for (let count = 0; count < 30; count++) {
    const headers = { host: `host-${count}.example.com`, 'accept-encoding': `x-${count}`, origin: `https://${count}.example.com` };
    expect((await site.ask('GET', `/api/checklist?page=${count}`, headers)).status).toBe(200);
  }
  expect(site.asked).toEqual(['GET /api/checklist']);
  expect(kept()).toHaveLength(1);
});

it('the API is asked without credentials', async () => {
  let cookie: string | undefined;
  site.answer = (request, response) => {
    cookie = request.headers.cookie;
    response.writeHead(200, fresh).end('{}');
  };
  await site.ask('GET', '/api/checklist', { cookie: site.signIn(1) });
  expect(cookie).toBeUndefined();
});

it.each([
  ['sets a cookie', 200, { ...fresh, 'set-cookie': 'a=b' }],
  ['is private', 200, { ...fresh, 'cache-control': 'private, max-age=60' }],
  ['is not to be stored', 200, { ...fresh, 'cache-control': 'no-store' }],
  ['is an error', 503, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }],
])('an answer that %s is not kept', async (_, status, headers) => {
  site.answer = (_request, response) => response.writeHead(status, headers).end('{}');
  for (let count = 0; count < 2; count++) expect((await site.ask('GET', '/api/checklist')).status).toBe(status);
  expect(site.asked).toHaveLength(2);
});

it('the answer to a signed-in user is not kept, whatever the API says', async () => {
  site.answer = (_, response) => response.writeHead(200, fresh).end('{}');
  for (const path of ['/api/me', '/api/me', '/api/listings', '/api/listings']) await site.ask('GET', path, { cookie: site.signIn(1) });
  expect(site.asked).toHaveLength(4);
  expect(kept()).toEqual([]);
});

it('a hundred who ask at once for what is not there are one question to the API', async () => {
  site.answer = (_, response) => void setTimeout(() => response.writeHead(200, fresh).end('{}'), 300);
  const answers = await Promise.all(Array.from({ length: 100 }, () => site.ask('GET', '/api/checklist')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(site.asked).toHaveLength(1);
});

it.each([
  ['is covered by the old answer as long as the API allowed that', 'public, max-age=1, stale-if-error=600', 200],
  ['is not covered when it did not', 'public, max-age=1', 503],
])('an API that is away %s', async (_, cacheControl, expected) => {
  site.answer = (_request, response) => response.writeHead(200, { ...fresh, 'cache-control': cacheControl }).end('{}');
  expect((await site.ask('GET', '/api/checklist')).status).toBe(200);
  await site.stopApi();
  const statuses: number[] = [];
  await expect
    .poll(
      async () => {
        statuses.push((await site.ask('GET', '/api/checklist')).status);
        return site.nginx.errorLog;
      },
      { timeout: 10_000, interval: 50 },
    )
    .toContain('Connection refused');
  // The last of them found the answer old, and the API away.
  expect([...new Set(statuses.slice(0, -1)), statuses.at(-1)]).toEqual([200, expected]);
});
