/**
 * The official build of the engine, with its language hosts, from Pulumi's releases: taken when its
 * checksum is the pinned one.
 */
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { run } from '../../io/process/processes.ts';
import { remove } from '../../io/state.ts';
import { fetchFile, patience } from '../fetch-file.ts';
import { archiveChecksums } from './checksums.ts';
import { install } from './install.ts';
import { engineVersion } from './version.ts';

const releases = 'https://github.com/pulumi/pulumi/releases/download';
const platform = `${process.platform}-${process.arch}`;

/** An archive to be fetched. */
export interface Archive {
  readonly url: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

export function archiveUrl(): string {
  return `${releases}/v${engineVersion}/pulumi-v${engineVersion}-${platform}.tar.gz`;
}

/**
 * @throws DojangError `wrong-checksum` when the server sends something else than was released;
 *   Error when the download does not succeed
 */
export async function download(progress: Progress): Promise<string> {
  const sha256 = archiveChecksums[platform];
  if (!sha256) throw new Error(`Pulumi releases no engine for ${platform}`);
  progress(`downloading the Pulumi engine ${engineVersion}`);
  return install((draft) => fetchInto({ url: archiveUrl(), sha256 }, draft, progress));
}

/**
 * Unpacks an archive of the shape `pulumi/pulumi`, `pulumi/pulumi-language-nodejs`, ... into `bin/`
 * of a folder. Nothing of it is unpacked before its checksum is right.
 */
export async function fetchInto(archive: Archive, folder: string, progress: Progress, limits = patience): Promise<void> {
  const file = join(folder, 'archive.tar.gz');
  requireChecksum(
    archive,
    await fetchFile(archive.url, file, (note) => progress(`downloading the Pulumi engine ${engineVersion}: ${note}`), limits),
  );
  const unpacked = join(folder, 'unpacked');
  mkdirSync(unpacked);
  await run('tar', ['-xzf', file, '-C', unpacked]);
  remove(file);
  const [top] = readdirSync(unpacked);
  if (top === undefined) throw new Error(`${archive.url} is an empty archive`);
  renameSync(join(unpacked, top), join(folder, 'bin'));
}

function requireChecksum({ url, sha256 }: Archive, actual: string): void {
  if (actual === sha256) return;
  throw new DojangError('wrong-checksum', `${url} is not what Pulumi released as ${engineVersion}`, {
    why: `Its SHA-256 is ${actual}, not ${sha256}.`,
    next: 'find out what stands between you and that server before you use it; a pulumi on PATH is taken as it is',
  });
}
