/** CloudWatch: alarms, and the metrics of the agent that an alarm shows are sent. */
import { agentNamespace } from '../../../../config/names.ts';
import { isObject } from '../../../../inventory/normalise.ts';
import type { BilledResource, CostComponent, CostContext, ResourceCostModel } from '../../../component.ts';
import { one, whole, zero } from '../../../decimal.ts';
import { fromPlan, notCovered } from '../../billed.ts';
import { countedIf, fixed, fixedIfSome, usageOf } from '../../line-items.ts';
import { chosen, type Flag, isUnknown, properties, type Quantity, type Unknown } from '../../property-reader.ts';
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
function metricsOf(resource: BilledResource) {
  const watched = properties(resource)
    .list('Metrics')
    .filter((metric) => isObject(metric) && metric.MetricStat !== undefined);
  return whole(Math.max(1, watched.length));
}

function alarmKind(resource: BilledResource): string | Unknown {
  const read = properties(resource);
  if (read.list('Metrics').some((metric) => isObject(metric) && String(metric.Expression).includes('ANOMALY_DETECTION'))) {
    return 'anomaly detection alarm';
  }
  return chosen(isFast(read.number('Period', whole(60))), 'high-resolution alarm', 'standard alarm');
}

function isFast(period: Quantity): Flag {
  return isUnknown(period) ? period : ['10', '20', '30'].some((fast) => period.eq(fast));
}

/**
 * A metric that no AWS service sends is billed: counted with the first alarm on it, unless it is one of those that the usage file says the
 * agent of a machine sends, which are counted with the machine.
 */
function customMetric(resource: BilledResource, context: CostContext): CostComponent[] {
  if (isCountedWithMachine(resource, context)) return [];
  const namespace = properties(resource).text('Namespace', 'AWS/');
  const own = isUnknown(namespace) ? namespace : !namespace.startsWith('AWS/');
  const quantity = isFirst(context, resource, metricKey) ? countedIf(own, one) : zero;
  return fixedIfSome(resource, 'Custom metric', quantity, { unit: 'metric-month', service: 'cloudwatch', item: 'custom metric' });
}

function isCountedWithMachine(resource: BilledResource, context: CostContext): boolean {
  const dimensions = properties(resource).list('Dimensions').filter(isObject);
  const id = dimensions.find(({ Name }) => Name === 'InstanceId')?.Value;
  const machine = resource.properties.Namespace === agentNamespace ? referred(context, resource, id) : undefined;
  return machine !== undefined && usageOf(machine, context, 'agent-metrics').quantity !== undefined;
}

function metricKey({ properties: { Namespace, MetricName, Dimensions } }: BilledResource): string {
  return JSON.stringify([Namespace, MetricName, Dimensions]);
}
