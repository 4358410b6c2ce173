/**
 * One address with thousands of people behind it: what some of them send in excess costs the others
 * nothing once they are signed in.
 */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { flood, meanwhile } from './flood.ts';
import { Site } from './site.ts';

let site: Site;
beforeEach(async () => {
  site = new Site();
  await site.start();
});
afterEach(() => site.stop());

const invented = (index: number) => createHash('sha256').update(`${index}`).digest('base64url');

it('a flood of listings is refused, and a neighbour who is signed in is not', async () => {
  const cookie = site.signIn(1);
  const { flooding, seen } = await meanwhile(site, () => ['GET', '/api/listings'], ['GET', '/api/listings', { cookie }]);
  expect(seen).toEqual({ 200: 20 });
  expect(flooding[429]).toBeGreaterThan(100);
});

it.each([
  ['a token alone', (index: number) => invented(index)],
  ['a user', (index: number) => `${invented(index)}; __Host-person=${index + 1}.${invented(index).slice(0, 22)}`],
  [
    "a user's own code for another user",
    (index: number) =>
      site
        .signIn(1)
        .replace('person=1.', `person=${index + 2}.`)
        .replace(/^__Host-session=/, ''),
  ],
])('an invented cookie with %s buys no budget of its own: all of them share that of their address', async (_, value) => {
  const began = performance.now();
  const statuses = await flood(site, 600, (index) => ['GET', '/api/listings', { cookie: `__Host-session=${value(index)}` }]);
  const seconds = (performance.now() - began) / 1000;
  expect(statuses[200]).toBeLessThanOrEqual(1 + 200 + 50 * seconds);
  expect(statuses[429]).toBeGreaterThan(100);
});

it('a user who asks too much is refused, and another one behind the same address is not', async () => {
  const [one, other] = [site.signIn(1), site.signIn(2)];
  const { flooding, seen } = await meanwhile(site, () => ['GET', '/api/notes', { cookie: one }], ['GET', '/api/notes', { cookie: other }]);
  expect(seen).toEqual({ 200: 20 });
  expect(flooding[429]).toBeGreaterThan(100);
});

it('a signed-in user can sign out while others flood all sign-in paths and listings', async () => {
  const ways = ['/api/auth/login', '/api/auth/callback', '/api/listings'];
  const headers = { cookie: site.signIn(1), 'content-length': '0' };
  const began = performance.now();
  const { seen } = await meanwhile(site, (index) => ['GET', ways[index % 3] ?? ''], ['POST', '/api/auth/logout', headers]);
  expect(seen).toEqual({ 200: 20 });
  const seconds = (performance.now() - began) / 1000;
  // What each way in lets through at once, and the sum of their rates.
  expect(site.asked.length).toBeLessThanOrEqual(20 + 3 + 400 + 100 + 200 + (200 + 20 + 50) * seconds);
});

it('a flood of listings does not block sign-in', async () => {
  const { flooding, seen } = await meanwhile(site, () => ['GET', '/api/listings'], ['GET', '/api/auth/login']);
  expect(seen).toEqual({ 200: 20 });
  expect(flooding[429]).toBeGreaterThan(100);
});

it.each([
  ['/api/auth/login', 200, 400],
  ['/api/auth/callback', 20, 100],
])('a flood of %s waits, and keeps no neighbour from it', async (path, rate, free) => {
  const began = performance.now();
  const { seen } = await meanwhile(site, () => ['GET', path], ['GET', path], { times: 5, flooding: free + 50 });
  const seconds = (performance.now() - began) / 1000;
  expect(seen).toEqual({ 200: 5 });
  expect(site.asked.length).toBeLessThanOrEqual(1 + free + rate * seconds);
});

it('fifty people behind one address sign in at the same moment', async () => {
  expect(await flood(site, 50, () => ['GET', '/api/auth/login'])).toEqual({ 200: 50 });
  expect(await flood(site, 50, () => ['GET', '/api/auth/callback'])).toEqual({ 200: 50 });
});

it('clients cannot reach the path by which nginx asks for sessions', async () => {
  for (const method of ['GET', 'POST'] as const) {
    for (const path of ['/internal/session', '/%69nternal/session', '//internal//session']) {
      expect((await site.ask(method, path, { cookie: site.signIn(1) })).status).toBe(404);
    }
  }
  expect(site.asked).toEqual([]);
});
