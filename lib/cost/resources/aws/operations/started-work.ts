/**
 * Types that are free by themselves, but start or keep running more than the plan's other resources
 * say.
 */
import { isObject } from '../../../../inventory/normalise.ts';
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { one, zero } from '../../../decimal.ts';
import { fromPlan } from '../../billed.ts';
import { unpricedIf } from '../../line-items.ts';
import { either, type Flag, isUnknown, properties, type Quantity, reader, says } from '../../property-reader.ts';
import { keysOf } from '../../references.ts';

const startedByRule = 'what this rule starts is billed while it runs, and how long that is no template says';

/** https://aws.amazon.com/eventbridge/pricing/ (2026-11) */
export const eventRule: ResourceCostModel = {
  type: 'AWS::Events::Rule',
  free: 'rules are not billed; what they start is, and so are events of your own',
  billed: [{ ...fromPlan('tasks and jobs that a rule starts', 'Started tasks'), note: 'how long they run no template says' }],
  components: (resource) => unpricedIf(resource, 'Started tasks', startsTasks(resource), startedByRule),
};

function startsTasks(resource: BilledResource): Flag {
  const targets = properties(resource).maps('Targets');
  if (isUnknown(targets)) return targets;
  return targets.some(({ EcsParameters, BatchParameters }) => isObject(EcsParameters) || isObject(BatchParameters));
}

const schedule = 'a schedule changes how many machines run; the group is billed for the number that it begins with';

/**
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scheduled-scaling.html
 * (2026-11)
 */
export const scheduledAction: ResourceCostModel = {
  type: 'AWS::AutoScaling::ScheduledAction',
  free: 'a setting of another resource, which is billed',
  billed: [{ ...fromPlan('machines that run by schedule', 'Machines by schedule'), note: 'for how long no template says' }],
  components(resource) {
    const read = properties(resource);
    return unpricedIf(resource, 'Machines by schedule', read.has('MinSize') || read.has('DesiredCapacity'), schedule);
  },
};

const floor = 'scaling keeps more running than its service asks for at first; how many is in MinCapacity, and not in the total';

/**
 * https://docs.aws.amazon.com/autoscaling/application/userguide/what-is-application-auto-scaling.html
 * (2026-11)
 */
export const scalableTarget: ResourceCostModel = {
  type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  free: 'a setting of another resource, which is billed',
  billed: [{ ...fromPlan('what scaling keeps running beyond the service', 'Kept by scaling'), note: 'it has no amount' }],
  components: (resource, context) => keptByScaling(resource, context),
};

/**
 * Which service is scaled is a text that is put together at the deployment, so the smallest of the
 * plan is compared.
 */
function keptByScaling(resource: BilledResource, context: CostContext): CostComponent[] {
  const read = properties(resource);
  const least = read.number('MinCapacity', one);
  const namespace = read.text('ServiceNamespace', 'ecs');
  const desired = keysOf(context, 'AWS::ECS::Service', desiredKey).map(desiredOf);
  const ofService = says(namespace, 'ecs') === true ? either(...desired.map((each) => isMore(least, each))) : false;
  // Replicas of a cluster and provisioned concurrency have no other place in a template.
  const alone = namespace === 'rds' || namespace === 'lambda' ? isMore(least, zero) : false;
  return unpricedIf(resource, 'Kept by scaling', either(ofService, alone), floor);
}

/** Services with the same count are compared once: a plan may have thousands of both. */
function desiredKey({ properties: { DesiredCount = null } }: BilledResource): string {
  return JSON.stringify(DesiredCount);
}

function desiredOf(key: string): Quantity {
  return reader({ DesiredCount: JSON.parse(key) }).number('DesiredCount', one);
}

function isMore(least: Quantity, desired: Quantity): Flag {
  if (isUnknown(least)) return least;
  return isUnknown(desired) ? desired : least.gt(desired);
}
