/**
 * `dojang up`: brings both clouds to what the configuration says and wires them. Safe to run again,
 * also after being killed.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import { requireDeployable } from '../../../lib/deployment/deployable.ts';
import { type Description, describeEnvironment } from '../../../lib/deployment/describe.ts';
import { type Action, chosenSteps, type Step, type UpParts } from '../../../lib/deployment/up-plan.ts';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { FormerVolume } from '../../../lib/ports/aws.ts';
import { tableLines } from '../../../lib/text/table.ts';
import { alarmSubscription } from '../../runtime/alarm-subscription.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import { hasHosts } from '../../runtime/clouds/hosts.ts';
import type { Clouds, Context, NoHosts } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { checkApprovals } from '../../runtime/plan/approvals.ts';
import { liveChanges } from '../../runtime/plan/live-changes.ts';
import { runSteps } from '../../runtime/task-graph.ts';
import { rulesOnEachSide, type Wiring } from '../../runtime/wiring/wiring.ts';
import { upAnswer, upPlanAnswer } from './answer.ts';
import { requireGivenSecrets } from './given-secrets.ts';
import { carryOut, rowsOf, type Seen } from './steps.ts';

export interface UpOptions {
  /** Ids of the steps to run; all when empty. */
  readonly only: readonly string[];
  /** Leaves out what is on the machines. */
  readonly cloudsOnly: boolean;
}

/**
 * @throws DojangError `runpod-not-built`; `unknown-step` naming the steps there are;
 *   `unknown-approval` and StatefulChangeError before anything is changed.
 */
export async function up(
  context: Context,
  clouds: () => Promise<Clouds>,
  { only, cloudsOnly }: UpOptions,
): Promise<Outcome<DataOf<typeof upAnswer>> | Outcome<DataOf<typeof upPlanAnswer>>> {
  const { environment, options } = context;
  requireDeployable(environment);
  const description = describeEnvironment(environment);
  // Names are checked before any cloud is opened.
  const wanted = stepsFor(description, only, { hosts: !cloudsOnly });
  if (options.dryRun) {
    return { format: upPlanAnswer, data: wanted, lines: tableLines([{ min: 14 }, { gap: 1 }], wanted.map(stepRow)) };
  }
  const open = await clouds();
  const steps = stepsFor(description, only, { hosts: !cloudsOnly && hasHosts(open.hosts) });
  await checkApprovals(context, () => liveChanges(context, open));
  if (does(steps, 'provision') && !does(steps, 'preflight')) await requireGivenSecrets(environment, open.secrets);
  const seen: Seen = {
    description,
    chosen: steps.flatMap(({ action }) => (action.do === 'deploy' && action.cloud === 'aws' ? action.stacks : [])),
  };
  await context.report.tasks(steps.flatMap(rowsOf), () => runSteps(steps, (step) => carryOut(step, context, open, seen)));
  const released = does(steps, 'release') && hasHosts(open.hosts) ? (await open.hosts.facts()).publicUrl : undefined;
  const lines = seen.wiring ? [...summary(context, seen.wiring, released), ...(await unconfirmed(context, open))] : [];
  const data = { environment: environment.name, url: released, changes: seen.changes, ...seen.wiring };
  const former = (seen.formerVolumes ?? []).flatMap((volume) => formerLines(environment, volume));
  return { format: upAnswer, data, lines: [...lines, ...former, ...(hasHosts(open.hosts) ? [] : leftOut(open.hosts))] };
}

/** Each time, until it is deleted: it is billed for as long as it is there. */
function formerLines({ name, aws: { region } }: Environment, { id, gib, zone }: FormerVolume): string[] {
  return [
    '',
    `${id} (${gib} GiB, ${zone}) is no longer the data volume of ${name}: its data stays, no snapshots of it are made, and it is billed`,
    `  Next: aws ec2 delete-volume --region ${region} --volume-id ${id}   once that data is not needed`,
  ];
}

function does(steps: readonly Step[], what: Action['do']): boolean {
  return steps.some(({ action }) => action.do === what);
}

/**
 * The mail that AWS has sent is the one thing that `up` cannot do. What it has deployed is there
 * also where it may not list subscriptions.
 */
async function unconfirmed({ environment }: Context, clouds: Clouds): Promise<string[]> {
  try {
    const { ok, warns, detail, next = '' } = await alarmSubscription(environment, clouds);
    return ok && !warns ? [] : ['', `alarms do not reach ${environment.contact}: ${detail}`, `  Next: ${next}`];
  } catch (error) {
    return ['', `whether alarms reach ${environment.contact} could not be asked: ${messageOf(error)}`];
  }
}

/** What the embedded clouds lack on this machine, in one message. */
function leftOut({ reason, next }: NoHosts): string[] {
  return ['', `left out: machines, and with them the service. ${reason}`, `  ${next}   brings them`];
}

function stepsFor(description: Description, only: readonly string[], parts: UpParts): readonly Step[] {
  const steps = description.steps(parts);
  const unknown = only.find((id) => !steps.some((step) => step.id === id));
  if (unknown === undefined) return chosenSteps(steps, only);
  throw new DojangError('unknown-step', `no step ${unknown}`, { next: `--only takes: ${steps.map(({ id }) => id).join(', ')}` });
}

function summary({ environment: { name, aws, gcp, tls } }: Context, wiring: Wiring, url: string | undefined): string[] {
  return [
    '',
    `${name} is up${url ? `: ${url}` : ''}`,
    ...(url && tls === 'own-ca' ? ['  a browser warns once: the certificate is signed by an authority of its own'] : []),
    ...tableLines(
      [{}, { min: 15 }, {}],
      [
        ['aws', wiring.addresses.aws, `${aws.region}, ${aws.machine}`],
        ['gcp', wiring.addresses.gcp, `${gcp.region}, ${gcp.machine} + ${gcp.gpu.count} x T4`],
      ],
    ),
    '',
    'rules on each side',
    ...rulesOnEachSide(wiring),
  ];
}

function stepRow({ id, after, action }: Step): string[] {
  return [id, `${sentence(action)}${after.length > 0 ? `; after ${after.join(', ')}` : ''}`];
}

function sentence(action: Action): string {
  if (action.do === 'preflight') return 'ask for credentials, quotas, APIs, images, domain, secrets and tools; stop on a fault';
  if (action.do === 'bootstrap') return 'make the account ready for the CDK';
  if (action.do === 'guard') return 'compare with what is there; stop if something would be lost';
  if (action.do === 'wire') return 'make rules, certificates and secrets what they should be';
  if (action.do === 'join') return 'make the GPU machine a node of Systems Manager';
  if (action.do === 'provision') return 'bring both hosts to their recipe (dojang provision --dry-run shows it)';
  if (action.do === 'release') return 'build, upload and install ai, api and web (dojang deploy --dry-run shows it)';
  return action.cloud === 'gcp' ? `deploy the GPU machine, trying ${action.zones.join(', ')}` : `deploy ${action.stacks.join(', ')}`;
}
