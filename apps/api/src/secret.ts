/**
 * A text that must not be seen: it prints as `[redacted]` wherever it is logged or turned into
 * JSON.
 */
import { inspect } from 'node:util';

const hidden = '[redacted]';

export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself, for the one place that needs it. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [inspect.custom](): string {
    return hidden;
  }
}
