/**
 * Run inside a namespace of the embedded internet: visitors who read and write without pause, until
 * the input ends. Input: a task, as JSON in one line. Prints what they have seen, as JSON.
 */
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export interface Task {
  readonly host: string;
  readonly origin: string;
  /** One visitor for each. */
  readonly cookies: readonly string[];
}

export interface Seen {
  readonly requests: number;
  readonly failed: readonly string[];
  /** Notes whose text is not the last one that was acknowledged. */
  readonly lost: readonly string[];
  /** Milliseconds of the slowest answer. */
  readonly slowest: number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const input = createInterface({ input: process.stdin });
const [line] = (await once(input, 'line')) as [string];
const { host, origin, cookies } = JSON.parse(line) as Task;
const stop = new AbortController();
input.once('close', () => stop.abort());

const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
let requests = 0;
let slowest = 0;
const failed: string[] = [];
const lost: string[] = [];

await Promise.all(cookies.map(visit));
process.stdout.write(JSON.stringify({ requests, failed, lost, slowest } satisfies Seen));
process.exit();

async function visit(cookie: string): Promise<void> {
  const created = await ask('POST', '/api/notes', { cookie, body: note('0') });
  const { id } = JSON.parse(created.body) as { id: string };
  let acknowledged = '0';
  for (let turn = 1; !stop.signal.aborted; turn++) {
    await timed('GET', '/api/listings', { cookie });
    if (await timed('PUT', `/api/notes/${id}`, { cookie, body: note(`${turn}`) })) acknowledged = `${turn}`;
    await wait(20);
  }
  const { body } = await ask('GET', `/api/notes/${id}`, { cookie });
  if ((JSON.parse(body) as { title: string }).title !== acknowledged) lost.push(`${acknowledged} became ${body}`);
}

function note(title: string) {
  return { title, memo: 'written while releases change' };
}

async function timed(method: string, path: string, options: Parameters<typeof ask>[2]): Promise<boolean> {
  const began = performance.now();
  requests += 1;
  const answer = await ask(method, path, options).catch(String);
  slowest = Math.max(slowest, Math.round(performance.now() - began));
  if (typeof answer !== 'string' && answer.status === 200) return true;
  failed.push(`${method} ${path}: ${typeof answer === 'string' ? answer : `${answer.status} ${answer.body.slice(0, 200)}`}`);
  return false;
}

/**
 * A kept connection that is closed as a request is sent on it is replaced, and the request
 * repeated, as browsers do (RFC 9112, 9.3.1).
 */
function ask(method: string, path: string, { cookie, body }: { readonly cookie: string; readonly body?: unknown }): Promise<Answer> {
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
      ask(method, path, { cookie, body }).then(resolve, reject);
    });
    sent.end(text);
  });
}
