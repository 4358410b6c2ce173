/**
 * What of this machine made a command fail, where the error itself does not say so: a folder
 * without room, a cache that cannot be written, an embedded cloud that has ended.
 */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DojangError, messageOf } from '../../lib/errors/dojang-error.ts';
import { endedDaemon } from '../io/process/daemon.ts';
import { cacheFolder, stateFolder } from '../io/state.ts';
import { localFolders } from '../local/index.ts';

/** Where commands write on this machine; each with what to do when it has no room. */
const writtenTo: readonly WrittenFolder[] = [
  { folder: tmpdir(), next: 'make room there, or set TMPDIR to a folder with room; then run the same command again' },
  { folder: stateFolder, next: 'make room there; then run the same command again' },
  { folder: cacheFolder, next: 'make room there, or set XDG_CACHE_HOME to a folder with room; then run the same command again' },
];

const embeddedClouds: readonly EmbeddedCloud[] = [
  {
    name: 'the local AWS',
    folder: localFolders.aws,
    loses: 'It holds its resources in memory: they are gone, and with them the machine and the data that they had.',
    next: 'dojang up --env local starts it again and makes them anew',
  },
  {
    name: 'the local GCP',
    folder: localFolders.gcp,
    loses: 'Its resources are kept in a file.',
    next: 'dojang up --env local starts it again with what it had',
  },
];

interface WrittenFolder {
  readonly folder: string;
  readonly next: string;
}

interface EmbeddedCloud {
  readonly name: string;
  readonly folder: string;
  /** What its end means for what was in it. */
  readonly loses: string;
  readonly next: string;
}

export interface Machine {
  readonly folders: readonly WrittenFolder[];
  readonly cache: string;
  readonly clouds: readonly EmbeddedCloud[];
  /** Bytes that may still be written there; 0 also when there is no room for another file. */
  readonly room: (folder: string) => Promise<number>;
}

const thisMachine: Machine = { folders: writtenTo, cache: cacheFolder, clouds: embeddedClouds, room };

/** The error with its cause on this machine; itself where there is none. */
export async function withLocalCause(error: unknown, machine: Machine = thisMachine): Promise<unknown> {
  const errors = chainOf(error);
  const texts = errors.map((each) => `${messageOf(each)}\n${each instanceof DojangError ? (each.why ?? '') : ''}`);
  return (
    endedCloud(error, texts, machine) ??
    (await fullFolder(error, errors, texts, machine)) ??
    unwritableCache(error, errors, machine) ??
    error
  );
}

/** The error, what caused it, and those that it stands for. */
function chainOf(error: unknown, depth = 0): readonly unknown[] {
  if (!(error instanceof Error) || depth > 8) return [error];
  const further = [...(error.cause === undefined ? [] : [error.cause]), ...(error instanceof AggregateError ? error.errors : [])];
  return [error, ...further.flatMap((each) => chainOf(each, depth + 1))];
}

/** Recognised by its port: another service may refuse a connection while it is away too. */
function endedCloud(error: unknown, texts: readonly string[], { clouds }: Machine): DojangError | undefined {
  for (const { name, folder, loses, next } of clouds) {
    const ports = Object.values(endedDaemon(folder)?.ports ?? {});
    const text = texts.find((each) => ports.some((port) => new RegExp(`:${port}\\b`).test(each)));
    if (text === undefined) continue;
    return new DojangError('not-running', `${name} has ended while it was needed: ${firstLine(text)}`, { why: loses, next, cause: error });
  }
  return undefined;
}

const enough = 2 ** 20;

/**
 * A write that fails has no path. Files of the command itself may be gone by now, and their room is
 * free again: an error of this process is blamed on the folder with the least. A text may stem from
 * a host, and is only believed where a folder is still full.
 */
async function fullFolder(
  error: unknown,
  errors: readonly unknown[],
  texts: readonly string[],
  { folders, room: roomOf }: Machine,
): Promise<DojangError | undefined> {
  const isOurs = errors.some((each) => codeOf(each) === 'ENOSPC');
  if (!isOurs && !texts.some((each) => /ENOSPC|no space left on device/i.test(each))) return undefined;
  const measured = await Promise.all(folders.map(async (each) => ({ ...each, bytes: await roomOf(each.folder) })));
  const [least] = measured.toSorted((one, other) => one.bytes - other.bytes);
  if (!least || (!isOurs && least.bytes >= enough)) return undefined;
  return new DojangError('disk-full', `there is no room left in ${least.folder}: ${Math.floor(least.bytes / enough)} MiB free`, {
    why: `The command stopped with: ${firstLine(messageOf(error))}. What it had done stays.`,
    next: least.next,
    cause: error,
  });
}

async function room(folder: string): Promise<number> {
  if (!existsSync(folder)) return Number.POSITIVE_INFINITY;
  const { bavail, bsize, ffree, files } = await statfs(folder);
  return files > 0 && ffree === 0 ? 0 : bavail * bsize;
}

const refusals = new Set<unknown>(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/** The folder of a user who has no home, or may not write to it. */
function unwritableCache(error: unknown, errors: readonly unknown[], { cache }: Machine): DojangError | undefined {
  const isAbout = (path = '') => path !== '' && (`${cache}/`.startsWith(`${path}/`) || path.startsWith(`${cache}/`));
  const found = errors.find((each) => refusals.has(codeOf(each)) && isAbout((each as NodeJS.ErrnoException).path));
  if (found === undefined) return undefined;
  return new DojangError('cache-unwritable', `the cache folder ${cache} cannot be written: ${firstLine(messageOf(found))}`, {
    why: 'Python environments, the Pulumi engine and the images of embedded hosts are kept there.',
    next: 'set XDG_CACHE_HOME to a folder that may be written; then run the same command again',
    cause: error,
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
