/** One address with thousands of people behind it: what some of them send in excess costs the others nothing once they are signed in. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Site } from './site.ts';

let site: Site;
beforeEach(async () => {
  site = new Site();
  await site.start();
});
afterEach(() => site.stop());

type Ask = readonly [method: string, path: string, headers?: Record<string, string>];

type Statuses = Record<number, number>;

/** Requests, 20 at a time, until that many have been sent and `isOver`. @returns how many had each status */
async function flood(count: number, ask: (index: number) => Ask, isOver = () => true): Promise<Statuses> {
  const statuses: Statuses = {};
  let next = 0;
  const one = async () => {
    while (next < count || !isOver()) {
      const { status } = await site.ask(...ask(next++));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  return statuses;
}

/** What a neighbour behind the same address is answered, 20 times, while the others flood. */
async function meanwhile(flooded: (index: number) => Ask, neighbour: Ask): Promise<{ flooding: Statuses; seen: Statuses }> {
  let isOver = false;
  const flooding = flood(600, flooded, () => isOver);
  const seen: Statuses = {};
  for (let count = 0; count < 20; count++) {
    const { status } = await site.ask(...neighbour);
    seen[status] = (seen[status] ?? 0) + 1;
    // A person's pace.
    await wait(50);
  }
  isOver = true;
  return { flooding: await flooding, seen };
}

const invented = (index: number) => createHash('sha256').update(`${index}`).digest('base64url');

it('a flood of listings is refused, and a neighbour who is signed in is not', async () => {
  const cookie = site.signIn(1);
  const { flooding, seen } = await meanwhile(() => ['GET', '/api/listings'], ['GET', '/api/listings', { cookie }]);
  expect(seen).toEqual({ 200: 20 });
  expect(flooding[429]).toBeGreaterThan(100);
});

it.each([
  ['a token alone', (index: number) => invented(index)],
  ['a person', (index: number) => `${invented(index)}; __Host-person=${index + 1}.${invented(index).slice(0, 22)}`],
  [
    "a person's own code for another person",
    (index: number) =>
      site
        .signIn(1)
        .replace('person=1.', `person=${index + 2}.`)
        .replace(/^__Host-session=/, ''),
  ],
])('an invented cookie with %s buys no budget of its own: all of them share that of their address', async (_, value) => {
  const began = performance.now();
  const statuses = await flood(600, (index) => ['GET', '/api/listings', { cookie: `__Host-session=${value(index)}` }]);
  const seconds = (performance.now() - began) / 1000;
  expect(statuses[200]).toBeLessThanOrEqual(1 + 200 + 50 * seconds);
  expect(statuses[429]).toBeGreaterThan(100);
});

it('a person who asks too much is refused, and another one behind the same address is not', async () => {
  const [one, other] = [site.signIn(1), site.signIn(2)];
  const { flooding, seen } = await meanwhile(() => ['GET', '/api/notes', { cookie: one }], ['GET', '/api/notes', { cookie: other }]);
  expect(seen).toEqual({ 200: 20 });
  expect(flooding[429]).toBeGreaterThan(100);
});

it('who is signed in can sign out while others flood every way in', async () => {
  const ways = ['/api/auth/login', '/api/auth/callback', '/api/listings'];
  const headers = { cookie: site.signIn(1), 'content-length': '0' };
  const { flooding, seen } = await meanwhile((index) => ['GET', ways[index % 3] ?? ''], ['POST', '/api/auth/logout', headers]);
  expect(seen).toEqual({ 200: 20 });
  expect(flooding[429]).toBeGreaterThan(100);
});

it('a flood of listings keeps nobody from signing in', async () => {
  const { flooding, seen } = await meanwhile(() => ['GET', '/api/listings'], ['GET', '/api/auth/login']);
  expect(seen).toEqual({ 200: 20 });
  expect(flooding[429]).toBeGreaterThan(100);
});

it('fifty people behind one address sign in at the same moment', async () => {
  expect(await flood(50, () => ['GET', '/api/auth/login'])).toEqual({ 200: 50 });
  expect(await flood(50, () => ['GET', '/api/auth/callback'])).toEqual({ 200: 50 });
});

it('nobody reaches the path by which nginx asks for sessions', async () => {
  for (const method of ['GET', 'POST'] as const) {
    for (const path of ['/internal/session', '/%69nternal/session', '//internal//session']) {
      expect((await site.ask(method, path, { cookie: site.signIn(1) })).status).toBe(404);
    }
  }
  expect(site.asked).toEqual([]);
});
