/** A cluster of ECS costs nothing, unless it sends the metrics of Container Insights. */
import type { ResourceCostModel } from '../../../component.ts';
import { elsewhere, fromUsage } from '../../billed.ts';
import { fixed, type Priced, used } from '../../line-items.ts';
import { isUnknown, properties } from '../../property-reader.ts';

const metric: Priced = { unit: 'metric-month', service: 'cloudwatch', item: 'custom metric' };

/** https://aws.amazon.com/ecs/pricing/, https://aws.amazon.com/cloudwatch/pricing/ (2026-11) */
export const ecsCluster: ResourceCostModel = {
  type: 'AWS::ECS::Cluster',
  free: 'tasks are billed, and the machines of a cluster',
  billed: [
    fromUsage('metrics of Container Insights', 'Container Insights'),
    elsewhere('tasks', 'they are billed with their service'),
    elsewhere('machines', 'they are resources of their own'),
  ],
  components(resource, context) {
    const settings = properties(resource).maps('ClusterSettings');
    if (isUnknown(settings)) return [fixed(resource, 'Container Insights', settings, metric)];
    const insights = settings.find(({ Name }) => Name === 'containerInsights')?.Value;
    if (insights === undefined || insights === 'disabled') return [];
    return [used(resource, context, 'Container Insights', 'metrics', metric)];
  },
};
