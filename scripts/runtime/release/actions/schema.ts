/** Whether the release that a rollback brings back works with the schema that the database has. */
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { appliedFrom, appliedScript } from '../../../../lib/release/database/applied.ts';
import { type ReleaseSchema, requireSchemaFit, schemaFit } from '../../../../lib/release/database/schema.ts';
import { hostOf } from '../../../../lib/release/hosting.ts';
import type { ReleaseRecord } from '../../../../lib/release/record.ts';
import type { RunState } from '../run-state.ts';

/**
 * A release from before records had migrations is taken as it is: nothing is known of it.
 * @throws DojangError `schema-incompatible`, `release-failed` when the database does not answer
 */
export async function requireSchema({ ports, bucket, read }: RunState, target: ReleaseRecord, progress: Progress): Promise<void> {
  const [wanted] = schemaOf(target);
  if (!wanted) return;
  const run = { comment: 'which migrations are applied', limitSeconds: 60, progress };
  const { code, stdout, stderr } = await ports.shell.run(hostOf.api, appliedScript, run);
  if (code !== 0) {
    throw new DojangError('release-failed', 'the database does not say which migrations it has', {
      why: stderr.trim().split('\n').at(-1) ?? '',
      next: 'dojang doctor looks at the host',
    });
  }
  const { dumps } = await ports.aws.dumpStore(bucket).stored();
  const state = { applied: appliedFrom(stdout), releases: read.records.flatMap(schemaOf) };
  requireSchemaFit(wanted, state, dumps);
  const fit = schemaFit(wanted, state);
  if (fit.is === 'fits' && fit.pending.length > 0) {
    throw new DojangError(
      'schema-incompatible',
      `release ${target.id} has migrations that the database has not: ${fit.pending.join(', ')}`,
      {
        why: 'A rollback runs no migration, and that release was never started on this database.',
        next: `check out ${target.commit?.slice(0, 7) ?? 'its commit'}, then dojang deploy api`,
      },
    );
  }
}

function schemaOf({ id, migrations }: ReleaseRecord): readonly ReleaseSchema[] {
  return migrations ? [{ id, migrations }] : [];
}
