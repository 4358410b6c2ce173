/** Rows of tasks as text: a mark, a name, how long it took, and what is to say. */
import { tableLines } from '../../../lib/text/table.ts';

export interface TaskRow {
  readonly name: string;
  /** When its work began, in milliseconds since the epoch; undefined while it waits. */
  began?: number;
  /** What it does or waits for right now. */
  note: string;
}

const name = { gap: 1, min: 16 };
const columns = [{}, name, { align: 'right', gap: 1, min: 5 }, { gap: 4 }] as const;

/** A row that runs or has ended: `  ✓ aws addresses       8 s    203.0.113.10`. */
export function taskLine(mark: string, row: TaskRow, text: string): string {
  return tableLines(columns, [[mark, row.name, seconds(row), text]]).join('\n');
}

/** What a row says in between, where rows can't be drawn anew. */
export function noteLine(row: TaskRow, text: string): string {
  return tableLines([{}, name, { gap: 1 }], [['·', row.name, text]]).join('\n');
}

/** All rows as they are now, one line each of at most `width` columns. */
export function liveLines(rows: readonly TaskRow[], mark: string, width: number): string[] {
  const cells = rows.map((row) =>
    row.began === undefined ? ['·', row.name] : [mark, row.name, seconds(row), row.note.split('\n')[0] ?? ''],
  );
  const lines = tableLines(columns, cells);
  return tableLines(
    [{ gap: 0, width }],
    lines.map((line) => [line]),
  );
}

function seconds({ began }: TaskRow): string {
  return began === undefined ? '' : `${Math.round((Date.now() - began) / 1000)} s`;
}
