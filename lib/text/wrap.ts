/** Text in lines of a terminal's width: wrap-ansi. */
import wrapAnsi from 'wrap-ansi';
import { tableLines } from './table.ts';

/** A terminal's width: nothing that a verb prints is wider. */
const columns = 80;

/** The words of a text in lines of at most `width` columns. A longer word stands alone. */
export function wrapText(text: string, width: number): string[] {
  return wrapAnsi(text, width).split('\n');
}

/** As `wrapText`, each line after `indent` spaces, which count. */
export function wrapped(text: string, indent: number, width: number = columns): string[] {
  return wrapText(text, width - indent).map((line) => ' '.repeat(indent) + line);
}

/** As `wrapped`, with a heading in front of the first line. */
export function hanging(head: string, text: string, indent: number): string[] {
  const lines = wrapText(text, columns - indent).join('\n');
  return tableLines([{ gap: 0, min: indent }, { gap: 0 }], [[head, lines]]);
}
