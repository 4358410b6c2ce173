/** The statements of a migration as tokens, in one pass: time grows with the length alone. */

export interface Token {
  /** In upper case; the mark itself; empty for strings and quoted names. */
  readonly word: string;
  readonly kind: 'word' | 'name' | 'text' | 'mark';
}

export interface SqlStatement {
  readonly tokens: readonly Token[];
  /** It has a comment that MySQL executes, or a quote or comment without an end. */
  readonly unreadable: boolean;
}

const patterns = [
  // As the migrations of the API separate their statements.
  String.raw`(?<separator>;|(?<![^\n])-- statement[ \t\r]*(?=\n|$))`,
  String.raw`(?<executed>/\*M?!)`,
  String.raw`(?<comment>--(?=\s|$)[^\n]*|#[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)`,
  // A quote is doubled or escaped within a string.
  String.raw`(?<text>'[^'\\]*(?:(?:\\[^]|'')[^'\\]*)*'|"[^"\\]*(?:(?:\\[^]|"")[^"\\]*)*")`,
  '(?<name>`[^`]*(?:``[^`]*)*`)',
  String.raw`(?<word>[\p{L}\p{N}_$@.]+)`,
  String.raw`(?<space>\s+)`,
  `(?<unended>/[*]|['"\`])`,
  '(?<mark>[^])',
];
const lexer = new RegExp(patterns.join('|'), 'gu');

/** Nothing is read after a quote without an end, so that no part is scanned twice. */
export function sqlStatements(sql: string): readonly SqlStatement[] {
  const done: SqlStatement[] = [];
  let current = empty();
  for (const { groups = {} } of sql.matchAll(lexer)) {
    if (groups.separator) {
      done.push(current);
      current = empty();
    } else if (groups.executed || groups.unended) current.unreadable = true;
    else current.tokens.push(...tokenOf(groups));
    if (groups.unended) break;
  }
  return [...done, current].filter(({ tokens, unreadable }) => tokens.length > 0 || unreadable);
}

function empty(): { tokens: Token[]; unreadable: boolean } {
  return { tokens: [], unreadable: false };
}

function tokenOf({ text, name, word, mark }: Readonly<Record<string, string | undefined>>): readonly Token[] {
  if (text !== undefined) return [{ word: '', kind: 'text' }];
  if (name !== undefined) return [{ word: '', kind: 'name' }];
  if (word !== undefined) return [{ word: word.toUpperCase(), kind: 'word' }];
  return mark === undefined ? [] : [{ word: mark, kind: 'mark' }];
}

/** Parts between the commas outside of all parentheses. */
export function partsAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'mark' && token.word === '(') depth += 1;
    if (token.kind === 'mark' && token.word === ')') depth -= 1;
    if (token.kind === 'mark' && token.word === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
