/** Text in lines of a terminal's width. */

/** A terminal's width: nothing that a verb prints is wider. */
const columns = 80;

/**
 * The words of a text in lines of at most `width` characters, each line after `indent` spaces. A
 * longer word stands alone.
 */
export function wrapped(text: string, indent: number, width: number = columns): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line);
}

/** As `wrapped`, with a heading in front of the first line. */
export function hanging(head: string, text: string, indent: number): string[] {
  const [first = '', ...rest] = wrapped(text, indent);
  return [head.padEnd(indent) + first.slice(indent), ...rest];
}
