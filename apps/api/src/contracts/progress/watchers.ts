/** All clients that wait for their contracts. One reading of the line a second, and one timer, serve them all. */
import type { Logger } from 'pino';
import { isOpen } from '../contract.ts';
import type { Lineup, OpenContract } from './lineup.ts';
import { EventStream, event, retryHint } from './stream.ts';
import type { ContractView } from './views.ts';

export interface WatchersOptions {
  readonly lineup: Lineup;
  /** The contracts that have ended among these. */
  readonly ended: (ids: readonly string[]) => Promise<ContractView[]>;
  readonly log: Logger;
  readonly pollMs: number;
}

const commentAfterMs = 15_000;
/** Of one contract, like windows that somebody has open; one more ends the oldest. */
const mostStreams = 8;
/** Who takes nothing for so long is gone, though the connection does not say so. */
const stuckLimitMs = 60_000;
/** Results are large: so many are read at once. */
const batch = 20;
/** Between two readings at the least, however often something happens. */
const leastMs = 200;

interface Watcher {
  readonly stream: EventStream;
  /** The id of the last event that the client has. It tells of itself what was said, so that any process sees whether there is news. */
  last: string;
  position: number;
  /** Of the words that were sent, without their numbers. */
  shape: number;
}

export class Watchers {
  readonly #options: WatchersOptions;
  readonly #watchers = new Map<string, Set<Watcher>>();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #ticking: Promise<void> | undefined;
  #stopped = false;
  #failing = false;

  constructor(options: WatchersOptions) {
    this.#options = options;
  }

  get count(): number {
    let sum = 0;
    for (const some of this.#watchers.values()) sum += some.size;
    return sum;
  }

  /** A stream of the contract's progress until it has ended. `last` is what a client that comes again already has. */
  open(id: string, last: string): ReadableStream<Uint8Array> {
    const watcher: Watcher = { stream: new EventStream(performance.now(), () => this.#forget(id, watcher)), last, position: 0, shape: 0 };
    if (this.#stopped) {
      watcher.stream.send(retryHint(1000, 5000), performance.now(), true);
      return watcher.stream.body;
    }
    watcher.stream.send(retryHint(1000, 3000), performance.now());
    const some = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, some.add(watcher));
    const [first] = some;
    if (first && some.size > mostStreams) this.#drop(id, first);
    this.poke();
    return watcher.stream.body;
  }

  /** Something has happened: tell soon, not at the next second. */
  poke(): void {
    if (this.#watchers.size > 0) this.#due(leastMs);
  }

  /** Ends all streams with a hint to come again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
    const now = performance.now();
    for (const some of this.#watchers.values()) for (const { stream } of some) stream.send(retryHint(1000, 5000), now, true);
    this.#watchers.clear();
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
        this.#care(performance.now());
        if (this.#watchers.size > 0) this.#due(this.#options.pollMs);
      });
  }

  /** Told once, not every second while the database is away. */
  #failed(error: unknown): void {
    if (!this.#failing) this.#options.log.warn({ err: error }, 'the line could not be read');
    this.#failing = true;
  }

  async #tick(): Promise<void> {
    await this.#options.lineup.refresh();
    const now = performance.now();
    const missing: string[] = [];
    for (const [id, some] of this.#watchers) {
      const open = this.#options.lineup.find(id);
      if (open) this.#tell(some, open, now);
      else missing.push(id);
    }
    for (let at = 0; at < missing.length; at += batch) {
      for (const view of await this.#options.ended(missing.slice(at, at + batch))) this.#finish(view);
    }
  }

  #tell(some: ReadonlySet<Watcher>, open: OpenContract, now: number): void {
    const progress = this.#options.lineup.progress(open);
    const position = progress.position ?? 0;
    const shape = hash(progress.message.en.replace(/\d+/g, ''));
    const id = `${progress.status}-${position}-${shape.toString(36)}`;
    for (const watcher of some) {
      if (!isNews(watcher, position, shape)) continue;
      watcher.position = position;
      watcher.shape = shape;
      if (watcher.last === id) continue;
      watcher.last = id;
      watcher.stream.send(event('progress', id, progress), now);
    }
  }

  #finish(view: ContractView): void {
    if (isOpen(view.status)) return;
    const text = event('done', doneId, view);
    for (const { stream } of this.#watchers.get(view.id) ?? []) stream.send(text, performance.now(), true);
    this.#watchers.delete(view.id);
  }

  /** Comments to the silent, farewell to the stuck. */
  #care(now: number): void {
    for (const [id, some] of this.#watchers) {
      for (const watcher of some) {
        watcher.stream.keepAlive(now, commentAfterMs);
        if (watcher.stream.stuckMs(now) > stuckLimitMs) this.#drop(id, watcher);
      }
    }
  }

  #drop(id: string, watcher: Watcher): void {
    watcher.stream.close();
    this.#forget(id, watcher);
  }

  #forget(id: string, watcher: Watcher): void {
    const some = this.#watchers.get(id);
    some?.delete(watcher);
    if (some?.size === 0) this.#watchers.delete(id);
  }
}

/** Other words, or nearer by some steps: far back in the line one step is none, or each answer would be news for everybody. */
const isNews = (watcher: Watcher, position: number, shape: number): boolean =>
  shape !== watcher.shape || Math.abs(position - watcher.position) >= Math.max(1, watcher.position / 20);

function hash(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum >>> 0;
}

export const doneId = 'done';
