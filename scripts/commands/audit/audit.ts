/** `dojang audit`: which commands have changed an environment. */
import { type AuditRecord, auditStart, isAuditKey, parseAudit } from '../../../lib/audit/record.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { AuditStore } from '../../../lib/ports/audit.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { counted } from '../../../lib/values/counted.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { auditAnswer } from './answer.ts';

export interface AuditOptions {
  readonly since: Date;
  /** How many records at most, the newest. */
  readonly lines: number;
}

/** Objects that are read at the same time. */
const atOnce = 8;

/** @throws DojangError `not-deployed` before there is a bucket that they lie in */
export async function audit(
  { environment }: Pick<Context, 'environment'>,
  { aws }: Pick<Clouds, 'aws'>,
  { since, lines: most }: AuditOptions,
): Promise<Outcome<DataOf<typeof auditAnswer>>> {
  const { addresses } = environment.names.stacks;
  const { ArtifactBucket: bucket } = await aws.outputs([addresses]);
  if (!bucket) {
    throw new DojangError('not-deployed', `${addresses} has no artifact bucket yet, and so no audit records`, {
      next: `dojang up --env ${environment.name}`,
    });
  }
  const store = aws.auditStore(bucket);
  const keys = (await store.keysAfter(auditStart(since))).filter(isAuditKey).toReversed();
  const wanted = keys.slice(0, most);
  const found = await readAll(store, wanted);
  const records = found.flatMap(({ record }) => (record ? [record] : []));
  const unreadable = found.flatMap(({ key, record }) => (record ? [] : [key]));
  const leftOut = keys.length - wanted.length;
  const data = { environment: environment.name, since: since.toISOString(), records: records.map(shown), leftOut, unreadable };
  return { format: auditAnswer, data, lines: textOf(data, records) };
}

async function readAll(store: AuditStore, keys: readonly string[]) {
  const found: { key: string; record: AuditRecord | undefined }[] = [];
  for (let at = 0; at < keys.length; at += atOnce) {
    const texts = keys.slice(at, at + atOnce).map(async (key) => ({ key, record: parseAudit((await store.read(key)) ?? '') }));
    found.push(...(await Promise.all(texts)));
  }
  return found;
}

function shown({ version: _, environment: __, ...record }: AuditRecord) {
  return record;
}

function textOf({ environment, since, leftOut, unreadable }: Omit<DataOf<typeof auditAnswer>, 'records'>, records: readonly AuditRecord[]) {
  const notes = [
    ...(leftOut > 0 ? [`${counted(leftOut, 'older record')} left out; --lines shows more`] : []),
    ...unreadable.map((key) => `${key} is no record that this dojang can read`),
  ];
  if (records.length === 0) return [`no command has changed ${environment} since ${since}`, ...notes];
  return [...tableLines([{}, {}, {}, {}], records.map(row)), ...notes];
}

function row({ began, owner, host, words, outcome, code, status, ended }: AuditRecord): string[] {
  const how = outcome === 'failed' ? `failed: ${code}${status === undefined ? '' : ` ${status}`}` : (outcome ?? 'no end recorded');
  return [began.replace(/\.\d+Z$/, 'Z'), `${owner} on ${host}`, `${how}${lasted(began, ended)}`, words.join(' ')];
}

function lasted(began: string, ended: string | undefined): string {
  return ended === undefined ? '' : `, ${Math.max(0, Math.round((Date.parse(ended) - Date.parse(began)) / 1000))} s`;
}
