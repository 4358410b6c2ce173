/** `dojang restore --list`: what there is to restore. */
import { listDumps } from '../../../lib/release/database/listing.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { bytesText } from '../../../lib/values/number-text.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import { dumpStoreOf } from '../../runtime/database/restore.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { restoreListAnswer } from './answer.ts';

/** @throws DojangError `not-deployed` before there is a bucket */
export async function listRestorable(
  context: Context,
  { aws }: { readonly aws: Pick<Clouds['aws'], 'outputs' | 'dumpStore'> },
): Promise<Outcome<DataOf<typeof restoreListAnswer>>> {
  const data = listDumps(await (await dumpStoreOf(context, aws)).stored());
  const rows = data.map(({ id, reaches, rows: count, bytes }) => [id, reaches, `${count}`, bytesText(bytes)]);
  const right = { align: 'right' } as const;
  const none = [`no dump of ${context.environment.name} yet: dojang dump makes one`];
  const lines = rows.length === 0 ? none : tableLines([{}, {}, right, right], [['dump', 'with --to up to', 'rows', 'size'], ...rows]);
  return { format: restoreListAnswer, data, lines };
}
