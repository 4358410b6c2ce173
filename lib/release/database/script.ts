/** The scripts that a host runs to dump and to restore its database, and what they print. */
import { DojangError } from '../../errors/dojang-error.ts';
import { heredoc, quoted } from '../../host/bash/bash-template.ts';
import { paths } from '../../host/paths.ts';
import type { ShellResult } from '../../ports/host-shell.ts';
import type { RestorePlan } from './plan.ts';

export interface DumpRequest {
  /**
   * Id of the release that the dump is made before; `manual` for one that an operator asks for.
   * Both wait for a dump that is at work.
   * @default `nightly`
   */
  readonly releaseId?: string;
}

/** A dump is made and compared whether or not anything has changed: it is the proof. */
export function dumpScript({ releaseId = 'nightly' }: DumpRequest = {}): string {
  return `exec ${paths.tools}/dump ${quoted(releaseId)}\n`;
}

/** Seconds: waiting for another dump, a read lock, dumping, restoring, comparing, uploading. */
export const dumpLimitSeconds = 300;

/**
 * What is in the current binary log reaches the bucket first: a restore to a time of the last
 * minutes needs it.
 */
export function shipScript(): string {
  return `exec ${paths.tools}/binlog\n`;
}

export function restoreScript(plan: RestorePlan, { rehearse }: { readonly rehearse: boolean }): string {
  return `${heredoc(`exec ${paths.tools}/restore ${rehearse ? 'rehearse' : 'apply'}`, JSON.stringify(plan))}\n`;
}

export interface Dumped {
  readonly id: string;
  /** Of its contents in the artifact bucket; its manifest lies beside it. */
  readonly key: string;
  /** Compressed. */
  readonly bytes: number;
  readonly seconds: number;
  /** In the database, each compared with what was dumped. */
  readonly tables: number;
  readonly rows: number;
}

/** @throws DojangError `dump-failed` with the host's own words */
export function dumpedFrom(result: ShellResult): Dumped {
  const [, id, ...numbers] = result.code === 0 ? (fields(result.stdout, 'dump') ?? []) : [];
  const [bytes, seconds, tables, rows] = numbers.map(Number);
  if (id && bytes !== undefined && seconds !== undefined && tables !== undefined && rows !== undefined) {
    return { id, key: dumpKey(id), bytes, seconds, tables, rows };
  }
  throw new DojangError('dump-failed', 'the database was not dumped', {
    why: `${lastWords(result)}\nNothing has changed: what was begun is removed, here and in the bucket.`,
    next: 'see to that, and run it again',
  });
}

/** Where the contents of a dump lie in the artifact bucket. */
const dumpKey = (id: string) => `dumps/${id}.sql.gz`;

function lastWords({ code, stdout, stderr }: ShellResult): string {
  return stderr.trim().split('\n').at(-1) || stdout.trim().split('\n').at(-1) || `The tool ended with exit code ${code}.`;
}

export interface Restored {
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly checksum: string }[];
  /** Ids of the dumps of what was replaced and of what replaced it; none of a rehearsal. */
  readonly replaced?: string;
  readonly restored?: string;
}

/** Undefined when the tool did not come to its end. */
export function restoredFrom(stdout: string, { rehearse }: { readonly rehearse: boolean }): Restored | undefined {
  const [, restored] = fields(stdout, 'restored') ?? [];
  const [, replaced] = fields(stdout, 'replaced') ?? [];
  if (rehearse ? !fields(stdout, 'prepared') : !restored) return undefined;
  const tables = stdout
    .split('\n')
    .filter((line) => line.startsWith('table\t'))
    .map((line) => line.split('\t'))
    .map(([, name = '', rows, checksum = '']) => ({ name, rows: Number(rows), checksum }));
  return { tables, ...(replaced && { replaced }), ...(restored && { restored }) };
}

function fields(stdout: string, kind: string): string[] | undefined {
  return stdout
    .split('\n')
    .findLast((line) => line.startsWith(`${kind}\t`))
    ?.split('\t');
}
