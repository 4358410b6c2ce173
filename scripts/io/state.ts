/**
 * Where an environment's working files live: `.dojang/` of this clone for state, the user's cache
 * folder for what can be made again.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

/** Root of this clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** State of the embedded clouds. Ignored by git; two clones do not share it. */
export const stateFolder = join(root, '.dojang');
/** Shared by all clones of one user: engine, Python environments. */
export const cacheFolder = envPaths('dojang', { suffix: '' }).cache;

/** Reads a JSON file; undefined when it does not exist or was cut off half-way. */
export function readJson<T>(path: string): T | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/**
 * Writes a JSON file so that a reader sees the old text or the new one, never a part, even when the
 * writer is killed.
 */
export function writeJson(path: string, value: unknown): void {
  writeText(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** As `writeJson`, for text. */
export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Runs `work` with an empty folder that is gone afterwards. */
export function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-'));
  try {
    return work(folder);
  } finally {
    remove(folder);
  }
}

/** As `inTemporaryFolder`, for work that takes its time. */
export async function whileTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-'));
  try {
    return await work(folder);
  } finally {
    remove(folder);
  }
}
