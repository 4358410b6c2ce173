/** One answer that is the same for all clients, kept as the bytes that are sent. */
import { createHash } from 'node:crypto';
import { within } from '../time-limit.ts';

export interface CachedResponseOptions {
  /** What is answered, as a value for JSON. */
  readonly read: () => Promise<unknown>;
  readonly clock: () => Date;
  /** So long the copy is answered without asking anew. */
  readonly freshMs: number;
  /** So long it is answered when asking fails. */
  readonly staleMs: number;
}

export interface Serialised {
  readonly body: string;
  /** Strong: it changes with every byte. */
  readonly etag: string;
}

interface Copy extends Serialised {
  readonly readAt: number;
}

/**
 * A reading that takes longer has failed, in milliseconds; where there is a copy, people get that
 * instead of waiting.
 */
export const readLimitMs = 2_000;
/** While readings fail, the next is tried after this time, and the copy answered at once. */
const retryMs = 1_000;

export class CachedResponse {
  readonly #options: CachedResponseOptions;
  #copy: Copy | undefined;
  #reading: Promise<Copy> | undefined;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(options: CachedResponseOptions) {
    this.#options = options;
  }

  /**
   * However many ask at once, one reading serves them. @throws what reading throws when there is no
   * copy that may still be answered
   */
  async current(): Promise<Serialised & { readonly isStale: boolean }> {
    const { freshMs, staleMs } = this.#options;
    const copy = this.#copy;
    const age = this.#since(copy?.readAt);
    if (copy && age < freshMs) return { ...copy, isStale: false };
    const fallback = copy && age < staleMs ? { ...copy, isStale: true } : undefined;
    if (fallback && this.#since(this.#failedAt) < retryMs) return fallback;
    try {
      return { ...(await this.#read()), isStale: false };
    } catch (error) {
      if (fallback) return fallback;
      throw error;
    }
  }

  /** A clock that was set back makes a copy old, not young for ever. */
  #since(moment = Number.NEGATIVE_INFINITY): number {
    const age = this.#options.clock().getTime() - moment;
    return age < 0 ? Number.POSITIVE_INFINITY : age;
  }

  #read(): Promise<Copy> {
    this.#reading ??= this.#readAnew()
      .catch((error) => {
        this.#failedAt = this.#options.clock().getTime();
        throw error;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #readAnew(): Promise<Copy> {
    const readAt = this.#options.clock().getTime();
    const body = JSON.stringify(await within(this.#options.read(), readLimitMs));
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    this.#copy = { body, etag, readAt };
    return this.#copy;
  }
}
