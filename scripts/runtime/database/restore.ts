/** Bringing the database back: what is chosen here, and what the host does with it. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { DumpStore } from '../../../lib/ports/dumps.ts';
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import type { RestorePlan } from '../../../lib/release/database/plan.ts';
import { restoreLimitSeconds } from '../../../lib/release/database/restore-steps.ts';
import { type Restored, restoredFrom, restoreScript, type Shipped, shippedFrom, shipScript } from '../../../lib/release/database/script.ts';
import { hostOf } from '../../../lib/release/hosting.ts';
import type { Context } from '../context.ts';

/** @throws DojangError `not-deployed` before there is a bucket */
export async function dumpStoreOf(
  { environment }: Pick<Context, 'environment'>,
  aws: Pick<AwsCloud, 'outputs' | 'dumpStore'>,
): Promise<DumpStore> {
  const { addresses } = environment.names.stacks;
  const { ArtifactBucket: bucket } = await aws.outputs([addresses]);
  if (bucket) return aws.dumpStore(bucket);
  throw new DojangError('not-deployed', `${addresses} has no artifact bucket yet, and so no dump`, {
    next: `dojang up --env ${environment.name}`,
  });
}

/** What was shipped before is enough where this server is not the one that wrote it. */
export async function shipLogs({ environment }: Pick<Context, 'environment'>, shell: HostShell, progress: Progress): Promise<Shipped> {
  const options = { comment: `ship binary logs of ${environment.name}`, limitSeconds: 300, progress };
  return shippedFrom(await shell.run(hostOf.api, shipScript(), options));
}

interface RestoreOptions {
  readonly plan: RestorePlan;
  readonly rehearse: boolean;
}

/** @throws DojangError `restore-failed`, `host-unreachable`, `host-timeout` */
export async function restoreDatabase(
  { environment }: Pick<Context, 'environment'>,
  shell: HostShell,
  { plan, rehearse }: RestoreOptions,
  progress: Progress,
): Promise<Restored> {
  const comment = `${rehearse ? 'rehearse' : 'restore'} ${environment.name} ${plan.dump.id}`;
  const limitSeconds = restoreLimitSeconds({ toTime: plan.to !== null, rehearse });
  progress(rehearse ? 'into a scratch database' : 'into a scratch database, then in place of what serves');
  return restoredFrom(await shell.run(hostOf.api, restoreScript(plan, { rehearse, environment }), { comment, limitSeconds, progress }), {
    rehearse,
  });
}
