/** Text in columns: cli-table3 without borders. Wide characters count as two, styling as none. */
import Table from 'cli-table3';

export interface Column {
  /** `left` when not given. */
  readonly align?: 'left' | 'right';
  /** Spaces in front of it; 2 when not given. That of the first column is the indent. */
  readonly gap?: number;
  /** Width that it has at least; it is as wide as its widest cell. */
  readonly min?: number;
  /** Width that it has whatever its cells hold: a longer cell is cut, which `…` shows. */
  readonly width?: number;
}

/** The cells of a row, or a line of its own that stands between rows as it is. */
export type Row = readonly string[] | string;

/**
 * The lines of a table, without spaces at their ends. A row with a cell of several lines has as
 * many, each part below its own column.
 */
export function tableLines(columns: readonly Column[], rows: readonly Row[]): string[] {
  return tableRows(columns, rows).flatMap((row) => row.split('\n'));
}

/** As `tableLines`, one text for each row, whatever its number of lines. */
export function tableRows(columns: readonly Column[], rows: readonly Row[]): string[] {
  const filled = rows.filter((row) => typeof row !== 'string');
  const texts = layOut(columns, filled)[Symbol.iterator]();
  return rows.map((row) => (typeof row === 'string' ? row : (texts.next().value ?? '')));
}

/** cli-table3 compares each cell with all rows above it, so a long table is laid out in parts. */
const rowsAtOnce = 50;

function layOut(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const parts = Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
  if (parts.length < 2) return parts.flatMap((part) => draw(columns, part).texts);
  const widths = parts.map((part) => draw(columns, part).widths);
  const wide = columns.map((column, index) => ({ ...column, width: Math.max(...widths.map((each) => each[index] ?? 0)) - gapOf(column) }));
  return parts.flatMap((part) => draw(wide, part).texts);
}

/** @returns also how wide each column has become, its gap included */
function draw(columns: readonly Column[], rows: readonly (readonly string[])[]): { texts: string[]; widths: readonly number[] } {
  const table = new Table({
    chars: noBorders,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colAligns: columns.map(({ align = 'left' }) => align),
    colWidths: columns.map((column) => (column.width === undefined ? null : gapOf(column) + column.width)),
  });
  // A first row of spaces makes each column as wide as it is at least.
  const ruler = columns.map(({ min = 0 }) => ' '.repeat(min));
  for (const row of [ruler, ...rows]) {
    table.push(columns.map((column, index) => ({ content: row[index] ?? '', style: { 'padding-left': gapOf(column) } })));
  }
  const lines = table.toString().split('\n').slice(1);
  const texts = rows.map((row) =>
    lines
      .splice(0, heightOf(row))
      .map((line) => line.trimEnd())
      .join('\n'),
  );
  return { texts, widths: table.options.colWidths.map((width) => width ?? 0) };
}

function gapOf({ gap = 2 }: Column): number {
  return gap;
}

function heightOf(row: readonly string[]): number {
  return Math.max(...row.map((cell) => cell.split('\n').length));
}

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
