/** Visitors of a site: requests over kept connections, and event streams that reconnect. */
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';

export interface Counts {
  readonly answered: Readonly<Record<string, number>>;
  readonly failed: readonly string[];
  /**
   * Kept connections that nginx closed as a request was sent, which a client then repeats
   * (RFC 9112, 9.3.1).
   */
  readonly repeated: number;
  readonly reconnected: number;
  /** Streams that ended without a hint to reconnect. */
  readonly cut: number;
}

export class Load {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  readonly #stop = new AbortController();
  readonly #work: Promise<void>[] = [];
  readonly #answered: Record<string, number> = {};
  readonly #failed: string[] = [];
  #repeated = 0;
  #reconnected = 0;
  #cut = 0;

  constructor(port: number) {
    this.#port = port;
  }

  get counts(): Counts {
    const { answered, failed, repeated, reconnected, cut } = {
      ...{ answered: this.#answered, failed: this.#failed, repeated: this.#repeated },
      ...{ reconnected: this.#reconnected, cut: this.#cut },
    };
    return { answered, failed, repeated, reconnected, cut };
  }

  get requests(): number {
    return Object.values(this.#answered).reduce((sum, each) => sum + each, 0);
  }

  /** Visitors that read and write by turns, and followers of an event stream. */
  begin({ visitors, streams }: { readonly visitors: number; readonly streams: number }): void {
    for (let each = 0; each < visitors; each++) this.#work.push(this.#visit());
    for (let each = 0; each < streams; each++) this.#work.push(this.#follow());
  }

  async end(): Promise<Counts> {
    this.#stop.abort();
    await Promise.all(this.#work);
    this.#agent.destroy();
    return this.counts;
  }

  /** @returns status and body */
  async ask(method: string, path: string): Promise<string> {
    const response = await this.#send(method, path, this.#agent);
    let body = '';
    for await (const part of response.setEncoding('utf8')) body += part;
    return `${response.statusCode} ${body}`;
  }

  async #visit(): Promise<void> {
    for (let turn = 0; !this.#stop.signal.aborted; turn++) {
      const [method, path] = turn % 2 === 0 ? ['GET', '/api/listings'] : ['POST', '/api/notes'];
      const answer = await this.ask(method ?? '', path ?? '').catch(String);
      if (answer.startsWith('200 ')) this.#answered[answer] = (this.#answered[answer] ?? 0) + 1;
      else this.#failed.push(`${method} ${answer.slice(0, 200)}`);
      await wait(5);
    }
  }

  async #follow(): Promise<void> {
    for (let first = true; !this.#stop.signal.aborted; first = false) {
      const text = await this.#stream(first).catch(String);
      if (this.#stop.signal.aborted) return;
      const hint = Number(/retry: (\d+)\n\n$/.exec(text)?.[1]);
      if (!Number.isFinite(hint)) this.#cut += 1;
      await wait(hint || 100);
    }
  }

  async #stream(first: boolean): Promise<string> {
    const agent = new Agent({ rejectUnauthorized: false });
    const leave = () => agent.destroy();
    this.#stop.signal.addEventListener('abort', leave, { once: true });
    try {
      const response = await this.#send('GET', '/api/contracts/1/events', agent);
      if (!first && response.statusCode === 200) this.#reconnected += 1;
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += part;
      return text;
    } finally {
      this.#stop.signal.removeEventListener('abort', leave);
      agent.destroy();
    }
  }

  #send(method: string, path: string, agent: Agent): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.#port, path, method, agent }, resolve);
      sent.once('error', (error: NodeJS.ErrnoException) => {
        if (!sent.reusedSocket || error.code !== 'ECONNRESET') return reject(error);
        this.#repeated += 1;
        this.#send(method, path, agent).then(resolve, reject);
      });
      sent.end(method === 'POST' ? '{}' : undefined);
    });
  }
}
