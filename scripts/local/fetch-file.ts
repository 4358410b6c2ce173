/**
 * Fetching a released archive, with limits on silence instead of on the whole, which may be large.
 */

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Progress } from '../../lib/ports/reporter.ts';
import { fixedText } from '../../lib/values/number-text.ts';

/**
 * Where the server can't be reached, the next source must come soon; one that answers may take its
 * time, as long as something comes.
 */
export interface Limits {
  /** Milliseconds until the answer begins. */
  readonly answerMs: number;
  /** Milliseconds between two pieces of it. */
  readonly silenceMs: number;
}

export const patience: Limits = { answerMs: 10_000, silenceMs: 30_000 };

/**
 * Fetches into a file; `progress` gets the megabytes that have come.
 * @returns the SHA-256 of what came, hexadecimal
 * @throws Error with the status of an answer that is no success, or the silence that was too long
 */
export async function fetchFile(
  url: string,
  file: string,
  progress: Progress,
  { answerMs, silenceMs }: Limits = patience,
): Promise<string> {
  const abort = new AbortController();
  const limit = (ms: number) => setTimeout(() => abort.abort(new Error(`${url} sent nothing for ${ms / 1000} s`)), ms);
  let timer = limit(answerMs);
  try {
    const answer = await fetch(url, { signal: abort.signal });
    if (!answer.ok || !answer.body) throw new Error(`${url} answers ${answer.status}`);
    const total = Number(answer.headers.get('content-length'));
    const hash = createHash('sha256');
    let received = 0;
    const observed = async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        clearTimeout(timer);
        timer = limit(silenceMs);
        hash.update(piece);
        received += piece.length;
        progress(`${megabytes(received)}${total ? ` of ${megabytes(total)}` : ''} MB`);
        yield piece;
      }
    };
    await pipeline(answer.body, observed, createWriteStream(file));
    return hash.digest('hex');
  } finally {
    clearTimeout(timer);
  }
}

function megabytes(bytes: number): string {
  return fixedText(bytes / 1e6, 0);
}
