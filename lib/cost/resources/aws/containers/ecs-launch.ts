/**
 * Where the tasks of an ECS service run: on machines of the cluster, on Fargate, on Fargate Spot,
 * or on a mix.
 */
import type { Json } from '../../../../inventory/resource.ts';
import type { BilledResource, CostContext } from '../../../component.ts';
import { sum, whole, zero } from '../../../decimal.ts';
import { either, type Flag, isUnknown, properties, type Quantity, type Reader, reader, type Unknown } from '../../property-reader.ts';
import { referred, referrers } from '../../references.ts';

/** Whether a value refers to a resource of the plan. */
type IsPlanned = (value: Json | undefined) => boolean;

export interface Launch {
  /**
   * `FARGATE`, `FARGATE_SPOT`, or anything else for machines of the cluster; or why that is not
   * known.
   */
  readonly provider: string | Unknown;
  readonly count: Quantity;
}

interface Wanted {
  readonly desired: Quantity;
  readonly task: BilledResource | undefined;
}

/**
 * A service names capacity providers or how it is launched; one that does neither follows its
 * cluster. On demand comes first.
 */
export function launchesOf(resource: BilledResource, context: CostContext, { desired, task }: Wanted): readonly Launch[] {
  const read = properties(resource);
  const isPlanned = (provider: Json | undefined) => referred(context, resource, provider) !== undefined;
  const own = read.list('CapacityProviderStrategy');
  if (isUnknown(own)) return [{ provider: own, count: desired }];
  if (own.length > 0) return split(own, desired, isPlanned);
  if (read.has('LaunchType')) return [{ provider: read.text('LaunchType', 'EC2'), count: desired }];
  const ofCluster = clusterStrategy(resource, context, read);
  if (ofCluster === undefined) return [{ provider: withoutCluster(task), count: desired }];
  if (isUnknown(ofCluster)) return [{ provider: ofCluster, count: desired }];
  return ofCluster.length > 0 ? split(ofCluster, desired, isPlanned) : [{ provider: 'EC2', count: desired }];
}

/** The default strategy of the cluster; undefined when the cluster is not in the plan. */
function clusterStrategy(resource: BilledResource, context: CostContext, read: Reader): readonly Json[] | Unknown | undefined {
  // Every account has a cluster `default`, without capacity providers unless they were added.
  if (!read.has('Cluster')) return [];
  const cluster = referred(context, resource, resource.properties.Cluster);
  if (!cluster) return undefined;
  const [association] = referrers(context, 'AWS::ECS::ClusterCapacityProviderAssociations', clusterOf, cluster);
  return properties(association ?? cluster).list('DefaultCapacityProviderStrategy');
}

function clusterOf({ properties: { Cluster } }: BilledResource) {
  return [Cluster];
}

/** A task definition that is only for machines cannot run on Fargate. */
function withoutCluster(task: BilledResource | undefined): string | Unknown {
  const fits = task ? fitsFargate(properties(task)) : true;
  if (fits === false) return 'EC2';
  return isUnknown(fits) ? fits : { reason: 'its cluster is not in the plan, whose default capacity provider says where it runs' };
}

/**
 * A definition that does not say what it is for fits Fargate when it has the size that Fargate asks
 * for.
 */
function fitsFargate(task: Reader): Flag {
  const saysNothing = task.length('RequiresCompatibilities');
  const bySize = !isUnknown(saysNothing) && saysNothing.eq(zero) && task.has('Cpu');
  return either(bySize, task.includes('RequiresCompatibilities', 'FARGATE'));
}

/**
 * A weight is the share of all tasks that run on a provider, and a base the fewest: 4 tasks with a
 * base of 2 and weights of 1 and 1 are 2 and 2. The documentation says "the relative percentage of
 * the total number of tasks launched", which this follows, and in its example that tasks are split
 * "when the base is satisfied", which could be read as 2 + 1 and 1. Which provider has more is a
 * matter of one task or a few.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 * (2026-11)
 */
function split(strategy: readonly Json[], desired: Quantity, isPlanned: IsPlanned): readonly Launch[] {
  const items = strategy.map((item) => itemOf(reader(item), isPlanned));
  const [only] = items;
  if (only && items.length === 1) return [{ provider: only.provider, count: desired }];
  const open = [desired, ...items.flatMap(({ weight, base }) => [weight, base])].find(isUnknown);
  const [first] = items;
  if (open || isUnknown(desired)) return [{ provider: first?.provider ?? 'EC2', count: open ?? desired }];
  // The provider with the base takes what does not divide.
  const ordered = items.toSorted((one, other) => number(other.base).cmp(number(one.base)));
  const weights = sum(ordered.map(({ weight }) => number(weight)));
  let left = desired;
  const launches = ordered.map(({ provider, weight, base }) => {
    const share = weights.eq('0') ? zero : desired.times(number(weight)).div(weights).round(0, roundUp);
    const wanted = number(base).gt(share) ? number(base) : share;
    const count = wanted.gt(left) ? left : wanted;
    left = left.minus(count);
    return { provider, count };
  });
  return launches.filter(({ count }) => !count.eq('0')).toSorted((one, other) => rank(one) - rank(other));
}

const roundUp = 3;

function itemOf(read: Reader, isPlanned: IsPlanned) {
  const provider = read.text('CapacityProvider', 'EC2');
  // A capacity provider that is a resource of the plan is a group of machines.
  return {
    provider: isUnknown(provider) && isPlanned(read.value('CapacityProvider')) ? 'EC2' : provider,
    weight: read.number('Weight', zero),
    base: read.number('Base', zero),
  };
}

const number = (quantity: Quantity) => (isUnknown(quantity) ? whole(0) : quantity);

function rank({ provider }: Launch): number {
  return provider === 'FARGATE_SPOT' ? 1 : 0;
}
