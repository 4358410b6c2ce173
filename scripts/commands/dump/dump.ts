/** `dojang dump`: a dump of the database now, beside those of every night and of each release. */
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context, Hosts } from '../../runtime/context.ts';
import { dumpDatabase, dumpedText } from '../../runtime/database/dump.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { dumpAnswer } from './answer.ts';

/** @throws DojangError `dump-failed`, `host-unreachable`, `host-timeout` */
export async function dump(context: Context, { shell }: Pick<Hosts, 'shell'>): Promise<Outcome<DataOf<typeof dumpAnswer>>> {
  const { environment, report } = context;
  const dumped = await report.task('dump', (progress) => dumpDatabase(context, shell, { releaseId: 'manual' }, progress), dumpedText);
  return {
    format: dumpAnswer,
    data: { environment: environment.name, ...dumped },
    lines: [dumped.id, `  dojang restore ${dumped.id} --env ${environment.name} --rehearse tries it`],
  };
}
