/** A terminal's screen: what remains of everything written, with the cursor sequences obeyed. */
import { PassThrough } from 'node:stream';

const sequenceOrCharacter = new RegExp(`${String.fromCodePoint(0x1b)}\\[\\??([\\d;]*)([A-Za-z])|([\\s\\S])`, 'gu');

export class Screen extends PassThrough {
  readonly isTTY = true;
  readonly rows = 24;
  readonly columns: number;
  /** All that was written, sequences included. */
  raw = '';
  #lines: string[] = [''];
  #row = 0;
  #column = 0;

  constructor(columns = 80) {
    super();
    this.columns = columns;
    this.on('data', (data: Buffer) => this.#write(data.toString()));
  }

  /** Without colours, as in a terminal that has none. */
  getColorDepth = () => 1;
  hasColors = () => false;

  get stream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }

  /** The lines as they are seen, empty ones at the end left out. */
  get lines(): string[] {
    const last = this.#lines.findLastIndex((line) => line.trim() !== '');
    return this.#lines.slice(0, last + 1).map((line) => line.trimEnd());
  }

  #write(text: string): void {
    this.raw += text;
    for (const [, count = '1', letter, char = ''] of text.matchAll(sequenceOrCharacter)) {
      if (letter) this.#obey(letter, Number(count) || 1, count);
      else if (char === '\n') this.#down(1);
      else this.#put(char);
    }
  }

  #obey(letter: string, count: number, parameters: string): void {
    if (letter === 'A') this.#row = Math.max(0, this.#row - count);
    else if (letter === 'B') this.#row += count;
    else if (letter === 'G') this.#column = 0;
    else if (letter === 'K') this.#set(parameters === '2' ? '' : this.#line().slice(0, this.#column));
    else if (!'mhl'.includes(letter)) throw new Error(`the screen does not know the sequence ${letter}`);
  }

  #down(count: number): void {
    this.#row += count;
    this.#column = 0;
  }

  #put(char: string): void {
    this.#set(this.#line().padEnd(this.#column).slice(0, this.#column) + char + this.#line().slice(this.#column + 1));
    this.#column++;
    if (this.#column > this.columns) throw new Error(`a line is longer than ${this.columns} columns: ${this.#line()}`);
  }

  #line(): string {
    return this.#lines[this.#row] ?? '';
  }

  #set(text: string): void {
    while (this.#lines.length <= this.#row) this.#lines.push('');
    this.#lines[this.#row] = text;
  }
}
