/** What a change does to machines, addresses and what is stored: shown beside what it costs. */
import { difference } from '../../inventory/difference.ts';
import type { Deployment, PlannedResource, Regions, ResourceChange } from '../../inventory/resource.ts';
import { holdingOf, loss } from '../../inventory/stateful-resources.ts';

/**
 * `lose`: data, an address or a machine goes. `leave`: it stays behind, outside of every plan.
 * `unprotect`: it may go with the next change. `stop`: a machine stops and starts. `unbuilt`: it is
 * planned and can't be deployed yet. `renew`: it is made anew and holds nothing.
 */
export type RiskKind = 'lose' | 'leave' | 'unprotect' | 'stop' | 'unbuilt' | 'renew';

export interface Risk {
  readonly kind: RiskKind;
  readonly change: ResourceChange;
  /** What it means, one clause. */
  readonly means: string;
}

/** What an environment consists of at one revision. */
export interface Side {
  /** Undefined when there is no such environment at that revision. */
  readonly of: Deployment | undefined;
  readonly regions: Partial<Regions>;
  readonly resources: readonly PlannedResource[];
}

/** The risks of going from one side to the other, the worst first. */
export function risksOf(before: Side, after: Side): Risk[] {
  const here = inSamePlace(before, after);
  const left = before.resources.filter((resource) => !here(resource));
  const risks = [
    ...difference(before.resources.filter(here), after.resources).flatMap(riskOf),
    ...left.flatMap((each) => leftBehind(each, before)),
  ];
  return risks.sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
}

const kinds: readonly RiskKind[] = ['lose', 'leave', 'unprotect', 'stop', 'unbuilt', 'renew'];

/**
 * In another account, project or AWS region nothing is the same resource, whatever it is called:
 * stacks do not move.
 */
function inSamePlace(before: Side, after: Side): (resource: PlannedResource) => boolean {
  if (!before.of || !after.of) return () => true;
  const same = {
    aws: before.of.account === after.of.account && before.regions.aws === after.regions.aws,
    gcp: before.of.project === after.of.project,
    runpod: true,
  };
  return ({ cloud }) => same[cloud];
}

function leftBehind({ cloud, stack, id, type }: PlannedResource, { of, regions }: Side): Risk[] {
  const holding = holdingOf(type);
  if (!holding) return [];
  const where = cloud === 'aws' ? `${regions.aws ?? ''} of account ${of?.account ?? ''}`.trim() : `project ${of?.project ?? ''}`;
  const change: ResourceChange = { cloud, stack, id, type, effect: 'delete', changed: [] };
  return [{ kind: 'leave', change, means: `nothing moves along: what is in ${where} stays there, and is billed until it is removed` }];
}

function riskOf(change: ResourceChange): Risk[] {
  const { type, effect, changed } = change;
  const holding = holdingOf(type);
  if (change.cloud === 'runpod' && effect !== 'delete') return [{ kind: 'unbuilt', change, means: unbuilt }];
  if (effect === 'unprotect') return [{ kind: 'unprotect', change, means: 'is no longer protected: the next change may remove it' }];
  if (holding && (effect === 'replace' || effect === 'delete')) return [{ kind: 'lose', change, means: loss[holding] }];
  if (effect === 'replace') return [{ kind: 'renew', change, means: 'is made anew and holds nothing' }];
  if (effect === 'update' && changed.some((path) => stopsFor(type, path))) {
    return [{ kind: 'stop', change, means: 'stops and starts again: 1 to 2 minutes down, its disks stay attached' }];
  }
  return [];
}

const unbuilt = 'dojang up refuses this environment: RunPod is planned and priced, and deploying to it is not built yet';

/**
 * What a machine can only be given while it stands still, from the references of CloudFormation and
 * the GCP provider (2026-11).
 */
const stopping: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::Instance': ['InstanceType', 'UserData', 'EbsOptimized', 'KernelId', 'RamdiskId'],
  'AWS::RDS::DBInstance': ['DBInstanceClass'],
  'gcp:compute/instance:Instance': ['machineType', 'minCpuPlatform', 'serviceAccount', 'shieldedInstanceConfig', 'enableDisplay'],
};

function stopsFor(type: string, path: string): boolean {
  return (stopping[type] ?? []).some((name) => path === name || path.startsWith(`${name}.`));
}
