/**
 * Whatever does not belong in a field, a query or a header is refused in words, and no answer grows
 * with what was sent.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ProblemDetails } from '../../../../../apps/api/src/errors.ts';
import type { Router } from '../../../../../apps/api/src/http/router.ts';
import { publicUrl, testApp, testDeps, type Visitor, visitor } from '../../app.ts';
import { useMysql } from '../../mysql.ts';

const mysql = useMysql();
let app: Router;
let person: Visitor;

beforeEach(async () => {
  const deps = testDeps(mysql);
  app = testApp(deps);
  person = await visitor(app, deps);
});

const note = { title: '망원동 원룸' };
const listing = { title: '원룸', district: '마포구', deposit: 1, monthlyRent: 0 };

async function refusal(response: Pick<Response, 'status' | 'text'>): Promise<ProblemDetails> {
  const text = await response.text();
  expect(response.status, text.slice(0, 300)).toBe(422);
  expect(text.length).toBeLessThan(32 * 1024);
  return JSON.parse(text);
}

const fieldsOf = ({ errors = [] }: ProblemDetails) => [...new Set(errors.map(({ field }) => field))];

/** A body that was not made by `JSON.stringify`. */
function raw(path: string, body: string | Uint8Array<ArrayBuffer>) {
  const headers = { cookie: person.cookie, origin: publicUrl, 'content-type': 'application/json' };
  return app.request(path, { method: 'POST', headers, body });
}

const unfit: readonly (readonly [string, string])[] = [
  ['zero-width spaces alone', '\u200b\u200b'],
  ['Hangul fillers alone', '\u3164\u3164'],
  ['an override of the direction', '원룸 \u202e123'],
  ['an isolate', '원룸 \u2067123\u2069'],
  ['a mark of the direction', '원룸\u200f'],
  ['a NUL', '원룸\u0000'],
  ['an escape', '원룸\u001b[31m'],
  ['half an emoji', '원룸 \ud83c'],
  ['no character', '원룸\uffff'],
  ['a lost character', '원룸\ufffd'],
  ['a tower of marks', `원룸${'\u0301'.repeat(40)}`],
];

describe.each(unfit)('text with %s', (_, value) => {
  it.each([
    ['/api/notes', 'title', note],
    ['/api/notes', 'address', note],
    ['/api/notes', 'memo', note],
    ['/api/listings', 'title', listing],
    ['/api/listings', 'district', listing],
    ['/api/listings', 'description', listing],
  ])('is refused at %s as %s', async (path, field, body) => {
    expect(fieldsOf(await refusal(await person.call('POST', path, { ...body, [field]: value })))).toEqual([field]);
  });

  it('is refused in a search', async () => {
    const query = encodeURIComponent(value.toWellFormed());
    expect(fieldsOf(await refusal(await person.call('GET', `/api/listings?query=${query}`)))).toEqual(['query']);
  });
});

describe('a number', () => {
  it.each([
    ['areaM2', 1e-300],
    ['areaM2', 0.004],
    ['areaM2', -1],
    ['areaM2', 10_001],
    ['deposit', 1.5],
    ['deposit', 1e300],
    ['monthlyRent', -1],
  ])('%s of %d is out of range', async (field, value) => {
    expect(fieldsOf(await refusal(await person.call('POST', '/api/listings', { ...listing, [field]: value })))).toEqual([field]);
  });

  it.each(['0000-01-01', '0500-06-01', '9999-12-31', '2026-02-30', '2026-11-21T00:00:00Z', ' 2026-11-21'])(
    'of a day is not %s',
    async (visitedOn) => {
      expect(fieldsOf(await refusal(await person.call('POST', '/api/notes', { ...note, visitedOn })))).toEqual(['visitedOn']);
    },
  );

  const notDigits = ['0x10', '1e1', '1.0', '+1', '-1', ' 5', '5 ', '１', '0b1', '1_0', '', 'NaN', '9'.repeat(400)];
  it.each(notDigits)('in a query is plain digits, not %j', async (value) => {
    const at = (name: string) => person.call('GET', `/api/listings?${name}=${encodeURIComponent(value)}`);
    for (const name of ['limit', 'before']) expect(fieldsOf(await refusal(await at(name)))).toEqual([name]);
    // A form sends an empty text for an amount that was not filled in.
    for (const name of ['maxDeposit', 'maxRent']) if (value !== '') expect(fieldsOf(await refusal(await at(name)))).toEqual([name]);
  });
});

describe('what is not UTF-8', () => {
  const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

  it.each(['{"title":"\xff\xfe"}', '{"title":"caf\xe9"}', '{"title":"\xed\xa0\x80"}', '{"title":"\xc0\x80"}'])(
    'is refused as a body',
    async (body) => {
      await refusal(await raw('/api/notes', latin(body)));
    },
  );

  it('is refused as a half character that was escaped', async () => {
    expect(fieldsOf(await refusal(await raw('/api/notes', '{"title":"a\\ud800"}')))).toEqual(['title']);
  });

  it.each(['query=%FF', 'query=%ED%A0%80', 'query=%', 'query=%zz', '%FF=1', 'limit=5&query=a%C0%80'])(
    'is refused as the query ?%s',
    async (query) => {
      await refusal(await person.call('GET', `/api/listings?${query}`));
    },
  );
});

it('a parameter that is given twice is refused', async () => {
  for (const query of ['limit=1&limit=2', 'before=1&before=1', 'query=a&query=b&x=1', 'query=a&quer%79=b'])
    expect((await refusal(await person.call('GET', `/api/listings?${query}`))).errors?.[0]?.message).toBe('must be given once');
});

describe('a body with very many faults', () => {
  const many = (one: string) =>
    `{"title":"x","checked":[${Array.from({ length: 128 * 1024 }, () => one)
      .join(',')
      .slice(0, 120_000 - ((120_000 + 1) % (one.length + 1)))}]}`;

  it.each(['""', '"A"', '1', '{}', '[]', 'null'])('of %s is refused as too long a list, without a look at each', async (one) => {
    const begun = performance.now();
    const { errors } = await refusal(await raw('/api/notes', many(one)));
    expect(errors).toEqual([{ field: 'checked', message: 'must have at most 200 items' }]);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('gets twenty of its faults, and the number of the others', async () => {
    const { errors, detail } = await refusal(
      await person.call('POST', '/api/notes', { title: 'x', checked: Array.from({ length: 200 }, () => 'NO') }),
    );
    expect(errors).toHaveLength(20);
    expect(detail).toBe('The first 20 are listed, and 180 more were found.');
  });

  it('gets twenty of its faults when the database does not know the items', async () => {
    const checked = Array.from({ length: 200 }, (_, at) => `unknown-${at}`);
    const { errors, detail } = await refusal(await person.call('POST', '/api/notes', { title: 'x', checked }));
    expect(errors).toHaveLength(20);
    expect(detail).toContain('180 more');
  });

  it('nested as deep as the body allows is refused in good time', async () => {
    const begun = performance.now();
    for (const body of [`${'['.repeat(60_000)}${']'.repeat(60_000)}`, `{"checked":${'['.repeat(60_000)}${']'.repeat(60_000)}}`])
      await refusal(await raw('/api/notes', body));
    expect((await raw('/api/notes', '{"title":'.repeat(14_000))).status).toBe(400);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
