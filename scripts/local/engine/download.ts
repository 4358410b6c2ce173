/** The official build of the engine, with its language hosts, from Pulumi's releases: taken when its checksum is the pinned one. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { DojangError } from '../../../lib/errors.ts';
import type { Progress } from '../../../lib/ports.ts';
import { remove } from '../../io/state.ts';
import { archiveChecksums } from './checksums.ts';
import { install } from './install.ts';
import { engineVersion } from './version.ts';

const run = promisify(execFile);
const releases = 'https://github.com/pulumi/pulumi/releases/download';
const platform = `${process.platform}-${process.arch}`;

/** An archive to be fetched. */
export interface Archive {
  readonly url: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Where the server can't be reached, the next source must come soon; one that answers may take its time, as long as something comes. */
interface Limits {
  /** Milliseconds until the answer begins. */
  readonly answerMs: number;
  /** Milliseconds between two pieces of it. */
  readonly silenceMs: number;
}

const patience: Limits = { answerMs: 10_000, silenceMs: 30_000 };

export function archiveUrl(): string {
  return `${releases}/v${engineVersion}/pulumi-v${engineVersion}-${platform}.tar.gz`;
}

/** @throws DojangError `wrong-checksum` when the server sends something else than was released; Error when the download does not succeed */
export async function download(progress: Progress): Promise<string> {
  const sha256 = archiveChecksums[platform];
  if (!sha256) throw new Error(`Pulumi releases no engine for ${platform}`);
  progress(`downloading the Pulumi engine ${engineVersion}`);
  return install((draft) => fetchInto({ url: archiveUrl(), sha256 }, draft, progress));
}

/**
 * Unpacks an archive of the shape `pulumi/pulumi`, `pulumi/pulumi-language-nodejs`, ... into `bin/` of a folder. Nothing of it is unpacked
 * before its checksum is right.
 */
export async function fetchInto(archive: Archive, folder: string, progress: Progress, limits = patience): Promise<void> {
  const file = join(folder, 'archive.tar.gz');
  requireChecksum(archive, await fetchFile(archive.url, file, progress, limits));
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked);
  await run('tar', ['-xzf', file, '-C', unpacked]);
  remove(file);
  const [top] = readdirSync(unpacked);
  if (top === undefined) throw new Error(`${archive.url} is an empty archive`);
  renameSync(join(unpacked, top), join(folder, 'bin'));
}

/** @returns the SHA-256 of what came */
async function fetchFile(url: string, file: string, progress: Progress, { answerMs, silenceMs }: Limits): Promise<string> {
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
        progress(`downloading the Pulumi engine ${engineVersion}: ${megabytes(received)}${total ? ` of ${megabytes(total)}` : ''} MB`);
        yield piece;
      }
    };
    await pipeline(answer.body, observed, createWriteStream(file));
    return hash.digest('hex');
  } finally {
    clearTimeout(timer);
  }
}

function requireChecksum({ url, sha256 }: Archive, actual: string): void {
  if (actual === sha256) return;
  throw new DojangError('wrong-checksum', `${url} is not what Pulumi released as ${engineVersion}`, {
    why: `Its SHA-256 is ${actual}, not ${sha256}.`,
    next: 'find out what stands between you and that server before you use it; a pulumi on PATH is taken as it is',
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
