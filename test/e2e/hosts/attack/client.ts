/** Requests from one address of the embedded internet to the site, with a limit of their own. */
import { Agent, type RequestOptions, request } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const limitMs = 30_000;

export class Client {
  readonly #host: string;
  readonly #origin: string;
  readonly #localAddress: string;
  readonly #agent: Agent;

  constructor(host: string, origin: string, localAddress: string) {
    this.#host = host;
    this.#origin = origin;
    this.#localAddress = localAddress;
    // The authority of the trial is not known to this process; what is tried is the service.
    this.#agent = new Agent({ keepAlive: true, rejectUnauthorized: false, localAddress });
  }

  /**
   * A form is sent as one, any other body as JSON. @throws when there is no whole answer within 30
   * s
   */
  async ask(
    method: string,
    path: string,
    { cookie = '', body }: { readonly cookie?: string; readonly body?: unknown } = {},
  ): Promise<Answer> {
    const encoded = body instanceof FormData ? new Response(body) : body === undefined ? undefined : Response.json(body);
    const bytes = encoded && Buffer.from(await encoded.arrayBuffer());
    const headers = {
      cookie,
      origin: this.#origin,
      ...(bytes && { 'content-type': encoded?.headers.get('content-type') ?? '', 'content-length': bytes.length }),
    };
    const options: RequestOptions = { host: this.#host, path, method, headers, agent: this.#agent, timeout: limitMs };
    return new Promise((resolve, reject) => {
      const sent = request(options, (response) => {
        let all = '';
        response.setEncoding('utf8').on('data', (part) => {
          all += part;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, body: all }));
        response.once('error', reject);
      });
      sent.once('timeout', () => sent.destroy(new Error('no answer within 30 s')));
      sent.once('error', reject);
      sent.end(bytes);
    });
  }

  /** A request that is written by hand and whose answer is not read. */
  open(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<TLSSocket> {
    const tcp = connectTcp({ host: this.#host, port: 443, localAddress: this.#localAddress });
    const socket = connect({ socket: tcp, rejectUnauthorized: false });
    const lines = Object.entries({ host: this.#host, origin: this.#origin, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    return new Promise((resolve, reject) => {
      tcp.once('error', reject);
      socket.once('error', reject);
      socket.once('secureConnect', () => {
        socket.resume().on('error', () => undefined);
        socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
        resolve(socket);
      });
    });
  }
}
