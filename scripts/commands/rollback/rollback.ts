/** `dojang rollback`: the last good release of a component serves again, or one that is named. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type App, apps } from '../../../lib/release/artifact.ts';
import { hostLimitLines, planLines } from '../../../lib/release/plan/lines.ts';
import type { ReleaseRecord } from '../../../lib/release/record.ts';
import { servingRelease } from '../../../lib/release/releases.ts';
import { type RollbackQuestion, requireTarget } from '../../../lib/release/rollback-target.ts';
import { releasedLines } from '../../../lib/release/summary.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { servingDigest } from '../../runtime/release/actions/hosts.ts';
import { artifactBucket, type ReleasePorts } from '../../runtime/release/ports.ts';
import { readRecords } from '../../runtime/release/records.ts';
import { planOf } from '../../runtime/release/release.ts';
import { releaseOrder, releaseShown } from '../../runtime/release/releases.ts';
import { rollbackAnswer, rollbackPlanAnswer } from './answer.ts';

export interface RollbackOptions {
  /** web, api, ai, or all. */
  readonly component: string;
  /** Id of the release to go back to; the last good one when missing. */
  readonly release?: string | undefined;
  readonly watchSeconds: number;
}

/**
 * All of them in the reverse order of a full release; one without an earlier release stays.
 * @throws DojangError `unknown-app`, `no-release`, `bad-release`, and as a release
 */
export async function rollback(
  context: Context,
  open: () => Promise<ReleasePorts>,
  { component, release, watchSeconds }: RollbackOptions,
): Promise<Outcome<DataOf<typeof rollbackAnswer>> | Outcome<DataOf<typeof rollbackPlanAnswer>>> {
  const wanted = chosen(component, release);
  const ports = await open();
  const bucket = await artifactBucket(context, ports.aws);
  const { records } = await readRecords(ports.aws.recordStore(bucket));
  const isPlan = context.options.dryRun;
  const questions = await Promise.all(
    wanted.map(async (app) => ({
      ...{ component: app, named: release, approved: context.options.approve },
      // What the host serves may be another one than the records say.
      servingDigest: isPlan ? undefined : await servingDigest(ports, app),
    })),
  );
  const targets = targetsOf(records, questions);
  if (isPlan) return dryRun(context, records, targets, watchSeconds);
  const released = [];
  for (const target of targets) {
    const request = { component: target.component, target, watchSeconds, canary: false };
    released.push(await releaseShown({ context, ports, bucket, request, several: targets.length > 1 }));
  }
  return { format: rollbackAnswer, data: released, lines: releasedLines(released) };
}

function chosen(component: string, release: string | undefined): readonly App[] {
  if (component === 'all' && release !== undefined) {
    throw new DojangError('unknown-app', `${release} is a release of one component, not of all`, {
      next: 'dojang releases shows of which',
    });
  }
  if (component === 'all') return releaseOrder;
  const app = apps.find((each) => each === component);
  if (app) return [app];
  throw new DojangError('unknown-app', `no application ${component}`, { next: `dojang rollback takes: ${apps.join(', ')}, all` });
}

/** Of all components those that have one; of a single one it must be there. */
function targetsOf(records: readonly ReleaseRecord[], questions: readonly RollbackQuestion[]): readonly ReleaseRecord[] {
  const found = questions.map((question) => {
    try {
      return { target: requireTarget(records, question) };
    } catch (error) {
      return { error };
    }
  });
  const targets = found.flatMap(({ target }) => (target ? [target] : []));
  if (targets.length === 0) throw found[0]?.error;
  return targets;
}

function dryRun(
  context: Context,
  records: readonly ReleaseRecord[],
  targets: readonly ReleaseRecord[],
  watchSeconds: number,
): Outcome<DataOf<typeof rollbackPlanAnswer>> {
  const plans = targets.map((target) => {
    const plan = planOf({ context, request: { component: target.component, target, watchSeconds, canary: false } });
    return { target, from: servingRelease(records, target.component), plan };
  });
  const lines = plans.flatMap(({ target, from, plan }) => [
    '',
    `${target.component} from ${from?.id ?? 'nothing that is recorded'} back to ${target.id}`,
    ...planLines(plan),
  ]);
  const data = plans.map(({ target, from, plan }) => ({
    app: target.component,
    ...(from && { from: from.id }),
    to: target.id,
    steps: plan.steps.map(({ id, title, checks }) => ({ id, title, checks })),
  }));
  return { format: rollbackPlanAnswer, data, lines: [...lines.slice(1), '', ...hostLimitLines] };
}
