/**
 * Slow bodies of visitors who are not signed in hold no place that others at the same address need.
 */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OpenRequest, Site } from './site.ts';

const upload = { 'content-length': '20000000', 'content-type': 'multipart/form-data; boundary=x' };
let site: Site;
let open: OpenRequest[] = [];
let trickle: NodeJS.Timeout;

beforeEach(async () => {
  site = new Site();
  await site.start();
  trickle = setInterval(() => {
    for (const each of open) each.send('x');
  }, 250);
});
afterEach(async () => {
  clearInterval(trickle);
  for (const each of open) each.close();
  open = [];
  await site.stop();
});

/** Opens requests until that many have been answered 401; their bodies go on. */
async function holdOpen(count: number, method: string, path: string, headers: Record<string, string>): Promise<void> {
  while (open.length < count) {
    const missing = Math.min(count - open.length, 50);
    const tried = await Promise.all(Array.from({ length: missing }, () => site.open(method, path, headers)));
    const answers = await Promise.all(tried.map(({ answered }) => answered));
    tried.forEach((each, index) => {
      if (answers[index]?.status === 401) open.push(each);
      else each.close();
    });
  }
}

it('64 slow contracts of visitors who are not signed in leave a signed-in neighbour free to submit', async () => {
  await holdOpen(64, 'POST', '/api/contracts', upload);
  const cookie = site.signIn(1);
  const statuses: number[] = [];
  for (let count = 0; count < 10; count++) statuses.push((await site.ask('POST', '/api/contracts', { cookie }, 'x')).status);
  expect(statuses).toEqual(Array.from({ length: 10 }, () => 200));
});

it.each([
  ['64 slow contracts', 64, 'POST', '/api/contracts', upload, ['POST', '/api/contracts', 401]],
  ['256 slow notes', 256, 'PUT', '/api/notes/1', { 'content-length': '120000' }, ['GET', '/api/listings', 200]],
] as const)('%s that were answered 401 give their places back within seconds', async (_, count, method, path, headers, next) => {
  await holdOpen(count, method, path, headers);
  const [nextMethod, nextPath, status] = next;
  // nginx reads on for 30 s by default.
  await expect.poll(async () => (await site.ask(nextMethod, nextPath)).status, { timeout: 10_000, interval: 250 }).toBe(status);
});
