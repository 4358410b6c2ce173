/**
 * A folder as one file whose bytes depend on its contents alone: built twice, it is the same
 * artifact.
 */
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';

/**
 * The time written on every file. The year tar began to matter is as good as another; zero confuses
 * some readers.
 */
const aTime = new Date('2000-01-01T00:00:00Z');

export interface Packed {
  readonly digest: string;
  readonly bytes: number;
}

/** Packs everything in `folder` into `file` (tar, gzip), sorted and without owners or times. */
export async function pack(folder: string, file: string): Promise<Packed> {
  const names = readdirSync(folder).sort();
  // Compressed at the fastest level: the heavy part, the runtime and the wheels, hardly shrinks
  // further.
  await create(
    { cwd: folder, file, gzip: { level: 6 }, portable: true, mtime: aTime, strict: true, preservePaths: false },
    sorted(folder, names),
  );
  return { digest: await digestOf(file), bytes: statSync(file).size };
}

/** Every file below, in an order that does not depend on the file system. */
function sorted(folder: string, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (!statSync(`${folder}/${name}`).isDirectory()) return [name];
    return readdirSync(`${folder}/${name}`, { recursive: true, encoding: 'utf8' })
      .map((below) => `${name}/${below}`)
      .filter((path) => statSync(`${folder}/${path}`).isFile())
      .sort();
  });
}

/** SHA-256 of a file, in hexadecimal. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
