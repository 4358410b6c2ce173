/** The scripts that a host runs to dump and to restore its database, and what they print. */
import { heredoc, quoted } from '../../host/bash/bash-template.ts';
import { paths } from '../../host/paths.ts';
import type { RestorePlan } from './plan.ts';

/** Before a release; without one, as every night. */
export function dumpScript(release = 'nightly'): string {
  return `exec ${paths.tools}/dump ${quoted(release)}\n`;
}

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
  readonly bytes: number;
  readonly seconds: number;
  readonly tables: number;
  readonly rows: number;
}

/** Undefined when the tool did not come to its end. */
export function dumpedFrom(stdout: string): Dumped | undefined {
  const [, id, ...numbers] = fields(stdout, 'dump') ?? [];
  const [bytes, seconds, tables, rows] = numbers.map(Number);
  if (!id || bytes === undefined || seconds === undefined || tables === undefined || rows === undefined) return undefined;
  return { id, bytes, seconds, tables, rows };
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
