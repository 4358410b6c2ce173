/** Pages and the files they name, without a browser: what is not there is seen, errors are not. */
import { Agent, get as getInClear } from 'node:http';
import { get as getByTls, Agent as TlsAgent } from 'node:https';
import { messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Sample } from '../../../../lib/release/plan/watch.ts';
import { probeAgent } from '../../../../lib/release/probe/script.ts';
import { hidden, isMaintenance, type WebTestOptions } from './web-test.ts';

const requestMs = 20_000;

export async function fetchPages({ url, privateAuthority }: WebTestOptions, paths: readonly string[]): Promise<readonly Sample[]> {
  const agent = url.startsWith('https:') ? new TlsAgent({ rejectUnauthorized: !privateAuthority }) : new Agent();
  const samples: Sample[] = [];
  const files = new Set<string>();
  try {
    for (const path of paths) {
      const { sample, body } = await fetched(`${url}${path}`, agent);
      samples.push(sample);
      for (const [, file = ''] of body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)) files.add(file);
    }
    for (const file of files) samples.push((await fetched(`${url}${file}`, agent)).sample);
  } finally {
    agent.destroy();
  }
  return [...samples, { kind: 'probe', signal: 'console', ok: true, seconds: 0, note: 'the console was not looked at: no Chromium' }];
}

async function fetched(url: string, agent: Agent | TlsAgent): Promise<{ readonly sample: Sample; readonly body: string }> {
  const began = performance.now();
  const { status, body, fault, retryAfter } = await get(url, agent).catch((error: unknown): Answer => {
    return { status: 0, body: '', fault: messageOf(error) };
  });
  const note = fault ?? (status === 200 ? undefined : `status ${status}`);
  const seconds = (performance.now() - began) / 1000;
  if (isMaintenance(status, retryAfter)) return { sample: hidden(seconds), body: '' };
  return {
    sample: { kind: 'probe', signal: 'main-page', ok: note === undefined, seconds, ...(note && { note: `${url}: ${note}` }) },
    body,
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly fault?: string;
  readonly retryAfter?: string;
}

function get(url: string, agent: Agent | TlsAgent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ask = url.startsWith('https:') ? getByTls : getInClear;
    const sent = ask(url, { agent, headers: { 'user-agent': probeAgent }, timeout: requestMs }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body, retryAfter: response.headers['retry-after'] }));
      response.once('error', reject);
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer within ${requestMs / 1000} s`)));
    sent.once('error', reject);
  });
}
