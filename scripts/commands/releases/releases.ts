/** `dojang releases`: who released what, when, and how it ended. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { apps } from '../../../lib/release/artifact.ts';
import { type ReleaseRow, releaseRows } from '../../../lib/release/release-rows.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { wrapped } from '../../../lib/text/wrap.ts';
import { counted } from '../../../lib/values/counted.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { artifactBucket } from '../../runtime/release/ports.ts';
import { readRecords } from '../../runtime/release/records.ts';
import { releasesAnswer } from './answer.ts';

/**
 * @param component one of web, api, ai; all when undefined. @throws DojangError `not-deployed`,
 *   `unknown-app`
 */
export async function releases(
  context: Context,
  { aws }: Pick<Clouds, 'aws'>,
  component: string | undefined,
): Promise<Outcome<DataOf<typeof releasesAnswer>>> {
  const app = apps.find((each) => each === component);
  if (component !== undefined && !app) {
    throw new DojangError('unknown-app', `no application ${component}`, { next: `dojang releases takes: ${apps.join(', ')}` });
  }
  const { records, unreadable } = await readRecords(aws.recordStore(await artifactBucket(context, aws)));
  const rows = releaseRows(records).filter((row) => app === undefined || row.component === app);
  const { name } = context.environment;
  return { format: releasesAnswer, data: { environment: name, releases: rows, unreadable }, lines: lines(name, rows, unreadable) };
}

function lines(environment: string, rows: readonly ReleaseRow[], unreadable: readonly string[]): readonly string[] {
  const missing = unreadable.length === 0 ? [] : ['', `${counted(unreadable.length, 'record')} cannot be read: ${unreadable.join(', ')}`];
  if (rows.length === 0) return [`no release of ${environment} is recorded`, ...missing];
  const heads = tableLines([{ gap: 0 }, {}, {}, {}, {}], rows.map(head));
  return [...rows.flatMap((row, index) => [heads[index] ?? '', ...wrapped(about(row), 15)]), ...missing];
}

function head({ id, component, outcome, since, seconds, downtimeSeconds }: ReleaseRow): readonly string[] {
  return [id, component, outcome, `${since.slice(0, 16).replace('T', ' ')} UTC`, `${seconds} s, ${downtimeSeconds} s down`];
}

function about({ verb, who, commit, subject, dump, reason }: ReleaseRow): string {
  const what = [commit, subject && JSON.stringify(subject)].filter(Boolean).join(' ');
  return [reason, what, verb === 'rollback' && 'a rollback', who, dump && `dump ${dump}`].filter(Boolean).join('; ');
}
