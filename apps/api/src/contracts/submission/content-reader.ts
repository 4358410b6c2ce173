/**
 * Reads bodies in processes of their own. One that takes too long or too much memory is killed.
 * Processes and not threads: a thread cannot be ended while it is in a function of the platform
 * (`normalize`, `JSON.parse`), and one without memory ends the whole server.
 */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Pool, pool, TerminateError, Promise as WorkerPromise } from 'workerpool';
import { Problem, unavailable } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Page } from '../contract.ts';
import type { FoundPage, Read, Reply } from './content-worker.ts';
import type { ContentLimits } from './limits.ts';
import type { Content } from './pages.ts';

export interface DigestedContent extends Content {
  /** Of pages and locale (digest.ts). */
  readonly digest: Buffer;
}

export interface ReaderOptions {
  readonly limits: ContentLimits;
  readonly log: Logger;
  /**
   * Longest time for one body. A usual one takes some milliseconds, the largest some hundred.
   * @default 10 s, for a machine that is busy
   */
  readonly deadlineMs?: number;
  /** The program of a process. @default content-worker beside this file */
  readonly script?: string;
}

/** As many as the host has processors (m7g.large): more would only wait for each other. */
const processes = 2;
/**
 * Bodies that wait for a process: twice the 500 people at once of an exam's peak. Their bytes in
 * all are limited, too (body.ts).
 */
const longestQueue = 1_000;
/** A process is killed at once; this long its end is waited for. */
const terminateMs = 1_000;
/** Objects made of one body; its bytes are not counted in it. */
const heapMiB = 128;

export class ContentReader {
  readonly #options: ReaderOptions;
  readonly #pool: Pool;
  readonly #reading = new Set<Promise<Reply>>();

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#pool = pool(options.script ?? ownScript(), {
      workerType: 'process',
      maxWorkers: processes,
      // Nothing needs to be tidied up in a process.
      workerTerminateTimeout: 1,
      // Only TMPDIR of the environment: its secrets must not get into a core dump or an error of
      // the process. Foreign code in it could still read them where the service itself does
      // (docs/security.md).
      forkOpts: { serialization: 'advanced', env: { TMPDIR: tmpdir() }, execArgv: [`--max-old-space-size=${heapMiB}`] },
    });
  }

  /**
   * Begins to start a process, so that the first contract does not wait for it. One that cannot be
   * started is found by `read`.
   */
  start(): void {
    void this.#pool.exec('methods').catch(() => undefined);
  }

  /**
   * @throws Problem 400, 413, 415, 422 for what it is; 503 when it took too long, or too many wait
   */
  async read(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<DigestedContent> {
    if (this.#pool.stats().pendingTasks >= longestQueue) {
      throw unavailable('Too many contracts are being sent at this moment. Please try again.');
    }
    const reading = this.#ask(body, contentType);
    this.#reading.add(reading);
    try {
      const reply = await reading;
      if ('problem' in reply) throw Problem.of(reply.problem);
      const { pages, locale, digest } = reply.content;
      return { pages: pages.map((page) => pageIn(body, page)), locale, digest: Buffer.from(digest) };
    } finally {
      this.#reading.delete(reading);
    }
  }

  /** Lets what is being read come to its end. One that has ended already is not heard of again. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#reading);
    await this.#pool.terminate(true, terminateMs).catch((error: unknown) => {
      if (!(error instanceof WorkerPromise.TimeoutError)) throw error;
    });
  }

  async #ask(body: Uint8Array<ArrayBuffer>, contentType: string): Promise<Reply> {
    const { limits, log, deadlineMs = 10_000 } = this.#options;
    const { maxPages, maxBytes, maxCharacters, maxPageCharacters } = limits;
    const parameters: Parameters<Read> = [body, contentType, { maxPages, maxBytes, maxCharacters, maxPageCharacters }];
    try {
      return await this.#pool.exec<Read>('read', parameters).timeout(deadlineMs);
    } catch (error) {
      if (!wasKilled(error)) throw error;
      log.warn({ err: error, bytes: body.length }, 'a contract could not be read in time and memory');
      throw unavailable('The pages could not be read in time. Please send fewer at once, or try again.', error);
    }
  }
}

function wasKilled(error: unknown): boolean {
  return error instanceof WorkerPromise.TimeoutError || error instanceof TerminateError;
}

function pageIn(body: Uint8Array<ArrayBuffer>, page: FoundPage): Page {
  if (page.kind === 'text') return page;
  const { kind, mediaType, at, length } = page;
  return { kind, mediaType, data: Buffer.from(body.buffer, body.byteOffset + at, length) };
}

/** In a release the program lies beside the server, bundled like it (scripts/artifacts/api.ts). */
function ownScript(): string {
  const here = import.meta.url;
  return fileURLToPath(new URL(here.endsWith('.ts') ? './content-worker.ts' : './content-worker.js', here));
}
