/** CloudWatch: alarms, and the metrics of the agent that an alarm shows are sent. */
import { isObject } from '../../../inventory/normalise.ts';
import type { BilledResource, CostComponent, CostContext, CostModel } from '../../component.ts';
import { one, whole } from '../../exact.ts';
import { fixed } from '../parts.ts';
import { isUnread, properties, type Quantity } from '../read.ts';
import { isFirst } from '../related.ts';

export const alarm: CostModel = {
  type: 'AWS::CloudWatch::Alarm',
  components: (resource, context) => [
    fixed(resource, 'Alarm', metricsOf(resource), { unit: 'alarm-month', service: 'cloudwatch', item: alarmKind(resource) }),
    ...customMetric(resource, context),
  ],
};

export const compositeAlarm: CostModel = {
  type: 'AWS::CloudWatch::CompositeAlarm',
  components: (resource) => [fixed(resource, 'Alarm', one, { unit: 'alarm-month', service: 'cloudwatch', item: 'composite alarm' })],
};

/** An alarm is billed by the metrics that it watches. */
function metricsOf(resource: BilledResource) {
  const watched = properties(resource)
    .list('Metrics')
    .filter((metric) => isObject(metric) && metric.MetricStat !== undefined);
  return whole(Math.max(1, watched.length));
}

function alarmKind(resource: BilledResource): string {
  const read = properties(resource);
  if (read.list('Metrics').some((metric) => isObject(metric) && String(metric.Expression).includes('ANOMALY_DETECTION'))) {
    return 'anomaly detection alarm';
  }
  return isFast(read.number('Period', whole(60))) ? 'high-resolution alarm' : 'standard alarm';
}

function isFast(period: Quantity): boolean {
  return !isUnread(period) && ['10', '20', '30'].some((fast) => period.eq(fast));
}

/** Metrics that no AWS service sends are sent by somebody, and billed: counted with the first alarm on each. */
function customMetric(resource: BilledResource, context: CostContext): CostComponent[] {
  const namespace = properties(resource).text('Namespace', 'AWS/');
  const own = typeof namespace === 'string' && !namespace.startsWith('AWS/') && isFirst(context, resource, metricKey);
  return own ? [fixed(resource, 'Custom metric', one, { unit: 'metric-month', service: 'cloudwatch', item: 'custom metric' })] : [];
}

function metricKey({ properties: { Namespace, MetricName, Dimensions } }: BilledResource): string {
  return JSON.stringify([Namespace, MetricName, Dimensions]);
}
