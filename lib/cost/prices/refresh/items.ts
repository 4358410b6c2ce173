/**
 * Takes the items of one list out of a JSON document, one at a time: `{ "skus": [...],
 * "nextPageToken": "..." }`.
 */
import { Assembler } from 'stream-json/core/assembler.js';
import type { Token } from 'stream-json/core/parser.js';
import { DojangError } from '../../../errors/dojang-error.ts';

/**
 * Takes the tokens of one document in order; `finish` after the last. Numbers of items are text, so
 * that no digit is lost.
 */
export class ItemsReader {
  readonly #list: string;
  readonly #onItem: (item: unknown) => void;
  readonly #texts: Record<string, string> = {};
  #assembler: Assembler | undefined;
  #depth = 0;
  #field = '';
  #closed = false;
  #found = false;

  constructor(list: string, onItem: (item: unknown) => void) {
    this.#list = list;
    this.#onItem = onItem;
  }

  take(token: Token): void {
    const { name } = token;
    if (name === 'startObject' && this.#depth === 2 && this.#field === this.#list)
      this.#assembler = new Assembler({ numberAsString: true });
    if (name === 'startObject' || name === 'startArray') this.#depth += 1;
    if (name === 'endObject' || name === 'endArray') this.#depth -= 1;
    if (this.#assembler) this.#assemble(this.#assembler, token);
    else if (this.#depth <= 1) this.#outside(token);
  }

  /**
   * Texts beside the list, like `nextPageToken`. @throws DojangError when the document was cut off
   * or has no such list.
   */
  finish(source: string): Readonly<Record<string, string>> {
    if (!this.#closed) throw notAList(source, 'it ends in the middle: it was cut off');
    if (!this.#found) throw notAList(source, `it has no list ${this.#list}`);
    return this.#texts;
  }

  #assemble(assembler: Assembler, token: Token): void {
    assembler.consume(token);
    if (!assembler.done) return;
    this.#assembler = undefined;
    this.#onItem(assembler.current);
  }

  #outside(token: Token): void {
    if (token.name === 'keyValue') this.#field = token.value;
    if (token.name === 'stringValue') this.#texts[this.#field] = token.value;
    if (token.name === 'endArray' && this.#field === this.#list) this.#found = true;
    if (token.name === 'endObject' && this.#depth === 0) this.#closed = true;
  }
}

function notAList(source: string, why: string): DojangError {
  return new DojangError('not-a-price-list', `${source} is not a price list that can be used: ${why}`, { next: 'fetch it again' });
}
