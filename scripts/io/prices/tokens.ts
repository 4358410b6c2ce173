/** JSON of any size as tokens, a piece of the text at a time: the whole is never in memory. */
import { createReadStream, existsSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';

export interface JsonPlace {
  /** A file, or an address that begins with http. */
  readonly place: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Small pieces keep few tokens alive at once: at 256 KiB the process needs twice the memory and is
 * no faster.
 */
const pieceBytes = 32 * 1024;

/** @throws DojangError when the place cannot be read or holds something else than JSON. */
export async function* tokensOf(from: JsonPlace): AsyncGenerator<readonly Token[]> {
  const parse = jsonParser({ streamValues: false });
  try {
    for await (const piece of await textOf(from)) {
      const parsed = parse(String(piece));
      if (typeof parsed === 'object') yield parsed.values;
    }
  } catch (error) {
    if (error instanceof DojangError) throw error;
    throw new DojangError('unreadable-prices', `${from.place} could not be read as JSON`, { why: messageOf(error), cause: error });
  }
}

async function textOf({ place, headers = {} }: JsonPlace): Promise<Readable> {
  const bytes = /^https?:/.test(place) ? await fetched(place, headers) : opened(place);
  // An error on the way destroys the last stream, and its reader gets the error there.
  const plain = place.endsWith('.gz') ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
  return plain.setEncoding('utf8');
}

function opened(file: string): Readable {
  if (existsSync(file)) return createReadStream(file, { highWaterMark: pieceBytes });
  throw new DojangError('no-such-file', `there is no file ${file}`, { next: 'give the path or the address of a price list' });
}

async function fetched(address: string, headers: Readonly<Record<string, string>>): Promise<Readable> {
  const answer = await fetch(address, { headers }).catch((error: unknown) => {
    throw new DojangError('prices-unreachable', `${new URL(address).host} does not answer`, { why: messageOf(error), cause: error });
  });
  if (answer.ok && answer.body) return Readable.fromWeb(answer.body as ReadableStream);
  throw new DojangError('prices-unreachable', `${new URL(address).host} answers ${answer.status} for ${new URL(address).pathname}`, {
    next:
      answer.status === 401 || answer.status === 403 ? 'set the key that the price list needs: GOOGLE_API_KEY, RUNPOD_API_KEY' : undefined,
  });
}
