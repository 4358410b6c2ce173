/**
 * The public site behind a real nginx, in front of an API that plays sessions, bodies and answers
 * as a test wants them.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { attemptSeconds, sign } from '../../../../apps/api/src/auth/attempt.ts';
import { Secret } from '../../../../apps/api/src/secret.ts';
import { personCookieValue } from '../../../../apps/api/src/sessions/session-cookie.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { certifyAuthority, issue, newKey } from '../../../../scripts/io/pki.ts';
import { local, localFacts, stepOf } from '../recipes.ts';
import { freePorts, Nginx } from './nginx.ts';

const secret = 'the-session-secret';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export class Site {
  readonly #sessions = new Set<string>();
  readonly #api: Server;
  readonly #agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  #nginx: Nginx | undefined;
  #port = 0;
  /** What the API answers; sessions are checked before. */
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => void response.end('{}');
  /** False for a release of the API from before nginx asked. */
  knowsSessionCheck = true;
  /** Paths that came to the API, without those by which nginx asks for sessions. */
  readonly asked: string[] = [];

  constructor() {
    this.#api = createServer((incoming, response) => this.#serve(incoming, response));
  }

  async start(temporaryMib?: number): Promise<void> {
    await new Promise<void>((resolve) => this.#api.listen(0, '127.0.0.1', resolve));
    const [port = 0, plain = 0] = await freePorts(2);
    const name = 'site.example.com';
    const key = await newKey();
    const authority = { key, certificate: await certifyAuthority(key, 'test authority', new Date()) };
    const pair = await issue({ commonName: name, names: [`DNS:${name}`], use: 'server' }, authority, new Date());
    this.#port = port;
    this.#nginx = await Nginx.start({
      step: stepOf(hostRecipe(local, 'aws', localFacts), 'nginx-site'),
      ports: { 443: port, 80: plain, 8080: this.apiPort },
      tls: { 'site.pem': pair.certificate, 'site-key.pem': pair.key.pem.reveal() },
      secret,
      ...(temporaryMib && { temporaryMib }),
    });
  }

  get url(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  get apiPort(): number {
    return (this.#api.address() as AddressInfo).port;
  }

  get nginx(): Nginx {
    if (!this.#nginx) throw new Error('nginx has not been started');
    return this.#nginx;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    await this.#nginx?.stop();
    this.#api.closeAllConnections();
    this.#api.close();
  }

  /** Ends the API as a crash does; nginx stays. */
  async stopApi(): Promise<void> {
    this.#api.closeAllConnections();
    await new Promise((resolve) => this.#api.close(resolve));
  }

  /** The cookies of a signed-in user. */
  signIn(person: number): string {
    const token = String(person).padStart(43, 'a');
    this.#sessions.add(token);
    return `__Host-session=${token}; __Host-person=${personCookieValue(token, String(person), new Secret(secret))}`;
  }

  /**
   * The cookie of a sign-in that has begun; another `name` makes it another one. `until` in
   * milliseconds since 1970.
   */
  beginSignIn(name: string, until = Date.now() + attemptSeconds * 1000): string {
    return `__Host-sign-in=${sign({ state: name, nonce: name, verifier: name, returnTo: '/', until }, new Secret(secret))}`;
  }

  /** The cookie as releases made it whose code for nginx did not hold the end. */
  beginSignInAsEarlierReleases(name: string): string {
    const [cookie, signature = ''] = this.beginSignIn(name).split('.');
    const code = createHash('md5').update(`sign-in ${signature} ${secret}`).digest('base64url');
    return `${cookie}.${signature}.${code}`;
  }

  async ask(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const options: RequestOptions = { host: '127.0.0.1', port: this.#port, path, method, headers, agent: this.#agent };
      const sent = request(options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
        response.once('error', reject);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  /** A request whose body is sent by hand. */
  async open(method: string, path: string, headers: Record<string, string>): Promise<OpenRequest> {
    const socket = connect({ host: '127.0.0.1', port: this.#port, rejectUnauthorized: false });
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    const lines = Object.entries({ host: 'site', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    return new OpenRequest(socket);
  }

  #serve(incoming: IncomingMessage, response: ServerResponse): void {
    if (incoming.url === '/internal/session') {
      const token = /__Host-session=([\w-]{43})/.exec(incoming.headers.cookie ?? '')?.[1] ?? '';
      response.writeHead(this.knowsSessionCheck ? (this.#sessions.has(token) ? 204 : 401) : 404).end();
      return;
    }
    this.asked.push(`${incoming.method} ${incoming.url}`);
    this.answer(incoming, response);
  }
}

/** A request that is still being sent. */
export class OpenRequest {
  readonly #socket: TLSSocket;
  readonly #began = performance.now();
  /** The status line's number, and the milliseconds it took. */
  readonly answered: Promise<{ readonly status: number; readonly ms: number; readonly text: string }>;

  constructor(socket: TLSSocket) {
    this.#socket = socket;
    this.answered = new Promise((resolve, reject) => {
      let text = '';
      socket.setEncoding('utf8').on('data', (part) => {
        text += part;
        const status = Number(/^HTTP\/1\.1 (\d+) /.exec(text)?.[1]);
        if (status) resolve({ status, ms: performance.now() - this.#began, text });
      });
      socket.on('error', reject);
      socket.once('close', () => reject(new Error('closed without an answer')));
    });
    this.answered.catch(() => undefined);
  }

  /** Bytes of the body; a connection that nginx has closed takes no more. */
  send(bytes: Buffer | string): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  close(): void {
    this.#socket.destroy();
  }
}
