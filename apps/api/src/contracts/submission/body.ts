/**
 * Reads a request's body with limits on bytes and time, and all bodies together with a limit on
 * memory.
 */
import { Problem, tooSlow, unavailable } from '../../errors.ts';

export interface BodyLimits {
  readonly maxBytes: number;
  /** Longest silence, and longest time in all. */
  readonly idleMs: number;
  readonly totalMs: number;
  /** In each `windowMs` after the first, at least so many bytes have to come. */
  readonly windowMs: number;
  readonly windowBytes: number;
}

const retrySeconds = 5;

/** Bytes that all uploads being read at this time may hold, and of them those of one person. */
export class UploadMemory {
  #free: number;
  readonly #personBytes: number;
  readonly #held = new Map<string, number>();

  constructor(bytes: number, personBytes: number) {
    this.#free = bytes;
    this.#personBytes = personBytes;
  }

  /** @throws Problem 429 when the person holds too much, 503 when all together do */
  take(personId: string, bytes: number): void {
    const held = (this.#held.get(personId) ?? 0) + bytes;
    if (held > this.#personBytes) {
      throw new Problem(429, 'too-many-uploads', 'You are sending too many contracts at once', {
        detail: 'Please wait until one of them has been sent.',
        headers: { 'retry-after': String(retrySeconds) },
      });
    }
    if (bytes > this.#free) throw unavailable('Too many contracts are being sent at this moment. Please try again.');
    this.#free -= bytes;
    this.#held.set(personId, held);
  }

  give(personId: string, bytes: number): void {
    const held = (this.#held.get(personId) ?? 0) - bytes;
    this.#free += bytes;
    if (held > 0) this.#held.set(personId, held);
    else this.#held.delete(personId);
  }
}

const abortedCodes: ReadonlySet<string> = new Set(['too-slow', 'cut-off']);

/**
 * Whether a body was not sent to its end, which costs memory and time and leaves no contract that
 * would be counted.
 */
export function isAborted(error: unknown): boolean {
  return error instanceof Problem && abortedCodes.has(error.code);
}

export const tooLarge = (maxBytes: number): Problem =>
  new Problem(413, 'too-large', 'Too large', { detail: `A contract may have ${Math.floor(maxBytes / 1024)} KiB in all.` });

/**
 * The body, handed to `use`; its memory is free again afterwards.
 * @throws Problem 413 as soon as more than `maxBytes` have come or are announced, 408 when it
 *   comes too slowly, 429, 503
 */
export async function withBody<T>(
  request: Request,
  limits: BodyLimits,
  { memory, personId }: { readonly memory: UploadMemory; readonly personId: string },
  use: (body: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  const held = { bytes: 0 };
  const take = (bytes: number) => {
    memory.take(personId, bytes);
    held.bytes += bytes;
  };
  try {
    return await use(await read(request, limits, take));
  } finally {
    memory.give(personId, held.bytes);
  }
}

async function read(request: Request, limits: BodyLimits, take: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  const pace = new UploadRate(limits);
  try {
    for (let bytes = 0; ; ) {
      const { done, value } = await inTime(reader, pace.waitMs());
      if (done) return joined(chunks, bytes);
      bytes += value.length;
      pace.came(value.length);
      if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
      take(value.length);
      chunks.push(value);
    }
  } catch (error) {
    // What is still coming is not read.
    void reader.cancel().catch(() => undefined);
    throw error instanceof Problem ? error : new Problem(400, 'cut-off', 'The request ended too early', { cause: error });
  }
}

/** In one piece, as the process that reads it takes it. */
function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

/** How long the next bytes are waited for. */
class UploadRate {
  readonly #limits: BodyLimits;
  readonly #end: number;
  #windowEnd: number;
  /** A body may begin slowly: the first window is free. */
  #windowBytes = Number.POSITIVE_INFINITY;

  constructor(limits: BodyLimits) {
    const now = performance.now();
    this.#limits = limits;
    this.#end = now + limits.totalMs;
    this.#windowEnd = now + limits.windowMs;
  }

  waitMs(): number {
    return Math.min(this.#limits.idleMs, this.#end - performance.now());
  }

  /** @throws Problem 408 when the window that ends had too few bytes */
  came(bytes: number): void {
    const now = performance.now();
    this.#windowBytes += bytes;
    if (now < this.#windowEnd) return;
    if (this.#windowBytes < this.#limits.windowBytes) throw tooSlow();
    this.#windowEnd = now + this.#limits.windowMs;
    this.#windowBytes = 0;
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function inTime(reader: Reader, ms: number): ReturnType<Reader['read']> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), Math.max(0, ms));
  });
  try {
    return await Promise.race([reader.read(), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
