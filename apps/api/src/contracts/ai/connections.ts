/**
 * Connections to the AI server by mutual TLS; made anew when the certificates have been renewed on
 * the disk.
 */
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Logger } from 'pino';
import { Agent } from 'undici';

export interface TlsFiles {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  /** The name that the server's certificate must carry; its address is not in it. */
  readonly name: string;
}

const connectLimitMs = 5_000;
/**
 * A host that was switched off answers nothing: probes after 10 s find it in about 20 s instead of
 * at the deadline.
 */
const keepAliveInitialDelayMs = 10_000;

export class Connections {
  readonly #files: TlsFiles;
  readonly #log: Logger;
  #agent: Agent | undefined;
  #mark = '';

  constructor(files: TlsFiles, log: Logger) {
    this.#files = files;
    this.#log = log;
  }

  /**
   * The agent of the certificates as they are now. A pair that does not fit together, as during a
   * renewal, is not taken.
   */
  async agent(): Promise<Agent> {
    const mark = await this.#currentMark();
    if (this.#agent && mark === this.#mark) return this.#agent;
    try {
      const fresh = newAgent(await this.#secrets(), this.#files.name);
      // Calls under way end on the old one.
      void this.#agent?.close().catch(() => undefined);
      this.#agent = fresh;
      this.#mark = mark;
    } catch (error) {
      if (!this.#agent) throw error;
      this.#log.warn({ err: error }, 'new certificates for the ai server can not be used; the old ones stay');
    }
    return this.#agent;
  }

  async close(): Promise<void> {
    await this.#agent?.destroy();
    this.#agent = undefined;
  }

  async #currentMark(): Promise<string> {
    const marks = this.#paths().map(async (path) => {
      const { mtimeMs, size, ino } = await stat(path);
      return `${mtimeMs}/${size}/${ino}`;
    });
    return (await Promise.all(marks).catch(() => undefined))?.join(' ') ?? this.#mark;
  }

  #paths(): string[] {
    return [this.#files.ca, this.#files.cert, this.#files.key].filter((path) => path !== undefined);
  }

  async #secrets(): Promise<{ ca?: Buffer; cert?: Buffer; key?: Buffer }> {
    const read = async (path: string | undefined) => (path === undefined ? undefined : await readFile(path));
    const [ca, cert, key] = await Promise.all([read(this.#files.ca), read(this.#files.cert), read(this.#files.key)]);
    const secrets = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
    createSecureContext(secrets);
    return secrets;
  }
}

const newAgent = (secrets: { ca?: Buffer; cert?: Buffer; key?: Buffer }, servername: string): Agent =>
  new Agent({
    allowH2: false,
    pipelining: 1,
    // The call's own signal carries the deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      ...secrets,
      ...(secrets.ca && { servername }),
      timeout: connectLimitMs,
      keepAliveInitialDelay: keepAliveInitialDelayMs,
    },
  });
