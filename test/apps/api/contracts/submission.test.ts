import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { unauthenticatedClient } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { ended, form, later, post, rows, submit, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);

const pdf = '%PDF-1.7\n%...';
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex');

async function problem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return (await response.json()) as { status: number; type: string; detail?: string; errors?: { field: string; message: string }[] };
}

it('takes a form with files of every kind, recognised by their bytes', async () => {
  const service = stage.service();
  const person = await service.person();
  const files = [
    ['first.txt', 'image/png', '제1조 보증금'],
    ['second.pdf', 'text/plain', pdf],
    ['third', 'application/octet-stream', new Uint8Array(png)],
    ['fourth.png', 'image/png', new Uint8Array(jpeg)],
  ] as const;
  const response = await post(service, person, form(files, 'en'));
  expect(response.status).toBe(202);
  const receipt = (await response.json()) as { id: string; links: object };
  const self = `/api/contracts/${receipt.id}`;
  // It may have left the line before its place in it was read.
  expect(receipt).toEqual({
    id: expect.any(String),
    status: 'waiting',
    position: expect.toBeOneOf([1, null]),
    links: { self, events: `${self}/events` },
  });
  expect(response.headers.get('location')).toBe(self);
  await ended(person, receipt.id);
  expect(stage.ai.asked[0]).toEqual({
    requestId: receipt.id,
    locale: 'en',
    pages: [
      { kind: 'text', text: '제1조 보증금' },
      { kind: 'pdf', mediaType: 'application/pdf', data: Buffer.from(pdf).toString('base64') },
      { kind: 'image', mediaType: 'image/png', data: png.toString('base64') },
      { kind: 'image', mediaType: 'image/jpeg', data: jpeg.toString('base64') },
    ],
  });
});

it('reads texts in the encodings that Korean Windows writes', async () => {
  const service = stage.service();
  const person = await service.person();
  const cp949 = new Uint8Array([0xba, 0xb8, 0xc1, 0xf5, 0xb1, 0xdd]);
  const utf16 = new Uint8Array(Buffer.from('\ufeff보증금', 'utf16le'));
  const response = await post(
    service,
    person,
    form([
      ['a.txt', 'text/plain', cp949],
      ['b.txt', 'text/plain', utf16],
    ]),
  );
  await ended(person, ((await response.json()) as { id: string }).id);
  expect(stage.ai.asked[0]?.pages).toEqual([
    { kind: 'text', text: '보증금' },
    { kind: 'text', text: '보증금' },
  ]);
});

it('refuses what it cannot read and names each file', async () => {
  const service = stage.idle();
  const person = await service.person();
  const hwp = new Uint8Array(Buffer.from('d0cf11e0a1b11ae10000', 'hex'));
  const latin = new Uint8Array([0xe9, 0xe8, 0xe0, 0x20, 0xfc]);
  const files = [
    ['good.txt', 'text/plain', '글'],
    ['lease.hwp', 'application/pdf', hwp],
    ['empty.txt', 'text/plain', ' \n'],
    ['old.txt', 'text/plain', latin],
  ] as const;
  const refused = await problem(await post(service, person, form(files)));
  expect(refused.status).toBe(422);
  expect(refused.errors?.map(({ field, message }) => [field, message.split(' ')[0]])).toEqual([
    ['pages.1', 'lease.hwp'],
    ['pages.2', 'empty.txt'],
    ['pages.3', 'old.txt'],
  ]);
  expect(await rows(mysql.db, 'SELECT 1 FROM contracts')).toEqual([]);
});

it.each([
  ['no pages', { pages: [] }, 422],
  ['an empty page', { pages: [{ text: 'x' }, { text: ' \n ' }] }, 422],
  ['too many pages', { pages: Array.from({ length: 31 }, () => ({ text: 'x' })) }, 422],
  ['another language', { pages: [{ text: 'x' }], locale: 'fr' }, 422],
  ['an unknown field', { pages: [{ text: 'x', kind: 'pdf' }] }, 422],
  ['something else', 'pages', 422],
])('refuses %s', async (_, body, status) => {
  const service = stage.idle();
  const person = await service.person();
  expect((await problem(await person.call('POST', '/api/contracts', body))).status).toBe(status);
});

it('refuses what is neither a form nor JSON', async () => {
  const service = stage.idle();
  const person = await service.person();
  const sent = (type: string, body: string) => post(service, person, body, { 'content-type': type });
  expect((await sent('text/plain', 'x')).status).toBe(415);
  expect((await sent('application/json', '{')).status).toBe(400);
  expect((await sent('multipart/form-data; boundary=x', 'no form')).status).toBe(400);
});

it('refuses more bytes than it may take as soon as they have come', async () => {
  const service = stage.idle({ settings: { maxBytes: 100_000 } });
  const person = await service.person();
  expect((await post(service, person, form([['big.txt', 'text/plain', 'x'.repeat(100_001)]]))).status).toBe(413);
  const declared = { 'content-type': 'application/json', 'content-length': '999999999' };
  expect((await post(service, person, '{}', declared)).status).toBe(413);
  let pulled = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      pulled++;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  expect((await post(service, person, endless, { 'content-type': 'application/json' })).status).toBe(413);
  expect(pulled).toBeLessThan(20);
});

