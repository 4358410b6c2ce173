/**
 * Work on the embedded hosts under a constant load: half reads and half writes over 50 connections,
 * beside 100 event streams. The AI server is stopped meanwhile, so that contracts wait and their
 * streams stay open.
 */
import { tableLines } from '../../lib/text/table.ts';
import { run } from '../io/process/processes.ts';
import { type LoadHost, onHost, openHosts } from './hosts.ts';
import { interrupted } from './interrupt.ts';
import { cookiesOf, peopleStatements } from './people.ts';
import { say } from './say.ts';
import type { Measurement } from './visitors/counter.ts';
import type { Visited } from './visitors/main.ts';
import { beginVisitors, type Visitors } from './visitors/visitors.ts';

const connections = 50;
const streams = 100;
/** Milliseconds between two requests of a visitor: 250 requests a second in all. */
const pause = 200;

export interface UnderLoad {
  readonly place: LoadHost;
  readonly visitors: Visitors;
}

export interface UnderLoadOptions {
  /** Whether the AI server goes on, so that contracts are answered. @default false */
  readonly ai?: boolean;
  /** @default 100 */
  readonly followers?: number;
}

/** @throws DojangError `not-running`, `no-hosts`, `bench-failed` */
export async function underLoad(work: (under: UnderLoad) => Promise<void>, options: UnderLoadOptions = {}): Promise<Visited> {
  const { ai = false, followers = streams } = options;
  const place = await openHosts();
  const rate = (1000 / pause) * connections;
  say(`${connections} connections, half reads and half writes, ${rate} requests a second; ${followers} event streams`);
  const seed = `bench-${Date.now()}`;
  await onHost(place, 'aws', peopleStatements(seed, connections + followers));
  if (!ai) await onHost(place, 'gcp', 'systemctl stop dojang-ai.service');
  try {
    const cookies = cookiesOf(seed, connections + followers);
    const site = { host: place.address, origin: new URL(place.publicUrl).origin };
    const task = { ...site, pause, cookies: cookies.slice(0, connections), followers: cookies.slice(connections) };
    const visitors = beginVisitors({ namespace: place.visitor, task, signal: interrupted });
    await work({ place, visitors });
    // The contracts that are still followed are answered.
    if (!ai) await onHost(place, 'gcp', 'systemctl start dojang-ai.service');
    return await visitors.end();
  } finally {
    if (!ai) await onHost(place, 'gcp', 'systemctl start dojang-ai.service');
    await onHost(place, 'aws', `mysql dojang -e "DELETE FROM people WHERE issuer = '${seed}'"`);
  }
}

/** What visitors noticed, a row for each title; p99 is compared with that of the first. */
export function sayMeasurements({ lost, followed }: Visited, rows: Readonly<Record<string, readonly Measurement[]>>): void {
  const [first] = Object.values(rows);
  const before = Math.max(1, ...(first ?? []).map((each) => each.p99));
  const cells = Object.entries(rows).map(([title, of]) => {
    const sum = (value: (each: Measurement) => number) => of.reduce((total, each) => total + value(each), 0);
    const most = (value: (each: Measurement) => number) => Math.max(0, ...of.map(value));
    const p99 = most((each) => each.p99);
    const counts = [sum((each) => each.requests), sum((each) => each.failed)];
    return [title, ...counts.map(String), `${p99} ms`, (p99 / before).toFixed(1), `${most((each) => each.longestGap)} ms`];
  });
  const head = ['', 'requests', 'failed', 'p99 at most', 'to before', 'longest gap'];
  const right = { align: 'right' } as const;
  for (const line of tableLines([{}, right, right, right, right, right], [head, ...cells])) say(line);
  for (const each of Object.values(rows)
    .flat()
    .flatMap(({ failures }) => failures))
    say(`  failed: ${each}`);
  say(`  acknowledged writes that were lost: ${lost.length === 0 ? 'none' : lost.join('; ')}`);
  const ended = Object.entries(followed.ended).map(([status, count]) => `${count} ${status}`);
  say(`  event streams: ${followed.opened} opened, ${followed.reopened} of them again as the server had asked`);
  say(`  cut: ${list(followed.cut)}; refused: ${list(followed.refused)}; contracts: ${ended.join(', ')}`);
}

const list = (all: readonly string[]) => (all.length === 0 ? 'none' : `${all.length} (${all.slice(0, 5).join('; ')})`);

export async function sleep(seconds: number): Promise<void> {
  await run('sleep', [String(seconds)], { signal: interrupted });
}
