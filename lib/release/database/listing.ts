/** What can be restored: each dump, and how far binary logs lead from it. */
import type { BinaryLog, DumpManifest } from './manifest.ts';
import type { Stored } from './plan.ts';

export interface ListedDump extends Pick<DumpManifest, 'id' | 'label' | 'at' | 'bytes' | 'rows' | 'migrations'> {
  readonly tables: number;
  /** `--to` may be any time from `at` to this one. */
  readonly reaches: string;
}

/** The newest first. */
export function listDumps({ dumps, logs }: Stored): readonly ListedDump[] {
  const listed = dumps.map((dump) => {
    const { id, label, at, bytes, rows, migrations, tables } = dump;
    return { id, label, at, bytes, rows, migrations, tables: tables.length, reaches: reachOf(dump, { dumps, logs }) };
  });
  return listed.sort((one, other) => (one.id < other.id ? 1 : -1));
}

/** Up to the last log without a gap, or to the restore that put other tables in place. */
function reachOf(dump: DumpManifest, { dumps, logs }: Stored): string {
  const end = lastWithoutGap(dump, logs) ?? dump.at;
  const replacedAt = dumps
    .filter(({ label, id, server }) => label === 'restored' && id !== dump.id && server.uuid === dump.server.uuid)
    .map(({ since, at }) => since ?? at)
    .filter((moment) => moment >= dump.at)
    .sort()[0];
  return replacedAt !== undefined && replacedAt < end ? replacedAt : end;
}

function lastWithoutGap({ position, server, at }: DumpManifest, logs: readonly BinaryLog[]): string | undefined {
  const numbers = new Map(logs.filter((log) => log.server === server.uuid).map((log) => [log.number, log]));
  let last: BinaryLog | undefined;
  for (let number = Number(position.file.split('.').at(-1)); numbers.has(number); number++) last = numbers.get(number);
  const until = last?.until.toISOString().replace('.000Z', 'Z');
  return until !== undefined && until > at ? until : undefined;
}
