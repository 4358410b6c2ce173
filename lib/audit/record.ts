/**
 * The audit record of one command that changed something: who typed what, where and when, and how
 * it ended. It is written when the command begins, and again when it ends.
 */
import * as z from 'zod';

/** How many words are kept, and characters of each; of `looked`, secrets are looked for. */
const bounds = { words: 64, word: 200, looked: 500 } as const;

const auditRecord = z.strictObject({
  version: z.literal(1),
  /** That of the lock, where the command holds it. */
  id: z.string().min(1).max(64),
  environment: z.string().max(64),
  verb: z.string().max(64),
  /** What was typed after `dojang`, without secrets: `auditWords`. */
  words: z.array(z.string().max(bounds.word)).max(bounds.words).readonly(),
  /** Who, and on which machine. */
  owner: z.string().max(128),
  host: z.string().max(256),
  /** Of the checkout that the command ran in; missing outside of a repository. */
  commit: z.string().max(64).optional(),
  /** By the clock of that machine. */
  began: z.iso.datetime(),
  /** Missing while it runs, and for a command that was killed. */
  ended: z.iso.datetime().optional(),
  outcome: z.enum(['done', 'failed']).optional(),
  /** Of docs/errors.md, where it failed. Messages are left out: they may quote anything. */
  code: z.string().max(64).optional(),
  /** Exit status of what `dojang exec` ran. */
  status: z.int().optional(),
});

export type AuditRecord = Readonly<z.infer<typeof auditRecord>>;

export function auditText(record: AuditRecord): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Undefined for what is no record: half written, or of a version to come. */
export function parseAudit(text: string): AuditRecord | undefined {
  try {
    return auditRecord.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const folder = 'audit/';

/** `audit/2026-11-28/14-32-00-1a2b3c4d.json`: in the order of time. */
export function auditKey({ began, id }: Pick<AuditRecord, 'began' | 'id'>): string {
  return `${folder}${began.slice(0, 10)}/${began.slice(11, 19).replaceAll(':', '-')}-${id.slice(0, 8)}.json`;
}

/** What every key of this time or later comes after. */
export function auditStart(since: Date): string {
  const text = since.toISOString();
  return `${folder}${text.slice(0, 10)}/${text.slice(11, 19).replaceAll(':', '-')}`;
}

export function isAuditKey(key: string): boolean {
  return /^audit\/\d{4}-\d\d-\d\d\/\d\d-\d\d-\d\d-[\w-]{1,8}\.json$/.test(key);
}

const redacted = '[redacted]';
const secretName = '[\\w-]*(?:password|passwd|secret|token|api-?key|webhook)[\\w-]*';

/**
 * What was typed, bounded, and without what looks like a secret: the value of an option or variable
 * whose name says so, and the password of a URL or of a client of MySQL. No command of ours takes a
 * secret as a word; what `dojang exec` runs may.
 */
export function auditWords(words: readonly string[]): string[] {
  let isSecret = false;
  const looked = words.slice(0, bounds.words).map((word) => word.slice(0, bounds.looked));
  const isOfMysql = looked.some((word) => /mysql|mariadb/.test(word));
  const kept = looked.map((word) => {
    const shown = isSecret ? redacted : withoutSecrets(word, { isOfMysql });
    isSecret = new RegExp(`^--?${secretName}$`, 'i').test(word);
    return shown.length > bounds.word ? `${shown.slice(0, bounds.word - 1)}…` : shown;
  });
  const left = words.length - bounds.words + 1;
  return left > 1 ? [...kept.slice(0, bounds.words - 1), `… ${left} more`] : kept;
}

function withoutSecrets(word: string, { isOfMysql }: { readonly isOfMysql: boolean }): string {
  const clean = word
    .replaceAll(new RegExp(`(${secretName}=)("[^"]*"|'[^']*'|\\S+)`, 'gi'), `$1${redacted}`)
    .replaceAll(new RegExp(`(--${secretName} +)("[^"]*"|'[^']*'|\\S+)`, 'gi'), `$1${redacted}`)
    .replaceAll(/(\w:\/\/[^\s/:@]*:)[^\s/@]+@/g, `$1${redacted}@`)
    .replaceAll(/(https?:\/\/[\w.]*discord(?:app)?\.com\/api\/\S*webhooks\/)\S+/g, `$1${redacted}`);
  return isOfMysql ? clean.replaceAll(/(^|\s)-p(?=\S)("[^"]*"|'[^']*'|\S+)/g, `$1-p${redacted}`) : clean;
}
