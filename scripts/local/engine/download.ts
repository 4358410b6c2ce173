/** The official build of the engine, with its language hosts, from Pulumi's own server. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Progress } from '../../../lib/ports.ts';
import { install } from './install.ts';
import { engineVersion } from './version.ts';

/** The whole download may take this long: where the server can't be reached, the next source must come soon. */
const limitMilliseconds = 20_000;
const server = 'https://get.pulumi.com/releases/sdk';

/** @throws Error when the download does not succeed within 20 s. */
export async function download(progress: Progress): Promise<string> {
  const archive = `pulumi-v${engineVersion}-${process.platform}-${process.arch}.tar.gz`;
  progress(`downloading the Pulumi engine ${engineVersion}`);
  return install((draft) => fetchInto(`${server}/${archive}`, draft, AbortSignal.timeout(limitMilliseconds)));
}

/** Unpacks an archive of the shape `pulumi/pulumi`, `pulumi/pulumi-language-nodejs`, ... into `bin/` of a folder. */
export async function fetchInto(url: string, folder: string, signal: AbortSignal): Promise<void> {
  const answer = await fetch(url, { signal });
  if (!answer.ok || !answer.body) throw new Error(`${url} answers ${answer.status}`);
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked);
  await unpack(answer.body as ReadableStream<Uint8Array>, unpacked, signal);
  const [top] = readdirSync(unpacked);
  if (top === undefined) throw new Error(`${url} is an empty archive`);
  renameSync(join(unpacked, top), join(folder, 'bin'));
}

async function unpack(body: ReadableStream<Uint8Array>, into: string, signal: AbortSignal): Promise<void> {
  const tar = spawn('tar', ['-xzf', '-', '-C', into], { stdio: ['pipe', 'ignore', 'ignore'], signal });
  const ended = new Promise<void>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`tar ended with ${code}`))));
  });
  await Promise.all([pipeline(Readable.fromWeb(body), tar.stdin, { signal }), ended]);
}
