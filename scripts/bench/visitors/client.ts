/** Requests of a visitor, as a browser sends them. */
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';

export interface Site {
  /** Address of the host. */
  readonly host: string;
  /** What the service calls itself: scheme, name and port. */
  readonly origin: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Asked {
  readonly cookie: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Milliseconds in which something must come. @default 30,000 */
  readonly timeout?: number;
}

export class Client {
  readonly #site: Site;
  // The authority of an embedded cloud is not known to this process.
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

  constructor(site: Site) {
    this.#site = site;
  }

  /** The whole answer. @throws Error where there is none */
  async ask(method: string, path: string, asked: Asked): Promise<Answer> {
    const response = await this.open(method, path, asked);
    let body = '';
    for await (const part of response.setEncoding('utf8')) body += part;
    return { status: response.statusCode ?? 0, body };
  }

  /**
   * The answer as it comes. A kept connection that is closed as a request is sent on it is
   * replaced, and the request repeated, as browsers do (RFC 9112, 9.3.1).
   */
  open(method: string, path: string, asked: Asked): Promise<IncomingMessage> {
    const { host, origin } = this.#site;
    const { cookie, body, timeout = 30_000 } = asked;
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { cookie, origin, ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) };
    return new Promise((resolve, reject) => {
      const sent = request({ host, path, method, headers, agent: this.#agent, timeout }, resolve);
      sent.once('timeout', () => sent.destroy(new Error(`nothing came within ${timeout / 1000} s`)));
      sent.once('error', (error: NodeJS.ErrnoException) => {
        if (!sent.reusedSocket || error.code !== 'ECONNRESET') return reject(error);
        this.open(method, path, asked).then(resolve, reject);
      });
      sent.end(text);
    });
  }
}
