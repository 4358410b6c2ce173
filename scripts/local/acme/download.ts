/** The archive of Pebble that its project publishes, verified before anything of it is unpacked. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { extract } from 'tar';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { remove } from '../../io/state.ts';
import { fetchFile } from '../fetch-file.ts';
import { publishedRelease } from './version.ts';

const server = 'https://github.com/letsencrypt/pebble/releases/download';
const goNames: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * @throws Error when there is none for this machine, it can't be fetched, or it is not the one
 *   that was published
 */
export async function downloadInto(folder: string, progress: Progress, from = server, pinned = publishedRelease.sha256): Promise<void> {
  const target = `${process.platform}-${process.arch}`;
  const sha256 = pinned[target];
  if (sha256 === undefined) throw new Error(`none is published for ${target}`);
  const url = `${from}/v${publishedRelease.version}/pebble-${process.platform}-${goNames[process.arch]}.tar.gz`;
  const archive = join(folder, 'pebble.tar.gz');
  try {
    const actual = await fetchFile(url, archive, (note) =>
      progress(`downloading the ACME server Pebble ${publishedRelease.version}: ${note}`),
    );
    if (actual !== sha256) throw new Error(`${url} has the SHA-256 ${actual}, not ${sha256}`);
    await unpack(archive, folder);
  } finally {
    remove(archive);
  }
}

async function unpack(archive: string, folder: string): Promise<void> {
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked);
  await extract({ file: archive, cwd: unpacked });
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const command = files.find(({ name }) => name === 'pebble');
  if (command === undefined) throw new Error('the archive has no pebble');
  copyFileSync(join(command.parentPath, command.name), join(folder, 'pebble'));
  remove(unpacked);
}
