/**
 * `dojang down`: removes an environment. What holds data or an address (L0) stays unless `--all` is
 * given.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import { gcpResources, isLocal } from '../../../lib/config/names.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { guard } from '../../../lib/inventory/guard.ts';
import type { ResourceChange } from '../../../lib/inventory/resource.ts';
import { holdingOf } from '../../../lib/inventory/stateful-resources.ts';
import { allSettled } from '../../io/all-settled.ts';
import { forgetLocalClouds } from '../../local/index.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { checkApprovals } from '../../runtime/plan/approvals.ts';
import { plannedInventory } from '../../runtime/plan/planned-inventory.ts';
import { downAnswer } from './answer.ts';

export interface DownOptions {
  /** Removes L0 too. */
  readonly all: boolean;
  /** The operator has already agreed. */
  readonly yes: boolean;
  /** Asks the operator; returns false without a terminal. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** What of GCP belongs to L0: it outlives every machine. */
const keptOnGcp: readonly string[] = [gcpResources.address, gcpResources.data];

export async function down(
  context: Context,
  clouds: () => Promise<Clouds>,
  options: DownOptions,
): Promise<Outcome<DataOf<typeof downAnswer>>> {
  await checkApprovals(context);
  const plan = downPlan(context, options);
  const lines = [
    `${context.environment.name} loses`,
    ...plan.removed.map((what) => `  - ${what}`),
    ...plan.kept.map((what) => `  = ${what} stays`),
  ];
  if (context.options.dryRun) return { format: downAnswer, data: plan, lines };
  // What the embedded clouds hold can be made again.
  if (options.all && !isLocal(context.environment)) guard(await losses(context.environment), context.options.approve);
  for (const line of lines) context.report.note(line);
  if (!options.yes && !(await options.confirm(`Remove ${context.environment.name}?`))) {
    throw new DojangError('declined', 'nothing was removed', {
      next: `dojang down --env ${context.environment.name}${options.all ? ' --all' : ''} --yes removes without asking`,
    });
  }
  await remove(context, await clouds(), plan);
  // Nothing is left in the embedded clouds then: they are only alive to hold something.
  if (options.all && isLocal(context.environment)) {
    // The lock lies in a cloud that is about to end.
    await context.lock?.release();
    await forgetLocalClouds();
  }
  return {
    format: downAnswer,
    data: plan,
    lines: [`${context.environment.name} is down${options.all ? '' : '; addresses and data are kept, dojang up brings the rest back'}`],
  };
}

/**
 * What holds data or an address and would go with `--all`. CloudFormation retains its part, but
 * nothing would look after it any more.
 */
async function losses(environment: Environment): Promise<ResourceChange[]> {
  const { resources } = await plannedInventory(environment);
  const held = resources.filter(({ type }) => ['data', 'address'].includes(holdingOf(type) ?? ''));
  return held.map(({ cloud, stack, id, type }) => ({ cloud, stack, id, type, effect: 'delete', changed: [] }));
}

/** What `down` removes and keeps, as data. */
function downPlan({ environment }: Pick<Context, 'environment'>, { all }: Pick<DownOptions, 'all'>) {
  const { addresses, network, host } = environment.names.stacks;
  const stacks = all ? [addresses, network, host] : [network, host];
  const keep = all ? [] : [...keptOnGcp];
  return {
    stacks,
    keep,
    parameters: Object.values(environment.names.parameters.endpoints),
    removed: [...[...stacks].reverse().map((name) => `aws  ${name}`), `gcp  ${all ? 'everything' : `everything but ${keep.join(', ')}`}`],
    kept: all ? [] : [`aws  ${addresses}`, ...keep.map((name) => `gcp  ${name}`)],
  };
}

async function remove({ report }: Context, { aws, gcp }: Clouds, plan: ReturnType<typeof downPlan>): Promise<void> {
  await allSettled([
    report.task('aws', async (progress) => {
      // Until its machine has stopped, the API reads where the AI server is.
      await aws.destroy(plan.stacks, progress);
      await aws.deleteParameters(plan.parameters);
    }),
    report.task('gcp', (progress) => gcp.destroy({ keep: plan.keep }, progress)),
  ]);
}
