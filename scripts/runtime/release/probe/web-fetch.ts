/** Pages and the files they name, without a browser: what is not there is seen, errors are not. */
import { Agent, get as getInClear, type IncomingMessage } from 'node:http';
import { get as getByTls, Agent as TlsAgent } from 'node:https';
import { messageOf } from '../../../../lib/errors/dojang-error.ts';
import { probeAgent } from '../../../../lib/release/probe/script.ts';
import type { WebTestOptions } from './web-test.ts';
import { hidden, isMaintenance, type Visit } from './web-visit.ts';

/** Bytes of a file that are read: more than any of the pages names, and no endless answer. */
const mostBytes = 4 << 20;

interface Fetching {
  readonly agent: Agent | TlsAgent;
  /** Of a whole request, with its answer. */
  readonly seconds: number;
}

export async function fetchPages(
  { url, privateAuthority }: WebTestOptions,
  paths: readonly string[],
  seconds: number,
): Promise<readonly Visit[]> {
  const agent = url.startsWith('https:') ? new TlsAgent({ rejectUnauthorized: !privateAuthority }) : new Agent();
  const visits: Visit[] = [];
  const files = new Set<string>();
  try {
    for (const path of paths) {
      const { visit, body } = await fetched(`${url}${path}`, { agent, seconds });
      visits.push(visit);
      for (const [, file = ''] of body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) files.add(file);
    }
    for (const file of files) visits.push((await fetched(`${url}${file}`, { agent, seconds })).visit);
  } finally {
    agent.destroy();
  }
  const console = { kind: 'probe', signal: 'console', ok: true, seconds: 0, note: 'the console was not looked at: no Chromium' } as const;
  return [...visits, { isAnswered: false, samples: [console] }];
}

async function fetched(url: string, fetching: Fetching): Promise<{ readonly visit: Visit; readonly body: string }> {
  const began = performance.now();
  const { status, body, fault, retryAfter } = await get(url, fetching);
  const note = fault ?? (status === 200 ? undefined : `status ${status}`);
  const seconds = (performance.now() - began) / 1000;
  if (isMaintenance(status, retryAfter)) return { visit: { isAnswered: true, samples: [hidden(seconds)] }, body: '' };
  const sample = { kind: 'probe', signal: 'main-page', ok: note === undefined, seconds, ...(note && { note: `${url}: ${note}` }) } as const;
  return { visit: { isAnswered: status !== 0, samples: [sample] }, body };
}

interface Answer {
  /** 0 where no answer came. */
  readonly status: number;
  readonly body: string;
  readonly fault?: string;
  readonly retryAfter?: string;
}

/** A timeout of the socket alone would never end an answer that comes byte by byte. */
function get(url: string, { agent, seconds }: Fetching): Promise<Answer> {
  const signal = AbortSignal.timeout(seconds * 1000);
  const faultOf = (error: unknown) => (signal.aborted ? `not complete within ${seconds} s` : messageOf(error));
  return new Promise((resolve) => {
    let status = 0;
    const fail = (error: unknown) => resolve({ status, body: '', fault: faultOf(error) });
    const ask = url.startsWith('https:') ? getByTls : getInClear;
    const sent = ask(url, { agent, headers: { 'user-agent': probeAgent }, signal }, (response) => {
      status = response.statusCode ?? 0;
      bodyOf(response).then((body) => resolve({ status, body, retryAfter: response.headers['retry-after'] }), fail);
    });
    // Of a request that is ended while its answer comes, too.
    sent.on('error', fail);
  });
}

/** As far as it is read. */
async function bodyOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(parts).subarray(0, mostBytes).toString();
}
