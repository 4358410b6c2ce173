/**
 * The outline of a JSON text, counted from its bytes: parsing costs time and memory for each value,
 * however small it is.
 */

export interface JsonShape {
  /** Of objects and arrays within each other. */
  readonly depth: number;
  /** Members of objects and entries of arrays, but for the first of each. */
  readonly commas: number;
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** Ends as soon as a count is above `most`. The counts of a text that is not JSON mean nothing. */
export function jsonShape(body: Uint8Array, most: JsonShape): JsonShape {
  const shape = { depth: 0, commas: 0 };
  let depth = 0;
  for (let at = 0; at < body.length && shape.depth <= most.depth && shape.commas <= most.commas; at++) {
    const byte = body[at] ?? 0;
    if (byte === quote) at = endOfString(body, at);
    else if (byte === comma) shape.commas++;
    else if (opening.has(byte)) shape.depth = Math.max(shape.depth, ++depth);
    else if (closing.has(byte)) depth--;
  }
  return shape;
}

/** Where the quote is that ends the string, or the text. */
function endOfString(body: Uint8Array, begin: number): number {
  let at = begin + 1;
  while (at < body.length && body[at] !== quote) at += body[at] === backslash ? 2 : 1;
  return at;
}
