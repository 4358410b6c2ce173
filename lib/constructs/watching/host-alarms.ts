/** Alarms of a machine. */

import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import { agentNamespace } from '../../config/names.ts';

export interface HostAlarmsProps {
  /** Start of every alarm's name. */
  readonly prefix: string;
  readonly instanceId: string;
  /** Percent. */
  readonly thresholds: Pick<Environment['aws']['alarms'], 'cpu' | 'disk' | 'memory'>;
  readonly topic: ITopic;
}

interface Watch {
  readonly name: string;
  readonly says: string;
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: 'Average' | 'Maximum';
  readonly threshold: number;
  /** Length and number of the periods in a row that must be bad. */
  readonly period: Duration;
  readonly periods: number;
  readonly missing: TreatMissingData;
}

/** Alarms on status check, CPU, disk and memory. Missing data of the agent raises them, too. */
export class HostAlarms extends Construct {
  constructor(scope: Construct, id: string, props: HostAlarmsProps) {
    super(scope, id);
    for (const watch of watches(props.thresholds)) addAlarm(this, watch, props);
  }
}

function watches({ cpu, disk, memory }: HostAlarmsProps['thresholds']): Watch[] {
  const five = { statistic: 'Maximum', period: Duration.minutes(5), missing: TreatMissingData.MISSING } as const;
  return [
    {
      name: 'status-check',
      says: 'The machine or what it runs on is broken, or it stands still',
      namespace: 'AWS/EC2',
      metric: 'StatusCheckFailed',
      statistic: 'Maximum',
      threshold: 1,
      period: Duration.minutes(1),
      periods: 2,
      missing: TreatMissingData.BREACHING,
    },
    {
      ...five,
      name: 'cpu',
      says: `CPU over ${cpu} % for 15 minutes`,
      namespace: 'AWS/EC2',
      metric: 'CPUUtilization',
      statistic: 'Average',
      threshold: cpu,
      periods: 3,
    },
    {
      ...five,
      name: 'disk',
      says: `A disk is over ${disk} % full`,
      namespace: agentNamespace,
      metric: 'disk_used_percent',
      threshold: disk,
      periods: 1,
    },
    {
      ...five,
      name: 'memory',
      says: `Memory over ${memory} % for 15 minutes`,
      namespace: agentNamespace,
      metric: 'mem_used_percent',
      threshold: memory,
      periods: 3,
    },
  ];
}

function addAlarm(scope: Construct, watch: Watch, { prefix, instanceId, topic }: HostAlarmsProps): void {
  const { namespace, metric: metricName, statistic, period } = watch;
  const alarm = new Alarm(scope, watch.name, {
    alarmName: `${prefix}-${watch.name}`,
    alarmDescription: watch.says,
    metric: new Metric({ namespace, metricName, statistic, period, dimensionsMap: { InstanceId: instanceId } }),
    threshold: watch.threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: watch.periods,
    treatMissingData: watch.missing,
  });
  const notify = new SnsAction(topic);
  alarm.addAlarmAction(notify);
  alarm.addOkAction(notify);
  alarm.addInsufficientDataAction(notify);
}
