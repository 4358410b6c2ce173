/** One address with thousands of people behind it: what some of them send in excess costs the others nothing once they are signed in. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Site } from './site.ts';

let site: Site;
beforeEach(async () => {
  site = new Site();
  await site.start();
});
afterEach(() => site.stop());

type Ask = readonly [method: string, path: string, headers?: Record<string, string>];

/** Many requests, some at a time. @returns how many had each status */
async function flood(count: number, ask: (index: number) => Ask): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  let next = 0;
  const one = async () => {
    while (next < count) {
      const { status } = await site.ask(...ask(next++));
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  return statuses;
}

/** What a neighbour behind the same address sees while the others flood. */
async function meanwhile(flooding: Promise<unknown>, ask: () => Ask): Promise<number[]> {
  const statuses: number[] = [];
  let isOver = false;
  void flooding.finally(() => {
    isOver = true;
  });
  // A person's pace.
  while (!isOver && statuses.length < 40) {
    statuses.push((await site.ask(...ask())).status);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return statuses;
}

const invented = (index: number) => createHash('sha256').update(`${index}`).digest('base64url');

it('a flood of listings is refused, and a neighbour who is signed in is not', async () => {
  const cookie = site.signIn(1);
  const flooding = flood(600, () => ['GET', '/api/listings']);
  const seen = await meanwhile(flooding, () => ['GET', '/api/listings', { cookie }]);
  expect((await flooding)[429]).toBeGreaterThan(100);
  expect(new Set(seen)).toEqual(new Set([200]));
});

it.each([
  ['a token alone', (index: number) => invented(index)],
  ['a person', (index: number) => `${invented(index)}.${index + 1}.${invented(index).slice(0, 22)}`],
  [
    "a person's own code for another person",
    (index: number) =>
      site
        .signIn(1)
        .replace('.1.', `.${index + 2}.`)
        .replace(/^.*=/, ''),
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
  const flooding = flood(500, () => ['GET', '/api/notes', { cookie: one }]);
  const seen = await meanwhile(flooding, () => ['GET', '/api/notes', { cookie: other }]);
  expect((await flooding)[429]).toBeGreaterThan(100);
  expect(new Set(seen)).toEqual(new Set([200]));
});

it('who is signed in can sign out while others flood every way in', async () => {
  const cookie = site.signIn(1);
  const flooding = flood(900, (index) => ['GET', ['/api/auth/login', '/api/auth/callback', '/api/listings'][index % 3] ?? '']);
  const out = await meanwhile(flooding, () => ['POST', '/api/auth/logout', { cookie, 'content-length': '0' }]);
  expect((await flooding)[429]).toBeGreaterThan(100);
  expect(new Set(out)).toEqual(new Set([200]));
});

it('a flood of listings keeps nobody from signing in', async () => {
  const flooding = flood(600, () => ['GET', '/api/listings']);
  const seen = await meanwhile(flooding, () => ['GET', '/api/auth/login']);
  expect((await flooding)[429]).toBeGreaterThan(100);
  expect(new Set(seen)).toEqual(new Set([200]));
});

it('fifty people behind one address sign in at the same moment', async () => {
  expect(await flood(50, () => ['GET', '/api/auth/login'])).toEqual({ 200: 50 });
  expect(await flood(50, () => ['GET', '/api/auth/callback'])).toEqual({ 200: 50 });
});

it('nobody reaches the path by which nginx asks for sessions', async () => {
  const { status, body } = await site.ask('GET', '/internal/session', { cookie: site.signIn(1) });
  expect({ status, body }).not.toMatchObject({ status: 204 });
  expect(site.asked).toEqual([]);
});
