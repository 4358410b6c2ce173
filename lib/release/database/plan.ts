/** Which dump and which binary logs bring the database to a time. */
import { DojangError } from '../../errors/dojang-error.ts';
import type { BinaryLog, DumpManifest } from './manifest.ts';

export interface Stored {
  readonly dumps: readonly DumpManifest[];
  readonly logs: readonly BinaryLog[];
}

export interface RestoreRequest {
  /**
   * Id of a dump, or a label that the newest dump of it is taken for. @default the newest that fits
   */
  readonly dump?: string;
  /** Every write before this second is brought back. @default what the dump itself holds */
  readonly to?: Date;
}

/** What the tool on the host reads. */
export interface RestorePlan {
  readonly dump: DumpManifest;
  readonly logs: readonly RestoreLog[];
  /** As mysqlbinlog takes it, in UTC: `2026-11-28 17:15:00`. */
  readonly to: string | null;
  /**
   * Where the logs in the bucket end before that time: a quiet database, or a server that was lost
   * with what it had not shipped yet.
   */
  readonly ends: string | null;
}

interface RestoreLog {
  readonly key: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * @throws DojangError `no-dump` when none fits, `binary-log-missing` when there is a gap between
 *   the dump and the time
 */
export function planRestore({ dumps, logs }: Stored, { dump: wanted, to }: RestoreRequest): RestorePlan {
  const dump = chooseDump(dumps, wanted, to);
  if (!to) return { dump, logs: [], to: null, ends: null };
  refuseReplaced(dump, dumps, to);
  const needed = logsBetween(dump, logs, to);
  const last = needed.at(-1)?.until ?? new Date(dump.at);
  return {
    dump,
    logs: needed.map((log) => restoreLog(log, dump)),
    to: to.toISOString().slice(0, 19).replace('T', ' '),
    ends: last < to ? last.toISOString() : null,
  };
}

/** The time of a plan as others write it, ISO 8601 in UTC. */
export function timeOf({ to }: Pick<RestorePlan, 'to'>): string | null {
  return to === null ? null : `${to.replace(' ', 'T')}Z`;
}

function chooseDump(dumps: readonly DumpManifest[], wanted: string | undefined, to: Date | undefined): DumpManifest {
  const named = dumps.filter(({ id, label }) => wanted === undefined || id === wanted || label === wanted);
  const fits = named.filter(({ at }) => to === undefined || new Date(at) <= to);
  const newest = fits
    .filter((each) => each.tables.length > 0 || wanted !== undefined)
    .reduce<DumpManifest | undefined>((best, each) => (best && best.id >= each.id ? best : each), undefined);
  if (newest) return newest;
  const which = wanted === undefined ? 'no dump' : `no dump ${wanted}`;
  throw new DojangError('no-dump', to ? `${which} from before ${to.toISOString()}` : `${which} is in the bucket`, {
    why: 'A restore begins with a dump; binary logs bring it forward, never back.',
    next: 'dojang restore --list shows what there is',
  });
}

/** A restore puts other tables in place; the logs of what was there before do not lead to them. */
function refuseReplaced({ id, at, server }: DumpManifest, dumps: readonly DumpManifest[], to: Date): void {
  const restored = dumps.find((each) => {
    const moment = new Date(each.since ?? each.at);
    return each.label === 'restored' && each.id !== id && each.server.uuid === server.uuid && moment >= new Date(at) && moment < to;
  });
  if (!restored) return;
  throw new DojangError('no-dump', `the dump ${id} can not be brought to ${to.toISOString()}`, {
    why: `The database was restored at ${restored.since ?? restored.at}, and binary logs do not lead across that.`,
    next: `give the dump ${restored.id} or a later one, or an earlier --to`,
  });
}

/** From the file that the dump's position is in to the one in which the time lies, or the last. */
function logsBetween(dump: DumpManifest, logs: readonly BinaryLog[], to: Date): BinaryLog[] {
  const { uuid } = dump.server;
  const first = fileNumber(dump.position.file);
  const later = logs.filter(({ server, number }) => server === uuid && number >= first).sort((one, other) => one.number - other.number);
  const reached = later.findIndex(({ until }) => until >= to);
  const needed = reached === -1 ? later : later.slice(0, reached + 1);
  const gap = needed.findIndex(({ number }, index) => number !== first + index);
  if (gap === -1) return needed;
  throw new DojangError('binary-log-missing', `binary log ${first + gap} of server ${uuid} is not in the bucket`, {
    why: `The dump ${dump.id} needs it to be brought to ${to.toISOString()}: logs after a gap do not fit what is before it.`,
    next: 'give an earlier --to, or a later dump',
  });
}

function restoreLog({ key, bytes, sha256, number }: BinaryLog, { position }: DumpManifest): RestoreLog {
  const digits = position.file.length - position.file.lastIndexOf('.') - 1;
  return { key, file: `binlog.${`${number}`.padStart(digits, '0')}`, bytes, sha256 };
}

function fileNumber(file: string): number {
  return Number(file.slice(file.lastIndexOf('.') + 1));
}
