/**
 * An AI server of a test: answers as apps/README.md says, slowly, wrongly or not at all, as the
 * test wants.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

export interface Question {
  readonly requestId: string;
  readonly locale: string;
  readonly pages: readonly { readonly kind: string; readonly text?: string; readonly data?: string; readonly mediaType?: string }[];
}

export type Behaviour = (question: Question, response: ServerResponse) => void | Promise<void>;

/** The text of the first page comes back in the summary, so that a test sees whose answer it is. */
export function answerTo({ pages, locale }: Question) {
  const label = { ko: '시험', en: 'test' };
  return {
    engine: { kind: 'offline', model: 'test', label },
    summary: { ko: `요약: ${pages[0]?.text ?? pages[0]?.kind}`, en: `summary: ${pages[0]?.text ?? pages[0]?.kind}` },
    clauses: [
      {
        page: 1,
        quote: '보증금',
        title: '보증금',
        explanation: locale,
        risk: 'caution',
        advice: '확인',
        sources: [{ title: '주택임대차보호법', article: '제3조', url: 'https://www.law.go.kr/' }],
      },
    ],
    missing: [],
    pages: pages.map((_, at) => ({ number: at + 1, characters: 1, ocr: false })),
    tookMs: 1,
  };
}

export const behave = {
  answer:
    (afterMs = 0): Behaviour =>
    async (question, response) => {
      await wait(afterMs);
      json(response, 200, answerTo(question));
    },
  refuse:
    (status: number, headers: Record<string, string> = {}, type = 'about:blank'): Behaviour =>
    (_, response) =>
      json(response, status, { type, title: 'refused', status }, headers),
  tooCostly: (): Behaviour => behave.refuse(422, {}, 'urn:dojang:problem:too-costly'),
  garbage:
    (body: string): Behaviour =>
    (_, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(body),
  /** Takes the request and says nothing, for ever. */
  hang: (): Behaviour => () => undefined,
  cut: (): Behaviour => (_, response) => void response.destroy(),
} as const;

export class FakeAi {
  behaviour: Behaviour = behave.answer();
  /** Every question that was asked, in order. */
  readonly asked: Question[] = [];
  /** For how many seconds each was to be waited for. */
  readonly waits: number[] = [];
  /** The most that were being answered at one time. */
  most = 0;
  #now = 0;
  #server: Server | undefined;
  #port = 0;
  readonly #tls: ServerOptions | undefined;

  constructor(tls?: ServerOptions) {
    this.#tls = tls;
  }

  get url(): string {
    return `${this.#tls ? 'https' : 'http'}://127.0.0.1:${this.#port}`;
  }

  /** Starts, or starts again at the same address. */
  async start(): Promise<void> {
    const listener: RequestListener = (request, response) => void this.#serve(request, response);
    this.#server = this.#tls ? createTlsServer(this.#tls, listener) : createServer(listener);
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** As when the host is gone: every connection breaks, new ones are refused. */
  async stop(): Promise<void> {
    if (!this.#server?.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** How often each contract was asked about. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { requestId } of this.asked) counts.set(requestId, (counts.get(requestId) ?? 0) + 1);
    return counts;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/health') return json(response, 200, { ok: true, engine: 'offline', model: 'test', gpu: null });
    const question: Question = JSON.parse(await text(request).catch(() => 'null'));
    if (!question) return;
    this.asked.push(question);
    this.waits.push(Number(String(request.headers.prefer).replace(/^wait=/, '')));
    this.most = Math.max(this.most, ++this.#now);
    response.once('close', () => {
      this.#now--;
    });
    await this.behaviour(question, response);
  }
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
