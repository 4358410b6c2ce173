/**
 * Whether the release before still works on the schema that a migration leaves: only then can it
 * serve meanwhile, and be rolled back to. What is not recognized counts as unknown, never as safe.
 */
import { partsAtCommas, type SqlStatement, sqlStatements, type Token } from './tokens.ts';

interface StatementClass {
  /** `expand`: adds only. `contract`: takes away or forbids what the release before may use. */
  readonly is: 'expand' | 'contract' | 'unknown';
  readonly reason: string;
  /** Its first words, in upper case. */
  readonly begins: string;
}

/** @param sql statements separated by `;` or by lines `-- statement`; MySQL 8 */
export function isExpandOnly(sql: string): boolean {
  return classifyMigration(sql).every((statement) => statement.is === 'expand');
}

/** Each statement, in order, with the reason. */
export function classifyMigration(sql: string): readonly StatementClass[] {
  return sqlStatements(sql).map(classify);
}

type Finding = Omit<StatementClass, 'begins'>;

const expand = (reason: string): Finding => ({ is: 'expand', reason });
const contract = (reason: string): Finding => ({ is: 'contract', reason });
const unknown = (reason: string): Finding => ({ is: 'unknown', reason });

function classify({ tokens, unreadable }: SqlStatement): StatementClass {
  const begins = words(tokens).slice(0, 3).join(' ');
  if (unreadable) return { ...unknown('a comment that MySQL executes, or a quote without an end'), begins };
  const [first = ''] = words(tokens);
  return { ...(byFirstWord[first]?.(tokens) ?? unknown(`${first || 'it'} is not recognized`)), begins };
}

const byFirstWord: Readonly<Record<string, (tokens: readonly Token[]) => Finding>> = {
  CREATE: create,
  ALTER: alter,
  INSERT: insert,
  DROP: () => contract('removes what the release before may use'),
  RENAME: () => contract('the release before asks for the old name'),
  TRUNCATE: () => contract('removes rows'),
  DELETE: () => contract('removes rows'),
  REPLACE: () => contract('removes rows that it replaces'),
  REVOKE: () => contract('takes a privilege away'),
  UPDATE: () => unknown('changes rows that the release before reads'),
};

function create(tokens: readonly Token[]): Finding {
  const [, second, third] = words(tokens);
  if (second === 'TABLE') return expand('a new table');
  if (second === 'INDEX') return expand('an index');
  if (second === 'UNIQUE') return contract('refuses rows that the release before may write');
  if (second === 'VIEW') return expand('a new view');
  return unknown(`CREATE ${[second, third].filter(Boolean).join(' ')} is not recognized`);
}

function insert(tokens: readonly Token[]): Finding {
  return hasPhrase(tokens, 'ON', 'DUPLICATE', 'KEY', 'UPDATE')
    ? unknown('may change rows that the release before reads')
    : expand('new rows');
}

/** The worst of its parts decides. */
function alter(tokens: readonly Token[]): Finding {
  if (words(tokens)[1] !== 'TABLE') return unknown('ALTER of something else than a table');
  const clauses = partsAtCommas(tokens.slice(3)).map(alterClause);
  return (
    clauses.find((clause) => clause.is === 'contract') ??
    clauses.find((clause) => clause.is === 'unknown') ??
    clauses[0] ??
    unknown('empty')
  );
}

function alterClause(tokens: readonly Token[]): Finding {
  const [first = '', second = '', third = '', ...rest] = tokens.map(({ word }) => word);
  if (first === 'ADD') return add(tokens.slice(1));
  if (first === 'DROP' || first === 'RENAME') return contract(`${first} removes what the release before may use`);
  if (first === 'ALTER') return setsDefault(second === 'COLUMN' ? rest : [third, ...rest]);
  if (first === 'ALGORITHM' || first === 'LOCK') return expand('how it is done');
  return unknown(`${first || 'a quoted name'} may narrow a column`);
}

function setsDefault(afterName: readonly string[]): Finding {
  return afterName[0] === 'SET' && afterName[1] === 'DEFAULT' ? expand('a default') : unknown('ALTER COLUMN other than SET DEFAULT');
}

const constraints: ReadonlySet<string> = new Set(['UNIQUE', 'PRIMARY', 'FOREIGN', 'CONSTRAINT', 'CHECK']);
/** `KEY` alone makes a column the primary key. */
const columnConstraints: ReadonlySet<string> = new Set([...constraints, 'REFERENCES', 'KEY']);

/** What follows ADD. */
function add(tokens: readonly Token[]): Finding {
  const [first] = tokens;
  if (!first) return unknown('ADD of nothing');
  if (first.kind === 'mark') return unknown('several columns in parentheses');
  if (first.kind === 'word' && constraints.has(first.word)) return contract('refuses rows that the release before may write');
  if (first.kind === 'word' && ['INDEX', 'KEY', 'FULLTEXT', 'SPATIAL'].includes(first.word)) return expand('an index');
  if (first.kind === 'word' && first.word === 'PARTITION') return unknown('ADD PARTITION is not recognized');
  const isNamed = first.kind === 'word' && first.word === 'COLUMN';
  return column(tokens.slice(isNamed ? 2 : 1), { inParentheses: isNamed && tokens[1]?.word === '(' });
}

/** The definition after the name. The release before does not name the column when it writes. */
function column(definition: readonly Token[], { inParentheses }: { readonly inParentheses: boolean }): Finding {
  const its = words(definition);
  if (inParentheses) return unknown('several columns in parentheses');
  if (its.some((word) => columnConstraints.has(word))) return contract('refuses rows that the release before may write');
  if (!hasPhrase(definition, 'NOT', 'NULL')) return expand('a column that may be empty');
  const filled = its.some((word) => ['DEFAULT', 'GENERATED', 'AS'].includes(word));
  return filled ? expand('a column with a default') : contract('a column that the release before would have to fill');
}

function words(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ kind, word }) => (kind === 'word' ? [word] : []));
}

function hasPhrase(tokens: readonly Token[], ...phrase: readonly string[]): boolean {
  return tokens.some((_, at) => phrase.every((word, offset) => tokens[at + offset]?.kind === 'word' && tokens[at + offset]?.word === word));
}
