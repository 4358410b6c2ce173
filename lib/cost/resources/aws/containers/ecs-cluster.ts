/** A cluster of ECS costs nothing, unless it sends the metrics of Container Insights. */
import { isObject } from '../../../../inventory/normalise.ts';
import type { ResourceCostModel } from '../../../component.ts';
import { elsewhere, fromUsage } from '../../billed.ts';
import { used } from '../../line-items.ts';
import { properties } from '../../property-reader.ts';

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
    const settings = properties(resource).list('ClusterSettings').filter(isObject);
    const insights = settings.find(({ Name }) => Name === 'containerInsights')?.Value;
    if (insights === undefined || insights === 'disabled') return [];
    return [
      used(resource, context, 'Container Insights', 'metrics', { unit: 'metric-month', service: 'cloudwatch', item: 'custom metric' }),
    ];
  },
};
