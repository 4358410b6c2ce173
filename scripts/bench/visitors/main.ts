/**
 * Run inside a namespace of the embedded internet: visitors who read and write at a constant rate,
 * and people who follow contracts, while releases change. Input: a task as JSON in one line, then
 * names of measurements, one in a line; each begins the one and ends the one before. Prints what
 * was measured as JSON when the input ends.
 */
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { Client, type Site } from './client.ts';
import { Counter, type Measurement } from './counter.ts';
import { type Followed, Followers } from './followers.ts';

export interface VisitorsTask extends Site {
  /** Values of the cookie header, one visitor for each. */
  readonly cookies: readonly string[];
  /** One for each person who follows contracts. */
  readonly followers?: readonly string[];
  /** Milliseconds between two requests of a visitor. */
  readonly pause: number;
}

export interface Visited {
  readonly measurements: readonly Measurement[];
  /** Notes whose text is not the last one that was acknowledged. */
  readonly lost: readonly string[];
  readonly followed: Followed;
}

const input = createInterface({ input: process.stdin });
const counters: Counter[] = [];
const lost: string[] = [];
const stop = new AbortController();
const { promise: given, resolve: give } = Promise.withResolvers<string>();
input.once('line', (line) => {
  give(line);
  // In the same turn: the first name may have come together with the task.
  input.on('line', (name) => {
    counters.at(-1)?.end();
    counters.push(new Counter(name));
  });
});
input.once('close', () => stop.abort());
const { cookies, followers = [], pause, ...site } = JSON.parse(await given) as VisitorsTask;
const client = new Client(site);
const following = new Followers(client);

await Promise.all([...cookies.map(visit), ...followers.map((cookie) => following.follow(cookie, stop.signal))]);
const measurements = counters.map(({ measurement }) => measurement);
process.stdout.write(JSON.stringify({ measurements, lost, followed: following.followed } satisfies Visited));
process.exit();

/** Every second request writes; every tenth is for a page. */
async function visit(cookie: string, index: number): Promise<void> {
  await wait((pause * index) / cookies.length);
  const created = await client.ask('POST', '/api/notes', { cookie, body: note('0') });
  const { id } = JSON.parse(created.body) as { id: string };
  const path = `/api/notes/${id}`;
  let acknowledged = '0';
  for (let turn = 1; !stop.signal.aborted; turn++) {
    const began = performance.now();
    if (turn % 10 === 9) await counted('GET', '/', { cookie });
    else if (turn % 2 === 1) await counted('GET', '/api/listings', { cookie });
    else if (await counted('PUT', path, { cookie, body: note(`${turn}`) })) acknowledged = `${turn}`;
    await wait(Math.max(0, pause - (performance.now() - began)));
  }
  const { body } = await client.ask('GET', path, { cookie });
  if ((JSON.parse(body) as { title: string }).title !== acknowledged) lost.push(`${acknowledged} became ${body}`);
}

function note(title: string) {
  return { title, memo: 'written while releases change' };
}

async function counted(...[method, path, asked]: Parameters<Client['ask']>): Promise<boolean> {
  const counter = counters.at(-1);
  const began = performance.now();
  const answer = await client.ask(method, path, asked).catch(String);
  if (typeof answer !== 'string' && answer.status === 200) {
    counter?.add(performance.now() - began);
    return true;
  }
  counter?.fail(`${method} ${path}: ${typeof answer === 'string' ? answer : `${answer.status} ${answer.body.slice(0, 200)}`}`);
  return false;
}
