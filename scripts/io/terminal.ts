/**
 * The one place that writes to the terminal: live rows where there is one, plain lines elsewhere.
 */
import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { FailedRow, Progress, Reporter } from '../../lib/ports/reporter.ts';

interface Row {
  readonly name: string;
  readonly began: number;
  note: string;
}

export interface TerminalOptions {
  /** Where the answer goes. */
  readonly out: NodeJS.WriteStream;
  /** Where progress goes: the same stream, or stderr when the answer is JSON. */
  readonly progress: NodeJS.WriteStream;
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const nameWidth = 16;

/**
 * A reporter on a terminal or a pipe. Tasks may run at the same time, each with a row of its own.
 */
export function terminal({ out, progress }: TerminalOptions): Reporter {
  const rows = new Set<Row>();
  const live = progress.isTTY ? createLogUpdate(progress) : undefined;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;

  const draw = () => {
    const mark = spinner[frame++ % spinner.length] ?? '';
    live?.([...rows].map((row) => liveLine(row, mark).slice(0, (progress.columns || 80) - 1)).join('\n'));
  };
  const print = (stream: NodeJS.WriteStream, text: string) => {
    live?.clear();
    stream.write(`${text}\n`);
    if (rows.size > 0) draw();
  };

  const begin = (name: string): Row => {
    const row: Row = { name, began: Date.now(), note: '' };
    rows.add(row);
    if (live) timer ??= setInterval(draw, 120);
    return row;
  };
  const end = (row: Row, mark: string, text: string) => {
    rows.delete(row);
    print(progress, doneLine(row, mark, text));
    if (rows.size === 0 && timer) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  const noteOn =
    (row: Row): Progress =>
    (text) => {
      if (row.note === text) return;
      // A line of its own is for something new; that a figure has changed is not.
      if (!live && !sameButFigures(row.note, text)) progress.write(`  · ${row.name.padEnd(nameWidth)} ${text}\n`);
      row.note = text;
    };

  return {
    async task(name, work, done) {
      const row = begin(name);
      try {
        const result = await work(noteOn(row));
        const ended = done?.(result) ?? '';
        end(row, markOf(progress, ended), typeof ended === 'string' ? ended : ended.failed);
        return result;
      } catch (error) {
        end(row, failedMark(progress), row.note);
        throw error;
      }
    },
    line: (text = '') => print(out, text),
    note: (text) => print(progress, `  ${paint(progress, 'yellow', '!')} ${text}`),
  };
}

const failedMark = (stream: NodeJS.WriteStream) => paint(stream, 'red', '✗');

function markOf(stream: NodeJS.WriteStream, ended: string | FailedRow): string {
  return typeof ended === 'string' ? paint(stream, 'green', '✓') : failedMark(stream);
}

function sameButFigures(one: string, other: string): boolean {
  return one.replaceAll(/\d+/g, '') === other.replaceAll(/\d+/g, '');
}

function liveLine(row: Row, mark: string): string {
  return `  ${mark} ${row.name.padEnd(nameWidth)} ${seconds(row)}    ${row.note}`;
}

function doneLine(row: Row, mark: string, text: string): string {
  return `  ${mark} ${row.name.padEnd(nameWidth)} ${seconds(row)}    ${text}`.trimEnd();
}

function seconds(row: Row): string {
  return `${Math.round((Date.now() - row.began) / 1000)} s`.padStart(5);
}

function paint(stream: NodeJS.WriteStream, color: 'green' | 'red' | 'yellow', text: string): string {
  return stream.isTTY ? styleText(color, text, { stream }) : text;
}
