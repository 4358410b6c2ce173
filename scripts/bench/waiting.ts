/**
 * Many people at once, run where a visitor is: each submits a contract of three pages and follows
 * its event stream to the end. Arguments: the address, and what the service calls itself. Input:
 * session tokens as JSON. Prints figures, one line each.
 */

import { request } from 'node:https';
import { json } from 'node:stream/consumers';
import pRetry from 'p-retry';
import { fixedText } from '../../lib/values/number-text.ts';
import { waitFor } from '../io/process/wait-until.ts';

const [address = '', origin = ''] = process.argv.slice(2);
/** A submission that is answered "later" is repeated, as the page does. */
const patience = 60;

/** The queue or the quota is full for now. */
class NotAccepted extends Error {}

interface Ended {
  readonly status: string;
  readonly seconds: number;
}

const tokens = (await json(process.stdin)) as string[];
const codes = new Map<number, number>();
const began = performance.now();
const run = Date.now();
const ended = await Promise.all(tokens.map((token, index) => contract(token, index).catch(failed)));
report(ended);

async function contract(token: string, index: number): Promise<Ended> {
  const start = performance.now();
  const id = await submit(token, index);
  const status = await waitFor(() => follow(token, id), { interval: 500 });
  return { status, seconds: (performance.now() - start) / 1000 };
}

async function submit(token: string, index: number): Promise<string> {
  // Each has words of its own: an answer from the cache would measure the cache.
  const pages = [1, 2, 3].map((page) => ({
    text: `제${page}조 (보증금) 임대인은 다음 임차인이 구해질 때까지 보증금을 돌려주지 않는다. ${run}-${index}.`,
  }));
  return pRetry(
    async () => {
      const { code, body } = await send(token, 'POST', '/api/contracts', JSON.stringify({ pages, locale: 'ko' }));
      if (code === 202) return (JSON.parse(body) as { id: string }).id;
      throw new NotAccepted('not accepted');
    },
    { retries: patience - 1, minTimeout: 1000, factor: 1, shouldRetry: ({ error }) => error instanceof NotAccepted },
  );
}

/** Until the stream reports the end; undefined when it was cut and is to be opened again. */
async function follow(token: string, id: string): Promise<string | undefined> {
  const { code, body } = await send(token, 'GET', `/api/contracts/${id}/events`);
  const done = /event: done\ndata: (.*)/.exec(body.replaceAll('\r', ''))?.[1] ?? /data: (.*"answeredAt":"[^"]+".*)/.exec(body)?.[1];
  if (code === 200 && done) return (JSON.parse(done) as { status: string }).status;
  return undefined;
}

function send(token: string, method: string, path: string, text?: string): Promise<{ code: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { cookie: `__Host-session=${token}`, origin, ...(text && { 'content-type': 'application/json' }) };
    // The authority of the trial is not known to this process; what is measured is the service.
    const sent = request(`https://${address}${path}`, { method, headers, rejectUnauthorized: false, agent: false }, (answer) => {
      let body = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        body += part;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        const code = answer.statusCode ?? 0;
        codes.set(code, (codes.get(code) ?? 0) + 1);
        resolve({ code, body });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

function failed(error: unknown): Ended {
  return { status: `failed: ${error instanceof Error ? error.message : error}`, seconds: (performance.now() - began) / 1000 };
}

function report(all: readonly Ended[]): void {
  const count = new Map<string, number>();
  for (const { status } of all) count.set(status, (count.get(status) ?? 0) + 1);
  const times = all.map(({ seconds }) => seconds).sort((one, other) => one - other);
  const at = (share: number) => fixedText(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0, 1);
  const lines = [
    `how they ended      ${[...count].map(([status, number]) => `${number} ${status}`).join(', ')}`,
    `answers by status   ${[...codes].map(([code, number]) => `${number} x ${code}`).join(', ')}`,
    `time to the answer  first ${at(0)} s, half ${at(0.5)} s, p99 ${at(0.99)} s, last ${at(1)} s`,
    `in all              ${fixedText((performance.now() - began) / 1000, 1)} s`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
