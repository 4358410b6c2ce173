/**
 * What the browser of a user requests: a page, the checklist, the session, and now and then a small
 * contract.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './client.ts';

export interface Seen {
  readonly requests: number;
  /** What was answered otherwise than it should be, or not at all. */
  readonly failed: readonly string[];
  /** Milliseconds, of requests that were answered. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
}

const paceMs = 250;
const contractEvery = 40;

/** Until the signal. */
export async function honestPerson(client: Client, cookie: string, signal: AbortSignal): Promise<Seen> {
  const times: number[] = [];
  const failed: string[] = [];
  const timed = async (method: string, path: string, expected: number, body?: unknown) => {
    const began = performance.now();
    try {
      const { status } = await client.ask(method, path, { cookie, body });
      times.push(performance.now() - began);
      if (status !== expected) failed.push(`${method} ${path}: ${status}`);
    } catch (error) {
      failed.push(`${method} ${path}: ${error}`);
    }
  };
  for (let count = 0; !signal.aborted; count++) {
    await Promise.all([timed('GET', '/', 200), timed('GET', '/api/checklist', 200), timed('GET', '/api/me', 200)]);
    if (count % contractEvery === 0) await timed('POST', '/api/contracts', 202, smallContract(count));
    await wait(paceMs, undefined, { signal }).catch(() => undefined);
  }
  return { requests: times.length + failed.length, failed, ...percentiles(times) };
}

function smallContract(count: number) {
  return { pages: [{ text: `제1조 (보증금의 반환) 임대인은 계약이 끝나면 보증금을 돌려준다. ${count}` }], locale: 'ko' };
}

function percentiles(times: number[]): Pick<Seen, 'p50' | 'p99' | 'slowest'> {
  const sorted = times.sort((one, other) => one - other);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.POSITIVE_INFINITY);
  return { p50: at(0.5), p99: at(0.99), slowest: at(1) };
}
