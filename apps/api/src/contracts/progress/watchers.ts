/**
 * All clients that wait for their contracts. One reading of the line a second, and one timer, serve
 * them all.
 */
import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { within } from '../../time-limit.ts';
import { isOpen } from '../contract.ts';
import type { ContractView } from './contract-views.ts';
import type { OpenContract, QueuePositions } from './queue-position.ts';
import { EventStream, event, retryHint } from './stream.ts';
import { type StreamLimits, type StreamOwner, StreamRegistry } from './stream-registry.ts';
import { hash, isNews, type Watcher } from './watcher.ts';

export interface WatchersOptions {
  readonly positions: QueuePositions;
  /** Those of these contracts that are there. */
  readonly views: (ids: readonly string[]) => Promise<ContractView[]>;
  /** Gives the friendly answer to all whose deadline has passed; doing it twice changes nothing. */
  readonly endLate: () => Promise<unknown>;
  readonly log: Logger;
  readonly pollMs: number;
  /**
   * A stream is ended after this time with a hint to come again: whatever it waits for, it does not
   * stay for ever.
   */
  readonly maxAgeMs: number;
  readonly limits: StreamLimits;
}

const commentAfterMs = 15_000;
/** Who takes nothing for so long is gone, though the connection does not say so. */
const stuckLimitMs = 60_000;
/** The last event is the whole result, at most 4 MiB: so long may a slow network take for it. */
const lastEventMs = 120_000;
/** Results are large: so many are read at once. */
const batch = 20;
/** Between two readings at the least, however often something happens. */
const leastMs = 200;
/** How long the process may take to end its last reading when it has to stop. */
const lastReadingMs = 1_000;
/** Of `Last-Event-ID`: longer than any id that is sent here. */
const longestEventId = 64;

export class Watchers {
  readonly #options: WatchersOptions;
  readonly #watchers: StreamRegistry<Watcher>;
  #timer: NodeJS.Timeout | undefined;
  #carer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #ticking: Promise<void> | undefined;
  #stopped = false;
  #failing = false;

  constructor(options: WatchersOptions) {
    this.#options = options;
    this.#watchers = new StreamRegistry(options.limits);
  }

  get count(): number {
    return this.#watchers.size;
  }

  /**
   * A stream of the contract's progress until it has ended. `last` is what a client that comes
   * again already has. It counts until `response`, which is to carry it, is over: however that
   * comes about, and also when the stream never gets there.
   * @throws Problem 429, 503 when there are too many streams
   */
  open(owner: StreamOwner, last: string, response?: ServerResponse): ReadableStream<Uint8Array> {
    const openedAt = performance.now();
    const forget = () => this.#watchers.delete(watcher);
    const stream = new EventStream(openedAt, response ? () => undefined : forget);
    const shown = { last: last.slice(0, longestEventId), position: 0, shape: 0 };
    const watcher: Watcher = { owner, stream, openedAt, response, endedAt: undefined, ...shown };
    if (this.#stopped || response?.destroyed) {
      stream.send(retryHint(1000, 5000), openedAt, true);
      return stream.body;
    }
    this.#watchers.add(watcher);
    response?.once('close', forget);
    stream.send(retryHint(1000, 3000), openedAt);
    const surplus = this.#watchers.surplus(owner);
    // Much later than others: two windows would otherwise take the place from each other all the
    // time.
    if (surplus) this.#end(surplus, retryHint(20_000, 40_000));
    this.#carer ??= setInterval(() => this.#care(performance.now()), this.#options.pollMs).unref();
    this.poke();
    return stream.body;
  }

  /** Something has happened: notify soon, not at the next second. */
  poke(): void {
    if (this.count > 0) this.#due(leastMs);
  }

  /** Ends all streams with a hint to come again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await within(this.#ticking ?? Promise.resolve(), lastReadingMs).catch(() => undefined);
    for (const watcher of this.#watchers.all()) this.#end(watcher, retryHint(1000, 5000));
    clearInterval(this.#carer);
  }

  #due(ms: number): void {
    const at = performance.now() + ms;
    if (this.#stopped || this.#ticking || at >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => this.#run(), ms);
    this.#timer.unref();
  }

  #run(): void {
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#ticking = this.#tick()
      .then(
        () => {
          this.#failing = false;
        },
        (error) => this.#failed(error),
      )
      .finally(() => {
        this.#ticking = undefined;
        if (this.count > 0) this.#due(this.#options.pollMs);
      });
  }

  /** Logged once, not every second while the database is away. */
  #failed(error: unknown): void {
    if (!this.#failing) this.#options.log.warn({ err: error }, 'the line could not be read');
    this.#failing = true;
  }

  async #tick(): Promise<void> {
    const { positions, endLate, views } = this.#options;
    await positions.refresh();
    // The process that should have ended them is gone.
    if (this.#watchers.contracts().some((id) => positions.isOverdue(id))) {
      await endLate();
      await positions.refresh();
    }
    const missing: string[] = [];
    for (const id of this.#watchers.contracts()) {
      const open = positions.find(id);
      if (open) this.#notify(id, open);
      else missing.push(id);
    }
    for (let at = 0; at < missing.length; at += batch) {
      const ids = missing.slice(at, at + batch);
      const found = new Map((await views(ids)).map((view) => [view.id, view]));
      for (const id of ids) this.#finish(id, found.get(id));
    }
  }

  #notify(contract: string, open: OpenContract): void {
    const progress = this.#options.positions.progress(open);
    const position = progress.position ?? 0;
    const shape = hash(progress.message.en.replace(/\d+/g, ''));
    const id = `${progress.status}-${position}-${shape.toString(36)}`;
    const now = performance.now();
    for (const watcher of this.#watchers.of(contract)) {
      if (!isNews(watcher, position, shape)) continue;
      watcher.position = position;
      watcher.shape = shape;
      if (watcher.last === id) continue;
      watcher.last = id;
      watcher.stream.send(event('progress', id, progress), now);
    }
  }

  /** Of a contract that has been deleted there is nothing to say: who comes again gets 404. */
  #finish(id: string, view: ContractView | undefined): void {
    if (view && isOpen(view.status)) return;
    const text = view ? event('done', doneId, view) : retryHint(1000, 3000);
    for (const watcher of this.#watchers.of(id)) this.#end(watcher, text);
  }

  /**
   * Comments to the silent, farewell to the stuck and the old. Needs no database, and does not wait
   * for one.
   */
  #care(now: number): void {
    for (const watcher of this.#watchers.all()) {
      const { stream, openedAt, endedAt = now } = watcher;
      stream.keepAlive(now, commentAfterMs);
      if (stream.stuckMs(now) > stuckLimitMs || now - endedAt > lastEventMs) this.#drop(watcher);
      else if (now - openedAt > this.#options.maxAgeMs) this.#end(watcher, retryHint(1000, 5000));
    }
    if (this.count > 0) return;
    clearInterval(this.#carer);
    this.#carer = undefined;
  }

  /** It still counts for its person and address until the client has taken the last event. */
  #end(watcher: Watcher, text: string): void {
    if (watcher.endedAt !== undefined) return;
    watcher.endedAt = performance.now();
    this.#watchers.settle(watcher);
    watcher.stream.send(text, watcher.endedAt, true);
  }

  #drop(watcher: Watcher): void {
    watcher.stream.close();
    watcher.response?.destroy();
    this.#watchers.delete(watcher);
  }
}

export const doneId = 'done';
