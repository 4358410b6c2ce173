/**
 * Hundreds of connections behind one address that never stop asking to sign in, and a neighbour who
 * wants to.
 */
import { type ClientHttp2Session, connect } from 'node:http2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Site } from './site.ts';

/** Streams of a connection that nginx takes at once, and so many connections that there are 640. */
const [streams, connections] = [128, 5];
let site: Site;
let sessions: ClientHttp2Session[] = [];

beforeEach(async () => {
  site = new Site();
  await site.start();
  sessions = Array.from({ length: connections }, () => connect(site.url, { rejectUnauthorized: false }).on('error', () => undefined));
});
afterEach(async () => {
  for (const session of sessions) session.destroy();
  await site.stop();
});

/**
 * Asks 640 times at once, and again as soon as one is answered, until the sessions end. @returns
 * when so many have been answered
 */
async function crowd(answers: number, headers: (index: number) => Record<string, string>): Promise<void> {
  let [sent, answered] = [0, 0];
  await new Promise<void>((resolve) => {
    const ask = (session: ClientHttp2Session) => {
      if (session.destroyed) return;
      const stream = session.request(headers(sent++)).on('error', () => undefined);
      stream.resume().once('close', () => {
        if (++answered === answers) resolve();
        // In a turn of its own: an answer that is there at once would otherwise leave no turn to
        // others.
        setImmediate(ask, session);
      });
    };
    for (const session of sessions) for (let count = 0; count < streams; count++) ask(session);
  });
}

it('a neighbour begins to sign in while 640 requests at once do nothing else', async () => {
  // As many as are passed on at once: from then on all others wait.
  await crowd(400, () => ({ ':path': '/api/auth/login' }));
  const statuses: number[] = [];
  for (let count = 0; count < 5; count++) statuses.push((await site.ask('GET', '/api/auth/login')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
});

const over = (index: number) => site.beginSignIn(`${index}`, Date.now() - 5_000);
const inTenMinutes = () => Math.floor(Date.now() / 1000) + 600;

it.each([
  ['without a beginning', () => ''],
  ['with an invented one', (index: number) => `__Host-sign-in=${'a'.repeat(100)}.${'b'.repeat(43)}.${String(index).padStart(22, 'c')}`],
  ['with one that is not of this service', (index: number) => site.beginSignIn(`${index}`).replace(/\.[^.]*$/, '')],
  ['with one that is over', over],
  [
    'with one that is over and was made to look as if it were not',
    (index: number) => over(index).replace(/\.\d+\./, `.${inTenMinutes()}.`),
  ],
  ['with one of an earlier release', (index: number) => site.beginSignInAsEarlierReleases(`${index}`)],
])('a neighbour who has begun ends signing in while 640 requests at once come back %s', async (_, cookie) => {
  await crowd(100, (index) => ({ ':path': '/api/auth/callback?code=a&state=b', cookie: cookie(index) }));
  const statuses: number[] = [];
  for (let count = 0; count < 5; count++) {
    const headers = { cookie: site.beginSignIn(`neighbour ${count}`) };
    statuses.push((await site.ask('GET', '/api/auth/callback?code=a&state=b', headers)).status);
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200]);
});

/** What quick returns with one cookie are answered. */
async function returns(count: number, cookie: string): Promise<number[]> {
  const statuses: number[] = [];
  for (let at = 0; at < count; at++) statuses.push((await site.ask('GET', '/api/auth/callback', { cookie })).status);
  return statuses;
}

it('of four quick returns with one beginning, two pass', async () => {
  expect(await returns(4, site.beginSignIn('again and again'))).toEqual([200, 200, 429, 429]);
});

it.each([
  ['a beginning that is over', () => over(0)],
  ['a beginning of an earlier release', () => site.beginSignInAsEarlierReleases('again and again')],
])('returns with %s are counted by address alone', async (_, cookie) => {
  expect(await returns(4, cookie())).toEqual([200, 200, 200, 200]);
});

it('a beginning counts as none from its end on', async () => {
  const cookie = site.beginSignIn('soon over', Date.now() + 2_000);
  expect(await returns(3, cookie)).toEqual([200, 200, 429]);
  await expect.poll(() => returns(4, cookie), { timeout: 8_000, interval: 200 }).toEqual([200, 200, 200, 200]);
});