it('takes a page as large as it may be', async () => {
  const service = stage.service();
  const person = await service.person();
  const scan = new Uint8Array(20 * 1024 * 1024);
  scan.set(png);
  const response = await post(service, person, form([['scan.png', 'image/png', scan]]));
  expect(response.status).toBe(202);
  await ended(person, ((await response.json()) as { id: string }).id);
  const sent = Buffer.from(stage.ai.asked[0]?.pages[0]?.data ?? '', 'base64');
  expect(createHash('sha256').update(sent).digest('hex')).toBe(createHash('sha256').update(scan).digest('hex'));
});

it('is for signed-in people, and each sees only the own contracts', async () => {
  const service = stage.idle();
  const [one, other] = [await service.person(), await service.person('이웃')];
  const id = await submit(one, '내 계약');
  const paths = [`/api/contracts/${id}`, `/api/contracts/${id}/events`];
  for (const path of [...paths, '/api/contracts']) expect((await unauthenticatedClient(service.app).call('GET', path)).status).toBe(401);
  for (const path of paths) expect((await other.call('GET', path)).status).toBe(404);
  expect(await (await other.call('GET', '/api/contracts')).json()).toEqual({ items: [], next: null });
  expect((await unauthenticatedClient(service.app).call('POST', '/api/contracts', { pages: [{ text: 'x' }] })).status).toBe(401);
});

it('lists contracts newest first, page by page', async () => {
  const service = stage.service();
  const person = await service.person();
  const ids: string[] = [];
  for (const text of ['하나', '둘', '셋']) ids.unshift(await submit(person, text));
  for (const id of ids) await ended(person, id);
  const list = async (query: string) =>
    (await person.call('GET', `/api/contracts?${query}`)).json() as Promise<{ items: { id: string }[]; next: string | null }>;
  const first = await list('limit=2');
  expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.items[0]).toEqual({
    id: ids[0],
    status: 'answered',
    createdAt: expect.any(String),
    pageCount: 1,
    summary: { ko: '요약: 셋', en: 'summary: 셋' },
  });
  const second = await list(`limit=2&before=${first.next}`);
  expect(second).toEqual({ items: [expect.objectContaining({ id: ids[2] })], next: null });
  expect((await person.call('GET', '/api/contracts?limit=1000')).status).toBe(422);
});

it.each(['0x10', '1e1', '1.0', '+1', '-1', '%205', '', '%EF%BC%91', '9'.repeat(30), '%FF'])(
  'takes no %j for a number in a query',
  async (value) => {
    const person = await stage.idle().person();
    for (const name of ['limit', 'before']) {
      const refused = await problem((await person.call('GET', `/api/contracts?${name}=${value}`)) as Response);
      expect(refused).toMatchObject({ status: 422, errors: [{ field: name }] });
    }
  },
);

it('lets a plan have its contracts of the day and no more, though all come at once', async () => {
  const service = stage.idle();
  const person = await service.person('무료', 'free');
  const all = await Promise.all(
    Array.from({ length: 100 }, (_, at) => person.call('POST', '/api/contracts', { pages: [{ text: `${at}` }] })),
  );
  expect(all.filter(({ status }) => status === 202)).toHaveLength(10);
  const refused = all.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(90);
  const untilMidnight =
    (Math.floor(service.deps.clock().getTime() / 86_400_000 + 9 / 24) + 1 - 9 / 24) * 86_400 - service.deps.clock().getTime() / 1000;
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(Math.floor(untilMidnight));
  expect(await rows(mysql.db, 'SELECT COUNT(*) AS n FROM contracts')).toEqual([{ n: 10 }]);
  expect(await (await person.call('GET', '/api/me')).json()).toMatchObject({ limits: { perDay: 10, usedToday: 10 } });
  const tomorrow = await later(service, person, untilMidnight * 1000 + 5_000);
  await submit(tomorrow, 'a new day');
});

it('answers a repeated submission as the first, also when all come at once', async () => {
  const service = stage.service();
  const person = await service.person('무료', 'free');
  const key = { 'idempotency-key': 'a-key' };
  const ids = await Promise.all(Array.from({ length: 20 }, () => submit(person, '한 번만', key)));
  expect(new Set(ids).size).toBe(1);
  await ended(person, ids[0] ?? '');
  expect(await submit(person, '한 번만', key)).toBe(ids[0]);
  expect(stage.ai.asked).toHaveLength(1);
  expect(await service.part.usedToday?.({ id: person.id, name: '', email: '', plan: 'free' })).toBe(1);
  const other = await service.person('이웃');
  expect(await submit(other, '다른 글', key)).not.toBe(ids[0]);
});

it.each(['x'.repeat(256), 'caf\u00e9', 'a\u007fb', '\u00ff\u00fe', 'a\tb'])('refuses the key %j', async (key) => {
  const person = await stage.idle().person();
  const refused = await person.call('POST', '/api/contracts', { pages: [{ text: '하나' }] }, { 'idempotency-key': key });
  expect((await problem(refused as Response)).type).toBe('urn:dojang:problem:idempotency-key');
  expect(await rows(mysql.db, 'SELECT 1 FROM contracts')).toEqual([]);
});

it('refuses a key that was used for other pages', async () => {
  const service = stage.idle();
  const person = await service.person();
  await submit(person, '하나', { 'idempotency-key': 'k' });
  const refused = await person.call('POST', '/api/contracts', { pages: [{ text: '둘' }] }, { 'idempotency-key': 'k' });
  expect((await problem(refused)).type).toBe('urn:dojang:problem:idempotency-key');
  expect((await person.call('POST', '/api/contracts', { pages: [{ text: '둘' }] }, { 'idempotency-key': 'x'.repeat(256) })).status).toBe(
    400,
  );
});
