/**
 * The one place that writes to the terminal: live rows where there is one, plain lines elsewhere.
 */
import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { FailedRow, Progress, Reporter } from '../../../lib/ports/reporter.ts';
import { processVariables } from '../process/process-environment.ts';
import { liveLines, noteLine, type TaskRow, taskLine } from './task-rows.ts';

export interface TerminalOptions {
  /** Where the answer goes. */
  readonly out: NodeJS.WriteStream;
  /** Where progress goes: the same stream, or stderr when the answer is JSON. */
  readonly progress: NodeJS.WriteStream;
  /** The kind of terminal; `dumb` for one that can't move its cursor. `TERM` when not given. */
  readonly kind?: string | undefined;
}

/**
 * A reporter on a terminal or a pipe. Tasks may run at the same time, each with a row of its own;
 * on a terminal, rows that were announced are there before their task begins.
 */
export function terminal({ out, progress, kind = processVariables().TERM }: TerminalOptions): Reporter {
  const live = canRedraw(progress, kind) ? new LiveRows(progress) : undefined;
  const print = (stream: NodeJS.WriteStream, text: string) => {
    const write = () => stream.write(`${text}\n`);
    if (live) live.above(write);
    else write();
  };
  const end = (row: TaskRow, mark: string, text: string) => {
    live?.remove([row]);
    print(progress, taskLine(mark, row, text));
  };
  const noteOn =
    (row: TaskRow): Progress =>
    (text) => {
      if (row.note === text) return;
      // A line of its own is for something new; that a figure has changed is not.
      if (!live && !sameButFigures(row.note, text)) progress.write(`${noteLine(row, text)}\n`);
      row.note = text;
    };

  return {
    async tasks(names, work) {
      const waiting = live?.announce(names) ?? [];
      try {
        return await work();
      } finally {
        live?.remove(waiting.filter(({ began }) => began === undefined));
      }
    },
    async task(name, work, done) {
      const row = live?.begin(name) ?? { name, began: Date.now(), note: '' };
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

/** A pseudo-terminal without a size has no columns: nothing can be drawn on it. */
function canRedraw({ isTTY, columns }: NodeJS.WriteStream, kind: string | undefined): boolean {
  return isTTY === true && columns !== 0 && kind !== 'dumb';
}

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** The rows that run or wait, below everything that was printed. */
class LiveRows {
  readonly #stream: NodeJS.WriteStream;
  readonly #update: ReturnType<typeof createLogUpdate>;
  readonly #rows: TaskRow[] = [];
  #frame = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#update = createLogUpdate(stream);
  }

  /** @returns the rows, which wait until a task of their name begins */
  announce(names: readonly string[]): TaskRow[] {
    const waiting = names.map((name): TaskRow => ({ name, note: '' }));
    this.#rows.push(...waiting);
    this.#draw();
    return waiting;
  }

  /** The row that waits for this task, or a new one in front of those that wait. */
  begin(name: string): TaskRow {
    const announced = this.#rows.find((row) => row.name === name && row.began === undefined);
    const row: TaskRow = announced ?? { name, note: '' };
    if (!announced) {
      const firstWaiting = this.#rows.findIndex(({ began }) => began === undefined);
      this.#rows.splice(firstWaiting < 0 ? this.#rows.length : firstWaiting, 0, row);
    }
    row.began = Date.now();
    this.#timer ??= setInterval(() => this.#draw(), 120);
    this.#draw();
    return row;
  }

  remove(rows: readonly TaskRow[]): void {
    for (const row of rows) this.#rows.splice(this.#rows.indexOf(row), 1);
    if (this.#rows.length > 0) this.#draw();
    else this.#stop();
  }

  /** Prints something that stays, above the rows. */
  above(write: () => void): void {
    this.#update.clear();
    write();
    this.#draw();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#update.clear();
    this.#update.done();
  }

  #draw(): void {
    if (this.#rows.length === 0) return;
    const mark = spinner[this.#frame++ % spinner.length] ?? '';
    const lines = liveLines(this.#rows, mark, (this.#stream.columns || 80) - 1);
    this.#update(lines.map((line, index) => this.#dimmed(line, this.#rows[index])).join('\n'));
  }

  #dimmed(line: string, row: TaskRow | undefined): string {
    return row?.began === undefined ? paint(this.#stream, 'dim', line) : line;
  }
}

const failedMark = (stream: NodeJS.WriteStream) => paint(stream, 'red', '✗');

function markOf(stream: NodeJS.WriteStream, ended: string | FailedRow): string {
  return typeof ended === 'string' ? paint(stream, 'green', '✓') : failedMark(stream);
}

function sameButFigures(one: string, other: string): boolean {
  return one.replaceAll(/\d+/g, '') === other.replaceAll(/\d+/g, '');
}

function paint(stream: NodeJS.WriteStream, style: 'dim' | 'green' | 'red' | 'yellow', text: string): string {
  return stream.isTTY ? styleText(style, text, { stream }) : text;
}
