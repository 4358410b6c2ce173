/** A notice reaches the webhook, and whatever the webhook does, the command goes on. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../lib/values/secret.ts';
import { discordNotifier } from '../../../../scripts/io/discord/notifier.ts';

const token = 'hunter2-token';
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serving(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/1/${token}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece;
  return body;
}

/** A notifier of this webhook, and what it notes. */
function notifierTo(webhook: () => Promise<Secret | undefined>, limit?: number) {
  const notes: string[] = [];
  return { notes, ...discordNotifier({ webhook, note: (text) => notes.push(text), ...(limit && { limit }) }) };
}

const at = (url: string) => async () => Secret.of(url);
const notice = { text: 'prod: release 2026-11-28.3 of api serves' };

describe('a notice', () => {
  it('is posted once, as plain text', async () => {
    const got: unknown[] = [];
    const url = await serving(async (request, response) => {
      got.push([request.method, request.headers['content-type'], JSON.parse(await bodyOf(request))]);
      response.writeHead(204).end();
    });
    const { notify, notes } = notifierTo(at(url));
    await notify(notice);
    const content = 'prod: release 2026-11-28.3 of api serves';
    expect(got).toEqual([['POST', 'application/json', { content, allowed_mentions: { parse: [] }, flags: 4 }]]);
    expect(notes).toEqual([]);
  });

  it('is sent again after the time that Discord asks for', async () => {
    const times: number[] = [];
    const url = await serving((_, response) => {
      times.push(performance.now());
      if (times.length === 1) response.writeHead(429, { 'retry-after': '0.3' }).end('{"retry_after":0.3}');
      else response.writeHead(200).end('{}');
    });
    const { notify, notes } = notifierTo(at(url));
    await notify(notice);
    expect(times).toHaveLength(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(290);
    expect(notes).toEqual([]);
  });

  it('is nothing without a webhook', async () => {
    const { notify, notes } = notifierTo(async () => undefined);
    await notify(notice);
    expect(notes).toEqual([]);
  });
});

/** Each with a word of the note that the operator reads instead. */
const bad: [string, RequestListener, RegExp][] = [
  ['answers 404', (_, response) => response.writeHead(404).end(), /no such webhook any more \(HTTP 404\)/],
  ['answers 500', (_, response) => response.writeHead(500).end(), /answered HTTP 500/],
  ['asks to wait too long', (_, response) => response.writeHead(429, { 'retry-after': '3600' }).end(), /takes no more for now/],
  ['asks to wait for ever', (_, response) => response.writeHead(429, { 'retry-after': '0' }).end(), /takes no more for now/],
  ['asks to wait for nonsense', (_, response) => response.writeHead(429, { 'retry-after': 'soon' }).end(), /takes no more for now/],
  ['says nothing', () => undefined, /did not answer within 0\.5 s/],
  ['ends the connection', (request) => request.socket.destroy(), /cannot be reached/],
];

describe('a webhook that', () => {
  it.each(bad)('%s is a note', async (_, answer, words) => {
    const url = await serving(answer);
    const { notify, notes } = notifierTo(at(url), 500);
    const began = performance.now();
    await notify(notice);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(notes).toEqual([expect.stringMatching(words)]);
    expect(notes.join()).not.toContain(token);
    expect(notes.join()).not.toContain('127.0.0.1');
  });

  it('redirects is not followed', async () => {
    let reached = false;
    const other = await serving((_, response) => {
      reached = true;
      response.writeHead(204).end();
    });
    const url = await serving((_, response) => response.writeHead(307, { location: other }).end());
    const { notify, notes } = notifierTo(at(url));
    await notify(notice);
    expect(reached).toBe(false);
    expect(notes).toEqual([expect.stringMatching(/redirect \(HTTP 307\)/)]);
  });

  it('does not run is a note', async () => {
    const url = await serving(() => undefined);
    const closed = servers.pop();
    closed?.close();
    if (closed) await once(closed, 'close');
    const { notify, notes } = notifierTo(at(url));
    await notify(notice);
    expect(notes).toEqual([expect.stringMatching(/cannot be reached \(ECONNREFUSED\)/)]);
  });

  it.each(['https://example.com/hunter2-token', 'hunter2-token', 'http://[hunter2-token'])('is %s is a note without it', async (url) => {
    const { notify, notes } = notifierTo(at(url));
    await notify(notice);
    expect(notes).toEqual([expect.stringMatching(/discord-webhook is not usable/)]);
    expect(notes.join()).not.toContain(token);
  });
});

describe('the secret', () => {
  it('that cannot be read is a note, and is read again', async () => {
    const answers = [() => Promise.reject(new Error(`denied ${token}`)), async () => undefined];
    const { notify, notes } = notifierTo(() => (answers.shift() ?? (async () => undefined))());
    await notify(notice);
    await notify(notice);
    expect(notes).toEqual(['Discord has no notice of this: the webhook could not be read from Systems Manager']);
    expect(answers).toEqual([]);
  });

  it('that is not answered holds nothing up', async () => {
    const { notify, notes } = notifierTo(() => new Promise(() => undefined), 100);
    await notify(notice);
    expect(notes).toEqual(['Discord has no notice of this: it did not answer within 0.1 s']);
  });
});
