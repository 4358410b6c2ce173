/** The scripts that a host runs to dump and to restore its database, and what they print. */

import type { Environment } from '../../config/environment.ts';
import { DojangError } from '../../errors/dojang-error.ts';
import { heredoc, quoted } from '../../host/bash/bash-template.ts';
import { lines } from '../../host/bash/files.ts';
import { servingApiProgram } from '../../host/mysql/tools/serving-api.ts';
import { servingApi } from '../../host/mysql/tools/settings.ts';
import { paths } from '../../host/paths.ts';
import type { ShellResult } from '../../ports/host-shell.ts';
import type { RestorePlan } from './plan.ts';
import { isDown, type RestoreStepOptions } from './restore-steps.ts';

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

/**
 * What is in the current binary log reaches the bucket first: a restore to a time of the last
 * minutes needs it. The time is taken before that, so that every write before it is shipped.
 */
export function shipScript(): string {
  return `printf 'now\\t%s\\n' "$(date -u +%FT%TZ)"\nexec ${paths.tools}/binlog --wait\n`;
}

export interface Shipped {
  /** By the clock of the host, from before the shipping. */
  readonly now: Date;
  /** Why logs were not shipped. */
  readonly fault?: string;
}

/** @throws DojangError `restore-failed` when the host did not print its time */
export function shippedFrom(result: ShellResult): Shipped {
  const now = new Date(fields(result.stdout, 'now')?.[1] ?? '');
  if (!Number.isNaN(now.getTime())) return { now, ...(result.code !== 0 && { fault: lastError(result) }) };
  throw new DojangError('restore-failed', 'the host did not print its time', {
    why: lastWords(result),
    next: 'see to that, and run it again: the service was not touched',
  });
}

function lastError({ code, stderr }: ShellResult): string {
  return stderr.trim().split('\n').at(-1) || `exit code ${code}`;
}

export interface RestoreScriptOptions {
  readonly rehearse: boolean;
  readonly environment: Pick<Environment, 'api' | 'names'>;
}

/**
 * A restore brings the program that stops and starts the API: slots are what the releases of this
 * version make them.
 */
export function restoreScript(plan: RestorePlan, { rehearse, environment }: RestoreScriptOptions): string {
  const service = heredoc(`install -m 755 /dev/stdin ${paths.tools}/${servingApi}`, servingApiProgram(environment));
  const tool = heredoc(`exec ${paths.tools}/restore ${rehearse ? 'rehearse' : 'apply'}`, JSON.stringify(plan));
  return lines(...(rehearse ? [] : [service]), `${tool}\n`);
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

/** A step that the tool has completed. */
interface DoneStep {
  readonly id: string;
  readonly seconds: number;
}

export interface Restored {
  readonly steps: readonly DoneStep[];
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly checksum: string }[];
  /** From before the maintenance page was on until it was off; 0 of a rehearsal. */
  readonly downtimeSeconds: number;
  /** Ids of the dumps of what was replaced and of what replaced it; none of a rehearsal. */
  readonly replaced?: string;
  readonly restored?: string;
}

/** @throws DojangError `restore-failed` with the host's own words */
export function restoredFrom(result: ShellResult, options: Pick<RestoreStepOptions, 'rehearse'>): Restored {
  const { code, stdout } = result;
  const [, restored] = fields(stdout, 'restored') ?? [];
  const [, replaced] = fields(stdout, 'replaced') ?? [];
  const isComplete = code === 0 && (options.rehearse ? fields(stdout, 'prepared') : restored) !== undefined;
  if (!isComplete) throw notRestored(result, options);
  const steps = allFields(stdout, 'step').map(([, id = '', seconds]) => ({ id, seconds: Number(seconds) }));
  const tables = allFields(stdout, 'table').map(([, name = '', rows, checksum = '']) => ({ name, rows: Number(rows), checksum }));
  const downtimeSeconds = steps.filter(({ id }) => isDown(id)).reduce((sum, { seconds }) => sum + seconds, 0);
  return { steps, tables, downtimeSeconds, ...(replaced && { replaced }), ...(restored && { restored }) };
}

/** Tables and rows that are printed are those of a restore that was not completed too. */
function notRestored(result: ShellResult, { rehearse }: Pick<RestoreStepOptions, 'rehearse'>): DojangError {
  const last = allFields(result.stdout, 'step').at(-1)?.[1];
  const after = last === undefined ? '' : ` after the step ${last}`;
  return new DojangError('restore-failed', `the ${rehearse ? 'rehearsal' : 'restore'} failed${after}`, {
    why: lastWords(result),
    next: rehearse ? 'see to that, and run it again: the service was not touched' : 'see to that, and run it again: it carries on',
  });
}

function fields(stdout: string, kind: string): string[] | undefined {
  return allFields(stdout, kind).at(-1);
}

function allFields(stdout: string, kind: string): string[][] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith(`${kind}\t`))
    .map((line) => line.split('\t'));
}
