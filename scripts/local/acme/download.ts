/** The archive of Pebble that its project publishes, verified before anything of it is unpacked. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extract } from 'tar';
import type { Progress } from '../../../lib/ports.ts';
import { remove } from '../../io/state.ts';
import { publishedRelease } from './version.ts';

const server = 'https://github.com/letsencrypt/pebble/releases/download';
/** Where the server can't be reached, the reason must come soon. */
const limitMilliseconds = 20_000;
const goNames: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** @throws Error when there is none for this machine, it can't be fetched, or it is not the one that was published */
export async function downloadInto(folder: string, progress: Progress, from = server, pinned = publishedRelease.sha256): Promise<void> {
  const target = `${process.platform}-${process.arch}`;
  const sha256 = pinned[target];
  if (sha256 === undefined) throw new Error(`none is published for ${target}`);
  progress(`downloading the ACME server Pebble ${publishedRelease.version}`);
  const url = `${from}/v${publishedRelease.version}/pebble-${process.platform}-${goNames[process.arch]}.tar.gz`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(limitMilliseconds) });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (actual !== sha256) throw new Error(`${url} has the SHA-256 ${actual}, not ${sha256}`);
  await unpack(bytes, folder);
}

async function unpack(bytes: Buffer, folder: string): Promise<void> {
  const archive = join(folder, 'pebble.tar.gz');
  const unpacked = join(folder, 'unpacked');
  writeFileSync(archive, bytes);
  mkdirSync(unpacked);
  await extract({ file: archive, cwd: unpacked });
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const command = files.find(({ name }) => name === 'pebble');
  if (command === undefined) throw new Error('the archive has no pebble');
  copyFileSync(join(command.parentPath, command.name), join(folder, 'pebble'));
  remove(archive);
  remove(unpacked);
}
