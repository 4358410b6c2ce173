/** Carrying out one step of `dojang up`. */
import type { Description } from '../../../lib/deployment/describe.ts';
import type { Action, Step } from '../../../lib/deployment/up-plan.ts';
import { hostNames } from '../../../lib/host/recipe.ts';
import { guard } from '../../../lib/inventory/guard.ts';
import { changesText, interruptions } from '../../../lib/inventory/interruptions.ts';
import type { ResourceChange } from '../../../lib/inventory/resource.ts';
import type { FormerVolume } from '../../../lib/ports/aws.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { requireHosts } from '../../runtime/clouds/hosts.ts';
import type { Clouds, Context } from '../../runtime/context.ts';
import { recipeRow, runRecipes } from '../../runtime/hosts/recipes.ts';
import type { PartOutcome } from '../../runtime/outcome.ts';
import { requireBootImages } from '../../runtime/plan/boot-image.ts';
import { liveChanges } from '../../runtime/plan/live-changes.ts';
import { requireSnapshots } from '../../runtime/plan/snapshots.ts';
import { releasePorts } from '../../runtime/release/ports.ts';
import { releaseAll, releaseOrder, releaseRow } from '../../runtime/release/releases.ts';
import { driftOf, type Wiring, wireBoth } from '../../runtime/wiring/wiring.ts';
import { deployAws, requireVolumeFirst } from './deploy-aws.ts';
import { deployGpu } from './gpu-zone.ts';
import { join } from './join.ts';
import { preflightStep } from './preflight-step.ts';

/** What the steps work with, and what they learn on the way. */
export interface Seen {
  readonly description: Description;
  changes?: readonly ResourceChange[];
  wiring?: Wiring;
  /** Stacks of AWS that this run deploys. */
  readonly chosen: readonly string[];
  formerVolumes?: readonly FormerVolume[];
}

/** The names of the rows that `carryOut` shows. */
export function rowsOf({ title, action }: Step): string[] {
  if (action.do === 'provision') return hostNames.map(recipeRow);
  if (action.do === 'release') return releaseOrder.map(releaseRow);
  return [title];
}

/** Shows the step as one row, or as the rows of what it consists of. */
export async function carryOut({ title, action }: Step, context: Context, clouds: Clouds, seen: Seen): Promise<void> {
  if (action.do === 'preflight') return preflightStep(context, clouds, title, action);
  // After the questions, which change nothing; again once the bucket is there that it lies in.
  await context.lock?.ensure(clouds.aws);
  if (action.do === 'provision') return provisionHosts(context, clouds, seen);
  if (action.do === 'release') return releaseApps(context, clouds);
  await context.report.task(
    title,
    (progress) => oneRow(action, context, clouds, progress, seen),
    (text) => text,
  );
  if (action.do === 'guard') for (const text of interruptions(seen.changes ?? [])) context.report.note(text);
}

type OneRow = Exclude<Action, { do: 'preflight' | 'provision' | 'release' }>;

async function oneRow(action: OneRow, context: Context, clouds: Clouds, progress: Progress, seen: Seen): Promise<string> {
  switch (action.do) {
    case 'bootstrap':
      await clouds.aws.bootstrap(progress);
      return context.environment.aws.region;
    case 'guard':
      seen.changes = await guardBoth(context, clouds, progress);
      return changesText(seen.changes);
    case 'wire':
      seen.wiring = await wireBoth(seen.description, clouds, { apply: true }, progress);
      return driftOf(seen.wiring) === 0 ? 'nothing to change' : `${driftOf(seen.wiring)} changed`;
    case 'join':
      return joinNode(context, clouds, progress);
    case 'deploy':
      if (action.cloud === 'gcp') return deployGpu(context, clouds, action.zones, progress);
      return deployStacks(action.stacks, context, clouds, progress, seen);
  }
}

async function deployStacks(
  stacks: readonly string[],
  { environment }: Context,
  clouds: Clouds,
  progress: Progress,
  seen: Seen,
): Promise<string> {
  const { chosen, formerVolumes: known = [], changes = [] } = seen;
  requireVolumeFirst(environment, { stacks, chosen }, changes);
  const { text, formerVolumes } = await deployAws(environment, clouds, stacks, changes, progress);
  seen.formerVolumes = [...known, ...formerVolumes];
  return text;
}

/** Asks both clouds what would change, before anything does. */
async function guardBoth(context: Context, clouds: Clouds, progress: Progress): Promise<ResourceChange[]> {
  progress('comparing the plan with what is there');
  const changes = await liveChanges(context, clouds);
  guard(changes, context.options.approve);
  await requireBootImages(context.environment, changes, clouds);
  await requireSnapshots(context.environment, changes, clouds);
  return changes;
}

async function joinNode({ environment }: Context, clouds: Clouds, progress: Progress): Promise<string> {
  const hosts = requireHosts(clouds);
  progress('waiting for the machines');
  await hosts.ready(progress);
  return (await join(environment, { ...hosts, aws: clouds.aws }, progress)).node;
}

async function provisionHosts(context: Context, clouds: Clouds, { description }: Seen): Promise<void> {
  const { shell, facts } = requireHosts(clouds);
  const recipes = description.recipes(await facts());
  stopAt(context, await runRecipes(context, shell, recipes, { check: false }));
}

async function releaseApps(context: Context, clouds: Clouds): Promise<void> {
  await releaseAll(context, releasePorts(context, clouds), { watchSeconds: 60, canary: false });
}

/** What a part answered is shown when it failed; when it did not, its rows have said enough. */
function stopAt({ report }: Context, { failure, lines = [] }: PartOutcome<unknown>): void {
  if (!failure) return;
  for (const line of lines) report.note(line);
  throw failure;
}
