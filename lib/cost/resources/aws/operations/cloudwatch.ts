/** CloudWatch: alarms, and the metrics of the agent that an alarm shows are sent. */
import { agentNamespace } from '../../../../config/names.ts';
import type { Properties } from '../../../../inventory/resource.ts';
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { one, whole, zero } from '../../../decimal.ts';
import { fromPlan, notCovered } from '../../billed.ts';
import { countedIf, fixed, fixedIfSome, usageOf } from '../../line-items.ts';
import { chosen, either, type Flag, isUnknown, properties, type Quantity, reader, type Unknown } from '../../property-reader.ts';
import { isFirst, referred } from '../../references.ts';

/** https://aws.amazon.com/cloudwatch/pricing/ (2026-11) */
export const alarm: ResourceCostModel = {
  type: 'AWS::CloudWatch::Alarm',
  billed: [
    fromPlan('alarm, by the metrics that it watches', 'Alarm'),
    fromPlan('custom metric that it watches', 'Custom metric'),
    notCovered('metrics that a Metrics Insights query reads', 'their number is known only while it runs'),
  ],
  components: (resource, context) => [
    fixed(resource, 'Alarm', metricsOf(resource), { unit: 'alarm-month', service: 'cloudwatch', item: alarmKind(resource) }),
    ...customMetric(resource, context),
  ],
};

export const compositeAlarm: ResourceCostModel = {
  type: 'AWS::CloudWatch::CompositeAlarm',
  billed: [fromPlan('alarm', 'Alarm')],
  components: (resource) => [fixed(resource, 'Alarm', one, { unit: 'alarm-month', service: 'cloudwatch', item: 'composite alarm' })],
};

/** An alarm is billed by the metrics that it watches. */
function metricsOf(resource: BilledResource): Quantity {
  const metrics = properties(resource).maps('Metrics');
  if (isUnknown(metrics)) return metrics;
  return whole(Math.max(1, metrics.filter(({ MetricStat }) => MetricStat !== undefined).length));
}

function alarmKind(resource: BilledResource): string | Unknown {
  const read = properties(resource);
  const metrics = read.maps('Metrics');
  if (isUnknown(metrics)) return metrics;
  const isAnomaly = either(...metrics.map(detectsAnomalies));
  if (isAnomaly !== false) return isUnknown(isAnomaly) ? isAnomaly : 'anomaly detection alarm';
  return chosen(isFast(read.number('Period', whole(60))), 'high-resolution alarm', 'standard alarm');
}

function detectsAnomalies(metric: Properties): Flag {
  const expression = reader(metric).text('Expression', '');
  return isUnknown(expression) ? expression : expression.includes('ANOMALY_DETECTION');
}

function isFast(period: Quantity): Flag {
  return isUnknown(period) ? period : ['10', '20', '30'].some((fast) => period.eq(fast));
}

/**
 * A metric that no AWS service sends is billed: counted with the first alarm on it, unless it is
 * one of those that the usage file says the agent of a machine sends, which are counted with the
 * machine.
 */
function customMetric(resource: BilledResource, context: CostContext): CostComponent[] {
  const counted = isCountedWithMachine(resource, context);
  if (counted === true) return [];
  const namespace = properties(resource).text('Namespace', 'AWS/');
  const own = isUnknown(counted) ? counted : isUnknown(namespace) ? namespace : !namespace.startsWith('AWS/');
  const quantity = isFirst(context, resource, metricKey) ? countedIf(own, one) : zero;
  return fixedIfSome(resource, 'Custom metric', quantity, { unit: 'metric-month', service: 'cloudwatch', item: 'custom metric' });
}

function isCountedWithMachine(resource: BilledResource, context: CostContext): Flag {
  if (resource.properties.Namespace !== agentNamespace) return false;
  const dimensions = properties(resource).maps('Dimensions');
  if (isUnknown(dimensions)) return dimensions;
  const machine = referred(context, resource, dimensions.find(({ Name }) => Name === 'InstanceId')?.Value);
  return machine !== undefined && usageOf(machine, context, 'agent-metrics').quantity !== undefined;
}

function metricKey({ properties: { Namespace, MetricName, Dimensions } }: BilledResource): string {
  return JSON.stringify([Namespace, MetricName, Dimensions]);
}
