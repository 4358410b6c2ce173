/** Reads a request's body with limits on bytes and time, and all bodies together with a limit on memory. */
import { Problem, tooSlow, unavailable } from '../../errors.ts';

export interface BodyLimits {
  readonly maxBytes: number;
  /** Longest silence, and longest time in all. */
  readonly idleMs: number;
  readonly totalMs: number;
}

/** Bytes that all uploads being read at this time may hold. */
export class Memory {
  #free: number;

  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** @throws Problem 503 */
  take(bytes: number): void {
    if (bytes > this.#free) {
      throw unavailable('Too many contracts are being sent at this moment. Please try again.');
    }
    this.#free -= bytes;
  }

  give(bytes: number): void {
    this.#free += bytes;
  }
}

export const tooLarge = (maxBytes: number): Problem =>
  new Problem(413, 'too-large', 'Too large', { detail: `A contract may have ${Math.floor(maxBytes / 1024)} KiB in all.` });

/**
 * The body, handed to `use`; its memory is free again afterwards.
 * @throws Problem 413 as soon as more than `maxBytes` have come or are announced, 408 when it comes too slowly, 503
 */
export async function withBody<T>(
  request: Request,
  limits: BodyLimits,
  memory: Memory,
  use: (body: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.maxBytes) throw tooLarge(limits.maxBytes);
  const held = { bytes: 0 };
  const take = (bytes: number) => {
    memory.take(bytes);
    held.bytes += bytes;
  };
  try {
    return await use(await read(request, limits, take));
  } finally {
    memory.give(held.bytes);
  }
}

async function read(request: Request, limits: BodyLimits, take: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  const end = performance.now() + limits.totalMs;
  try {
    for (let bytes = 0; ; ) {
      const { done, value } = await inTime(reader, Math.min(limits.idleMs, end - performance.now()));
      if (done) return joined(chunks, bytes);
      bytes += value.length;
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

/** In memory of its own, so that it can be moved to another thread. */
function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
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
