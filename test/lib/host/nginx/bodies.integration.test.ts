/**
 * Bodies of clients that are not signed in, and bodies that never end: nothing of them is stored,
 * and each has an end.
 */
import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync } from 'node:fs';
import { type ClientHttp2Session, connect } from 'node:http2';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenRequest, Site } from './site.ts';

const mebibyte = Buffer.alloc(1024 * 1024, 'x');
const upload = { 'content-length': String(20 * mebibyte.length), 'content-type': 'multipart/form-data; boundary=x' };
let site: Site;

beforeEach(async () => {
  site = new Site();
});
afterEach(() => site.stop());

const within = <T>(work: Promise<T>, ms: number, otherwise: T): Promise<T> =>
  Promise.race([work, new Promise<T>((resolve) => setTimeout(resolve, ms, otherwise))]);
const none = { status: 0, ms: Number.POSITIVE_INFINITY, text: '' };

describe('without signing in', () => {
  const kinds: [string, string, string, Record<string, string>][] = [
    ['a contract', 'POST', '/api/contracts', upload],
    ['a contract whose length is not said', 'POST', '/api/contracts', { 'transfer-encoding': 'chunked' }],
    ['a note', 'PUT', '/api/notes/1', { 'content-length': '120000' }],
    ['a contract with an invented session', 'POST', '/api/contracts', { ...upload, cookie: `__Host-session=${'a'.repeat(43)}` }],
    [
      'a contract with an invented user',
      'POST',
      '/api/contracts',
      { ...upload, cookie: `__Host-session=${'a'.repeat(43)}; __Host-person=7.${'b'.repeat(22)}` },
    ],
  ];

  it.each(kinds)('30 slow bodies of %s are answered 401 at once, and no byte of them is stored', async (_, method, path, headers) => {
    await site.start();
    const open = await Promise.all(Array.from({ length: 30 }, () => site.open(method, path, headers)));
    for (const each of open)
      each.send(headers['transfer-encoding'] ? `10000\r\n${mebibyte.subarray(0, 0x10000)}\r\n` : mebibyte.subarray(0, 100_000));
    const answers = await Promise.all(open.map(({ answered }) => within(answered, 10_000, none)));
    const stored = await site.nginx.temporaryBytes();
    for (const each of open) each.close();
    expect({ stored, statuses: [...new Set(answers.map(({ status }) => status))] }).toEqual({ stored: 0, statuses: [401] });
    expect(answers[0]?.text).toMatch(/content-type: application\/problem\+json[\s\S]*"status":401/i);
    expect(site.asked).toEqual([]);
  });
});

it('a release of the API that does not know the question decides by itself', async () => {
  await site.start();
  site.knowsSessionCheck = false;
  site.answer = (_, response) => response.writeHead(401).end();
  expect((await site.ask('POST', '/api/contracts', {}, 'x')).status).toBe(401);
  expect(site.asked).toEqual(['POST /api/contracts']);
});

describe('over HTTP/2', () => {
  let session: ClientHttp2Session;
  beforeEach(async () => {
    await site.start();
    session = connect(site.url, { rejectUnauthorized: false });
  });
  afterEach(() => session.destroy());

  const sent = (cookie: string) => {
    const headers = { ':method': 'POST', ':path': '/api/contracts', cookie, 'content-length': 20_000_000 };
    const stream = session.request(headers).on('error', () => undefined);
    return { stream, status: new Promise<number>((resolve) => stream.once('response', (answer) => resolve(answer[':status'] ?? 0))) };
  };

  it('a body without a session is answered 401, and no byte of it is stored', async () => {
    const { stream, status } = sent('');
    stream.write(mebibyte);
    expect(await within(status, 10_000, 0)).toBe(401);
    expect(await site.nginx.temporaryBytes()).toBe(0);
    expect(site.asked).toEqual([]);
  });

  it('a body that trickles ends at the deadline of the API', async () => {
    site.answer = (request, response) => {
      request.resume();
      setTimeout(() => response.writeHead(408, { connection: 'close' }).end(), 1_000);
    };
    const { stream, status } = sent(site.signIn(1));
    const trickle = setInterval(() => stream.writable && stream.write('x'), 100);
    expect(await within(status, 10_000, 0)).toBe(408);
    clearInterval(trickle);
  });
});

describe('a body that trickles', () => {
  /** The API's deadline for a body, here a short one. */
  const totalMs = 1_000;

  it.each([
    ['a contract', 'POST', '/api/contracts'],
    ['a note', 'PUT', '/api/notes/1'],
  ])('of %s ends at the deadline of the API, however regularly it comes', async (_, method, path) => {
    await site.start();
    site.answer = (request, response) => {
      request.resume();
      setTimeout(() => response.writeHead(408, { connection: 'close' }).end(), totalMs);
    };
    const sent = await site.open(method, path, { 'content-length': '100000', cookie: site.signIn(1) });
    const trickle = setInterval(() => sent.send('x'), 100);
    const { status } = await within(sent.answered, 10_000, none);
    clearInterval(trickle);
    sent.close();
    expect(status).toBe(408);
    expect(await site.nginx.temporaryBytes()).toBe(0);
  });

  it('is one of at most three that a user has open at once', async () => {
    await site.start();
    site.answer = (request) => void request.resume();
    const open: OpenRequest[] = [];
    for (let count = 0; count < 4; count++) open.push(await site.open('POST', '/api/contracts', { ...upload, cookie: site.signIn(1) }));
    const { status } = await within(open[3]?.answered ?? Promise.resolve(none), 5_000, none);
    const other = await site.open('POST', '/api/contracts', { ...upload, cookie: site.signIn(2) });
    expect(status).toBe(429);
    await expect.poll(() => site.asked.length, { timeout: 5_000 }).toBe(4);
    for (const each of [...open, other]) each.close();
  });
});

describe.runIf(process.getuid?.() === 0)('a file system of temporary files that is full', () => {
  it('stops neither a contract nor a large answer, and the checklist goes on when there is room again', async () => {
    await site.start(2);
    const cache = join(site.nginx.folder, 'cache');
    const { bavail, bsize } = statfsSync(cache);
    execFileSync('dd', ['if=/dev/zero', `of=${cache}/full`, `bs=${bsize}`, `count=${bavail}`], { stdio: 'ignore' });
    const large = 'x'.repeat(4 * mebibyte.length);
    site.answer = (request, response) => {
      request.resume();
      request.once('end', () =>
        response.writeHead(request.method === 'POST' ? 202 : 200, { 'cache-control': 'public, max-age=60' }).end(large),
      );
    };
    const cookie = site.signIn(1);
    expect((await site.ask('POST', '/api/contracts', { cookie }, 'x'.repeat(3 * mebibyte.length))).status).toBe(202);
    expect((await site.ask('GET', '/api/listings')).body).toHaveLength(large.length);
    rmSync(join(cache, 'full'));
    site.answer = (_, response) => void response.writeHead(200, { 'cache-control': 'public, max-age=60' }).end('{}');

    expect((await site.ask('GET', '/api/checklist')).status).toBe(200);
  });
});
