/**
 * `dojang deploy`: builds what has changed, and puts each application on its host. An unhealthy
 * release is rolled back.
 */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type App, apps, artifactKey } from '../../../lib/release/artifact.ts';
import { hostScripts } from '../../../lib/release/host/index.ts';
import { hostOf } from '../../../lib/release/hosting.ts';
import { todaysCapabilities } from '../../../lib/release/plan/capabilities.ts';
import { planLines } from '../../../lib/release/plan/lines.ts';
import { manualRows } from '../../../lib/release/plan/manual/manual.ts';
import { deployPlan } from '../../../lib/release/plan/plan.ts';
import type { Step } from '../../../lib/release/plan/step.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import { type DeployPorts, hostReleaseOptions, release, releaseOrder, releaseRow } from '../../runtime/hosts/release.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { deployAnswer, deployPlanAnswer } from './answer.ts';

/**
 * The applications of this list, or all; those of one host one after the other, the API before the
 * web that asks it.
 */
export async function deploy(
  context: Context,
  ports: () => Promise<DeployPorts>,
  wanted: readonly string[],
): Promise<Outcome<DataOf<typeof deployAnswer>> | Outcome<DataOf<typeof deployPlanAnswer>>> {
  const chosen = chosenApps(wanted);
  if (context.options.dryRun) return dryRun(context, chosen);
  const open = await ports();
  const released = await context.report.tasks(chosen.map(releaseRow), () => release(context, open, chosen));
  return { format: deployAnswer, ...released };
}

function chosenApps(wanted: readonly string[]): App[] {
  const unknown = wanted.find((each) => !apps.some((app) => app === each));
  if (unknown === undefined) return releaseOrder.filter((app) => wanted.length === 0 || wanted.includes(app));
  throw new DojangError('unknown-app', `no application ${unknown}`, { next: `dojang deploy takes: ${apps.join(', ')}` });
}

/** What would be done, without building: the digest is known only then. */
function dryRun(context: Context, chosen: readonly App[]): Outcome<DataOf<typeof deployPlanAnswer>> {
  const digest = '<digest>';
  const plans = chosen.map((app) => deployPlan(app, { capabilities: todaysCapabilities[app] }));
  const data = plans.map((plan) => ({
    app: plan.component,
    host: hostOf[plan.component],
    script: scriptOf(context, plan.component, digest),
    steps: plan.steps.map((step) => stepAnswer(plan.component, step)),
  }));
  const lines = plans.flatMap((plan) => ['', heading(plan.component), ...planLines(plan)]);
  return { format: deployPlanAnswer, data, lines: lines.slice(1) };
}

function stepAnswer(app: App, { id, title, checks, limitSeconds, onFailure, compensation, serving }: Step) {
  const manualSteps = manualRows(app, id).map(({ number }) => number);
  return { id, title, checks, limitSeconds, onFailure, compensation: compensation?.title, serving, manualSteps };
}

const heading = (app: App) => `${app} on the ${hostOf[app]} host, as ${artifactKey({ app, digest: '<digest>' })}`;

/** One script for each step on the host, in their order. */
function scriptOf(context: Context, app: App, digest: string): string {
  const scripts = hostScripts(app, hostReleaseOptions(context, { digest }, '<artifact bucket>'));
  return scripts.map(({ step, script }) => `# ${step}\n${script}`).join('\n');
}
