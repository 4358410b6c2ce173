/** What must not be seen: passwords and private keys. */
import { inspect } from 'node:util';

const redacted = '[redacted]';

/**
 * A text that prints as `[redacted]` wherever it is printed, logged or turned into JSON by
 * accident. Immutable.
 */
export class Secret {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(text: string): Secret {
    return new Secret(text);
  }

  /** The text itself. Only for the last step: writing it where it belongs. */
  reveal(): string {
    return this.#text;
  }

  get isEmpty(): boolean {
    return this.#text === '';
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
