/** What a host printed: lines of fields, by probe and key. */

/** The facts of one probe. */
export class Facts {
  readonly #lines: readonly (readonly string[])[];

  constructor(lines: readonly (readonly string[])[]) {
    this.#lines = lines;
  }

  /** The values of every line with this key. */
  all(key: string): readonly (readonly string[])[] {
    return this.#lines.filter(([name]) => name === key).map((line) => line.slice(1));
  }

  /** The values of the first line with this key; empty when there is none. */
  first(key: string): readonly string[] {
    return this.all(key)[0] ?? [];
  }
}

/**
 * The facts by probe, from what `hostScript` prints; lines that are none of its own are left out.
 */
export function factsOf(stdout: string): (probe: string) => Facts {
  const lines = stdout.split('\n').map((line) => line.split('\t'));
  return (probe) => new Facts(lines.filter(([name, key]) => name === probe && key !== undefined).map((line) => line.slice(1)));
}

/** Whether the script came to its end. */
export function isComplete(stdout: string): boolean {
  return /^doctor\tend\t/m.test(stdout);
}
