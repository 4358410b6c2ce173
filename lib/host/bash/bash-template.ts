/** Texts that are written in indented template literals and carried to a host unchanged. */
import { DojangError } from '../../errors/dojang-error.ts';

/**
 * A text as it stands, without the indentation that all its lines share and without the first and
 * last line break. Backslashes are the text's own; only `\${` and a quoted backtick stand for
 * themselves without one. Values are put in untouched.
 */
export function text(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const parts = strings.raw.map((part) => part.replaceAll('\\${', '${').replaceAll('\\`', '`'));
  const indent = sharedIndent(parts);
  const cut = parts.map((part) => part.replaceAll(new RegExp(`\n {0,${indent}}`, 'g'), '\n'));
  const first = cut[0]?.replace(/^\n/, '') ?? '';
  const whole = [first, ...cut.slice(1)].reduce((all, part, index) => `${all}${values[index - 1]}${part}`);
  return whole.replace(/\n *$/, '');
}

function sharedIndent(parts: readonly string[]): number {
  const lines = parts.join('x').split('\n').slice(1);
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  return indents.length === 0 ? 0 : Math.min(...indents);
}

/** One word of bash, whatever is in it. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `content` with a line break at its end, as text files have. */
export function asFile(content: string): string {
  return content === '' || content.endsWith('\n') ? content : `${content}\n`;
}

/**
 * Bash that gives `content` to `command` as its input, without any of it being interpreted.
 * @throws DojangError `binary-content` for a NUL, which bash can't carry.
 */
export function heredoc(command: string, content: string): string {
  if (content.includes('\0')) throw new DojangError('binary-content', `a text for a host has a NUL at ${content.indexOf('\0')}`);
  const lines = content.split('\n');
  let mark = 'EOF';
  while (lines.includes(mark)) mark += '_';
  return `${command} <<'${mark}'\n${asFile(content)}${mark}`;
}
