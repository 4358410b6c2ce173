/**
 * Puts a .gz beside each built file that shrinks, so that the web server compresses nothing at
 * request time.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = /\.(?:html|css|js|svg|json|webmanifest|txt)$/;
const squeeze = promisify(gzip);

export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    async closeBundle(error?: Error) {
      if (!error) await compressAll(folder);
    },
  };
}

async function compressAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && compressible.test(entry.name));
  await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
}

async function compress(file: string): Promise<void> {
  const plain = await readFile(file);
  const small = await squeeze(plain, { level: constants.Z_BEST_COMPRESSION });
  if (small.length < plain.length) await writeFile(`${file}.gz`, small);
}
