/** `dojang up`: brings both clouds to what the configuration says and wires them. Safe to run again, also after being killed. */
import { DojangError } from '../lib/errors.ts';
import { guard } from '../lib/inventory/guard.ts';
import type { ResourceChange } from '../lib/inventory/resource.ts';
import { type Action, chosenSteps, type Step, upSteps } from '../lib/layers/steps.ts';
import type { Progress } from '../lib/ports.ts';
import type { Clouds, Context, Outcome } from './context.ts';
import { deployGpu } from './gpu-zone.ts';
import { liveChanges } from './live.ts';
import { runSteps } from './runner.ts';
import { driftOf, rulesOnEachSide, type Wiring, wireBoth } from './wire.ts';

export interface UpOptions {
  /** Ids of the steps to run; all when empty. */
  readonly only: readonly string[];
}

/** What the steps learn on the way. */
interface Seen {
  changes?: readonly ResourceChange[];
  wiring?: Wiring;
}

/** @throws DojangError `unknown-step` naming the steps there are; PetGuardError before anything is changed. */
export async function up(context: Context, clouds: () => Promise<Clouds>, { only }: UpOptions): Promise<Outcome> {
  const { environment, report, options } = context;
  const steps = stepsFor(context, only);
  if (options.dryRun) return { data: steps, lines: steps.map(stepLine) };
  const both = await clouds();
  const seen: Seen = {};
  await runSteps(steps, (step) => report.task(step.title, (progress) => carryOut(step, context, both, progress, seen), told).then(ignore));
  const lines = seen.wiring ? summary(context, seen.wiring) : [];
  return { data: { environment: environment.name, changes: seen.changes, ...seen.wiring }, lines };
}

function stepsFor({ environment }: Context, only: readonly string[]): readonly Step[] {
  const steps = upSteps(environment);
  const unknown = only.find((id) => !steps.some((step) => step.id === id));
  if (unknown === undefined) return chosenSteps(steps, only);
  throw new DojangError('unknown-step', `no step ${unknown}`, { next: `--only takes: ${steps.map(({ id }) => id).join(', ')}` });
}

async function carryOut({ action }: Step, context: Context, clouds: Clouds, progress: Progress, seen: Seen): Promise<string> {
  switch (action.do) {
    case 'bootstrap':
      await clouds.aws.bootstrap(progress);
      return context.environment.aws.region;
    case 'guard':
      seen.changes = await guardBoth(context, clouds, progress);
      return seen.changes.length === 0 ? 'nothing to change' : `${seen.changes.length} to change, nothing lost`;
    case 'wire':
      seen.wiring = await wireBoth(context.environment, clouds, true, progress);
      return driftOf(seen.wiring) === 0 ? 'nothing to change' : `${driftOf(seen.wiring)} changed`;
    case 'deploy':
      if (action.cloud === 'gcp') return deployGpu(context, clouds, action.zones, progress);
      return deployAws(clouds, action.stacks, seen.changes ?? [], progress);
  }
}

/** Asks both clouds what would change, before anything does. */
async function guardBoth(context: Context, clouds: Clouds, progress: Progress): Promise<ResourceChange[]> {
  progress('comparing the plan with what is there');
  const changes = await liveChanges(context, clouds);
  guard(changes, context.options.approve);
  return changes;
}

/**
 * Where a machine is replaced, which somebody has approved, its stack goes first: CloudFormation would attach the data volume to the
 * new machine while the old one still has it, and fail. The stack holds no data; volume and address are in L0.
 */
async function deployAws(
  { aws }: Clouds,
  stacks: readonly string[],
  changes: readonly ResourceChange[],
  progress: Progress,
): Promise<string> {
  const replaced = changes.filter(({ type, effect }) => type === 'AWS::EC2::Instance' && effect === 'replace').map(({ stack }) => stack);
  const first = stacks.filter((stack) => replaced.includes(stack));
  if (first.length > 0) await aws.destroy(first, progress);
  await aws.deploy(stacks, progress);
  const { Address, InstanceId } = await aws.outputs(stacks);
  return Address ?? InstanceId ?? '';
}

function summary({ environment: { name, aws, gcp } }: Context, wiring: Wiring): string[] {
  return [
    '',
    `${name} is up`,
    `  aws  ${wiring.addresses.aws.padEnd(15)}  ${aws.region}, ${aws.machine}`,
    `  gcp  ${wiring.addresses.gcp.padEnd(15)}  ${gcp.region}, ${gcp.machine} + ${gcp.gpu.count} x T4`,
    '',
    'rules on each side',
    ...rulesOnEachSide(wiring),
  ];
}

function stepLine({ id, after, action }: Step): string {
  return `  ${id.padEnd(14)} ${sentence(action)}${after.length > 0 ? `; after ${after.join(', ')}` : ''}`;
}

function sentence(action: Action): string {
  if (action.do === 'bootstrap') return 'make the account ready for the CDK';
  if (action.do === 'guard') return 'compare with what is there; stop if something would be lost';
  if (action.do === 'wire') return 'make the rules on both sides what they should be';
  return action.cloud === 'gcp' ? `deploy the GPU machine, trying ${action.zones.join(', ')}` : `deploy ${action.stacks.join(', ')}`;
}

const told = (text: string) => text;
const ignore = () => undefined;
