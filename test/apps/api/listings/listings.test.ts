import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProblemDetails } from '../../../../apps/api/src/errors.ts';
import type { Listing, ListingPage } from '../../../../apps/api/src/listings/listing.ts';
import { type TestDeps, testApp, testDeps, unauthenticatedClient, type Visitor, visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';

const mysql = useMysql();
let deps: TestDeps;
let author: Visitor;
let other: Visitor;
let unauthenticated: Pick<Visitor, 'call'>;

beforeEach(async () => {
  deps = testDeps(mysql);
  const app = testApp(deps);
  author = await visitor(app, deps, '김도장');
  other = await visitor(app, deps, '이도장');
  unauthenticated = unauthenticatedClient(app);
});

const house = {
  title: '햇살 좋은 원룸 ☀️',
  district: '마포구 망원동',
  deposit: 10_000_000,
  monthlyRent: 600_000,
  areaM2: 23.14,
  description: '역에서 5분',
};
const post = async (changes: object = {}): Promise<Listing> =>
  (await author.call('POST', '/api/listings', { ...house, ...changes })).json();
const page = async (query = '', who = unauthenticated): Promise<ListingPage> => (await who.call('GET', `/api/listings${query}`)).json();
/** As if there were so many listings that looking through them takes half a minute. */
const endless = (sql: unknown) => String(sql).replace('WHERE TRUE', 'WHERE SLEEP(30) = 0');
const titles = ({ items }: ListingPage) => items.map(({ title }) => title);

describe('listings', () => {
  it('are readable without a sign-in, and mark for authors which are theirs', async () => {
    const made = await post();
    expect(made).toEqual({
      ...house,
      id: expect.any(String),
      author: { name: '김도장' },
      createdAt: '2026-11-21T09:00:00.000Z',
      mine: true,
    });
    expect(await page()).toEqual({ items: [{ ...made, mine: false }], next: null });
    expect(await page('', author)).toEqual({ items: [made], next: null });
  });

  it('come in pages that neither repeat nor skip when new ones appear', async () => {
    for (let number = 1; number <= 7; number++) await post({ title: `${number}` });
    const first = await page('?limit=3');
    expect(titles(first)).toEqual(['7', '6', '5']);
    await post({ title: 'new' });
    const second = await page(`?limit=3&before=${first.next}`);
    expect(titles(second)).toEqual(['4', '3', '2']);
    const third = await page(`?limit=3&before=${second.next}`);
    expect(titles(third)).toEqual(['1']);
    expect(third.next).toBeNull();
  });

  it('have no next page when the last one is just full', async () => {
    for (let number = 1; number <= 3; number++) await post();
    expect((await page('?limit=3')).next).toBeNull();
  });

  it('are found by words in any of their texts, and by sums', async () => {
    await post({ title: 'cheap', deposit: 5_000_000, monthlyRent: 400_000, district: '관악구 신림동', description: null });
    await post({ title: 'Dear', deposit: 500_000_000, monthlyRent: 0, description: '역세권 100%' });
    expect(titles(await page(`?query=${encodeURIComponent('신림')}`))).toEqual(['cheap']);
    expect(titles(await page(`?query=${encodeURIComponent('dear 망원')}`))).toEqual(['Dear']);
    expect(titles(await page(`?query=${encodeURIComponent('dear 신림')}`))).toEqual([]);
    expect(titles(await page(`?query=${encodeURIComponent('100%')}`))).toEqual(['Dear']);
    expect(titles(await page('?maxDeposit=5000000'))).toEqual(['cheap']);
    expect(titles(await page('?maxRent=0'))).toEqual(['Dear']);
    expect(titles(await page('?query=&maxDeposit=&maxRent='))).toHaveLength(2);
  });

  it.each(['?limit=0', '?limit=51', '?limit=x', '?before=x', '?maxDeposit=-1', '?maxRent=1e3'])('refuse %s', async (query) => {
    expect((await unauthenticated.call('GET', `/api/listings${query}`)).status).toBe(422);
  });

  it('are 50 of one user at most, though many come at once', async () => {
    const sent = await Promise.all(Array.from({ length: 60 }, () => author.call('POST', '/api/listings', house)));
    const statuses = sent.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([...Array.from({ length: 50 }, () => 201), ...Array.from({ length: 10 }, () => 409)]);
    expect((await other.call('POST', '/api/listings', house)).status).toBe(201);
    const [first] = (await page()).items;
    expect((await other.call('DELETE', `/api/listings/${first?.id}`)).status).toBe(204);
    expect((await other.call('POST', '/api/listings', house)).status).toBe(201);
  });

  it('are searched for three seconds at most', async () => {
    await post();
    const slow = new Proxy(mysql.db, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (sql: unknown, ...rest: unknown[]) => value.call(target, name === 'execute' ? endless(sql) : sql, ...rest);
      },
    });
    const begun = performance.now();
    const response = await unauthenticatedClient(testApp({ ...deps, db: slow })).call(
      'GET',
      `/api/listings?query=${encodeURIComponent('망원')}`,
    );
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(performance.now() - begun).toBeLessThan(12_000);
  });

  it('are searched by a few at a time, and leave connections to everything else', async () => {
    await post();
    const app = testApp(deps);
    const lock = await mysql.db.getConnection();
    await lock.query('LOCK TABLES listings WRITE');
    const ended: number[] = [];
    const queries = ['?query=%EB%A7%9D%EC%9B%90', '?maxDeposit=99999999', '?maxRent=99999999'];
    const searches = Array.from({ length: 30 }, async (_, at) => {
      const { status } = await unauthenticatedClient(app).call('GET', `/api/listings${queries[at % queries.length]}`);
      ended.push(status);
    });
    // All others than those that run or wait are refused at once.
    await vi.waitFor(() => expect(ended).toHaveLength(14), 10_000);
    expect((await app.request('/api/me', { headers: { cookie: author.cookie } })).status).toBe(200);
    expect(ended).toHaveLength(14);
    await lock.query('UNLOCK TABLES');
    lock.release();
    await Promise.all(searches);
    expect(ended.toSorted()).toEqual([...Array.from({ length: 16 }, () => 200), ...Array.from({ length: 14 }, () => 503)]);
    expect(titles(await page('?query=%EB%A7%9D%EC%9B%90'))).toEqual([house.title]);
  });

  it('refuse what makes no sense, field by field', async () => {
    const response = await author.call('POST', '/api/listings', { title: 'x'.repeat(101), deposit: -1, areaM2: 0 });
    const { errors } = await response.json<ProblemDetails>();
    expect(response.status).toBe(422);
    expect(errors?.map(({ field }) => field)).toEqual(['title', 'district', 'deposit', 'monthlyRent', 'areaM2']);
  });

  it('hold the largest sum exactly', async () => {
    const { id } = await post({ deposit: 1_000_000_000_000 });
    expect(await (await author.call('GET', `/api/listings/${id}`)).json()).toMatchObject({ deposit: 1_000_000_000_000 });
  });

  it('can be deleted by their author alone', async () => {
    const { id } = await post();
    expect((await other.call('DELETE', `/api/listings/${id}`)).status).toBe(403);
    expect((await unauthenticated.call('DELETE', `/api/listings/${id}`)).status).toBe(401);
    expect((await page()).items).toHaveLength(1);
    expect((await author.call('DELETE', `/api/listings/${id}`)).status).toBe(204);
    expect((await author.call('DELETE', `/api/listings/${id}`)).status).toBe(404);
    expect((await page()).items).toEqual([]);
  });

  it('are written by people who are signed in', async () => {
    expect((await unauthenticated.call('POST', '/api/listings', house)).status).toBe(401);
  });
});
