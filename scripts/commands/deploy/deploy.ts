/**
 * `dojang deploy`: builds what has changed, and puts each application on its host. An unhealthy
 * release is rolled back.
 */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type App, apps, artifactKey } from '../../../lib/release/artifact.ts';
import { hostScripts } from '../../../lib/release/host/index.ts';
import { hostOf } from '../../../lib/release/hosting.ts';
import { hostLimitLines, planLines } from '../../../lib/release/plan/lines.ts';
import { manualRows } from '../../../lib/release/plan/manual/manual.ts';
import type { Plan, Step } from '../../../lib/release/plan/step.ts';
import { releasedLines } from '../../../lib/release/summary.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { hostReleaseOptions } from '../../runtime/release/actions/hosts.ts';
import type { ReleasePorts } from '../../runtime/release/ports.ts';
import { planOf } from '../../runtime/release/release.ts';
import { type ReleaseOptions, releaseInOrder, releaseOrder } from '../../runtime/release/releases.ts';
import { deployAnswer, deployPlanAnswer } from './answer.ts';

/** The applications of this list, or all, in the order of the manual's full release. */
export async function deploy(
  context: Context,
  ports: () => Promise<ReleasePorts>,
  wanted: readonly string[],
  options: ReleaseOptions,
): Promise<Outcome<DataOf<typeof deployAnswer>> | Outcome<DataOf<typeof deployPlanAnswer>>> {
  const chosen = chosenApps(wanted);
  if (context.options.dryRun) return dryRun(context, chosen, options);
  const released = await releaseInOrder(context, await ports(), chosen, options);
  return { format: deployAnswer, data: released, lines: releasedLines(released) };
}

function chosenApps(wanted: readonly string[]): App[] {
  const unknown = wanted.find((each) => each !== 'all' && !apps.some((app) => app === each));
  if (unknown === undefined) return releaseOrder.filter((app) => wanted.length === 0 || wanted.includes('all') || wanted.includes(app));
  throw new DojangError('unknown-app', `no application ${unknown}`, { next: `dojang deploy takes: ${apps.join(', ')}, all` });
}

/** What would be done, without building: the digest is known only then. */
function dryRun(context: Context, chosen: readonly App[], options: ReleaseOptions): Outcome<DataOf<typeof deployPlanAnswer>> {
  const plans = chosen.map((component) => planOf({ context, request: { component, ...options } }));
  const data = plans.map((plan) => ({
    app: plan.component,
    host: hostOf[plan.component],
    script: scriptOf(context, plan.component),
    steps: plan.steps.map((step) => stepAnswer(plan.component, step)),
  }));
  const lines = plans.flatMap((plan) => ['', heading(plan), ...planLines(plan)]);
  return { format: deployPlanAnswer, data, lines: [...lines.slice(1), '', ...hostLimitLines] };
}

function stepAnswer(app: App, { id, title, checks, limitSeconds, onFailure, compensation, serving }: Step) {
  const manualSteps = manualRows(app, id).map(({ number }) => number);
  return { id, title, checks, limitSeconds, onFailure, compensation: compensation?.title, serving, manualSteps };
}

const digest = '<digest>';
const heading = ({ component }: Plan) => `${component} on the ${hostOf[component]} host, as ${artifactKey({ app: component, digest })}`;

/** One script for each step that runs on the host, in their order. */
function scriptOf(context: Context, app: App): string {
  const scripts = hostScripts(app, hostReleaseOptions({ context, bucket: '<artifact bucket>' }, digest));
  return scripts.map(({ step, script }) => `# ${step}\n${script}`).join('\n');
}
