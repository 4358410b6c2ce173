/**
 * Run inside a namespace of the embedded internet: visitors who read and write at a constant rate
 * while releases change. Input: a task as JSON in one line, then names of measurements, one in a
 * line; each begins the one and ends the one before. Prints them as JSON when the input ends.
 */
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export interface VisitorsTask {
  readonly host: string;
  readonly origin: string;
  /** Values of the cookie header, one visitor for each. */
  readonly cookies: readonly string[];
  /** Milliseconds between two requests of a visitor. */
  readonly pause: number;
}

export interface Measurement {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  /** Milliseconds; of answers alone. */
  readonly p99: number;
  /** Milliseconds between two answers in which there was none. */
  readonly longestGap: number;
}

class Counter {
  readonly name: string;
  readonly #times: number[] = [];
  #failed = 0;
  #last = performance.now();
  #longestGap = 0;

  constructor(name: string) {
    this.name = name;
  }

  add(milliseconds: number, ok: boolean): void {
    if (!ok) {
      this.#failed += 1;
      return;
    }
    const now = performance.now();
    this.#longestGap = Math.max(this.#longestGap, now - this.#last);
    this.#last = now;
    this.#times.push(milliseconds);
  }

  get measurement(): Measurement {
    const sorted = this.#times.toSorted((one, other) => one - other);
    const p99 = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
    const requests = sorted.length + this.#failed;
    return { name: this.name, requests, failed: this.#failed, p99: Math.round(p99), longestGap: Math.round(this.#longestGap) };
  }
}

const input = createInterface({ input: process.stdin });
const [line] = (await once(input, 'line')) as [string];
const { host, origin, cookies, pause } = JSON.parse(line) as VisitorsTask;
const counters: Counter[] = [];
const stop = new AbortController();
input.on('line', (name) => counters.push(new Counter(name)));
input.once('close', () => stop.abort());
const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

await Promise.all(cookies.map(visit));
process.stdout.write(JSON.stringify(counters.map(({ measurement }) => measurement)));
process.exit();

/** Every second request writes. */
async function visit(cookie: string, index: number): Promise<void> {
  await wait((pause * index) / cookies.length);
  const { body } = await ask('POST', '/api/notes', cookie, note('0'));
  const { id } = JSON.parse(body) as { id: string };
  for (let turn = 1; !stop.signal.aborted; turn++) {
    const counter = counters.at(-1);
    const began = performance.now();
    const asked = turn % 2 === 0 ? ask('PUT', `/api/notes/${id}`, cookie, note(`${turn}`)) : ask('GET', '/api/listings', cookie);
    const status = await asked.then(
      (answer) => answer.status,
      () => 0,
    );
    counter?.add(performance.now() - began, status === 200);
    await wait(Math.max(0, pause - (performance.now() - began)));
  }
}

function note(title: string) {
  return { title, memo: 'written while releases change' };
}

/**
 * A kept connection that is closed as a request is sent on it is replaced, and the request
 * repeated, as browsers do (RFC 9112, 9.3.1).
 */
function ask(method: string, path: string, cookie: string, body?: unknown): Promise<{ readonly status: number; readonly body: string }> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = { cookie, origin, ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) };
  return new Promise((resolve, reject) => {
    const sent = request({ host, path, method, headers, agent, timeout: 30_000 }, (response) => {
      let all = '';
      response.setEncoding('utf8').on('data', (part) => {
        all += part;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: all }));
      response.once('error', reject);
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer within 30 s')));
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (!sent.reusedSocket || error.code !== 'ECONNRESET') return reject(error);
      ask(method, path, cookie, body).then(resolve, reject);
    });
    sent.end(text);
  });
}
