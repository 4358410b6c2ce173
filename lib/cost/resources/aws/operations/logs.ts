/** Logs: what comes in and what is kept, and flow logs on their way there. */
import type { BilledResource, ResourceCostModel } from '../../../component.ts';
import { elsewhere, fromUsage, notCovered } from '../../billed.ts';
import { used, usedIfSaid } from '../../line-items.ts';
import { chosen, isUnknown, joined, properties, says } from '../../property-reader.ts';
import { referrers } from '../../references.ts';

/** https://aws.amazon.com/cloudwatch/pricing/ (2026-11) */
export const logGroup: ResourceCostModel = {
  type: 'AWS::Logs::LogGroup',
  billed: [
    fromUsage('logs ingested', 'Logs ingested'),
    fromUsage('logs kept', 'Logs kept'),
    fromUsage('logs searched by Logs Insights', 'Logs searched'),
    fromUsage('logs followed live', 'Live tail'),
    notCovered('data protection and anomaly detection', 'no price in the book'),
    notCovered('delivery to other services', 'no price in the book'),
  ],
  components(resource, context) {
    const rare = says(properties(resource).text('LogGroupClass', 'STANDARD'), 'INFREQUENT_ACCESS');
    const item = joined('logs ingestion', chosen(rare, '(infrequent access class)', '(standard class)'));
    // What a flow log writes is counted there, at its own price.
    const vended = referrers(context, 'AWS::EC2::FlowLog', logGroupOf, resource).length > 0;
    return [
      ...(vended ? [] : [used(resource, context, 'Logs ingested', 'ingested-gb', { unit: 'gb', service: 'cloudwatch', item })]),
      used(resource, context, 'Logs kept', 'stored-gb', { unit: 'gb-month', service: 'cloudwatch', item: 'logs storage' }),
      ...usedIfSaid(resource, context, 'Logs searched', 'searched-gb', { unit: 'gb', service: 'cloudwatch', item: 'Logs Insights' }),
      ...usedIfSaid(resource, context, 'Live tail', 'live-tail-hours', { unit: 'hour', service: 'cloudwatch', item: 'live tail' }),
    ];
  },
};

function logGroupOf({ properties: { LogGroupName, LogDestination } }: BilledResource) {
  return [LogGroupName, LogDestination];
}

const destinations: Readonly<Record<string, string>> = { s3: 'S3', 'kinesis-data-firehose': 'Firehose' };

export const flowLog: ResourceCostModel = {
  type: 'AWS::EC2::FlowLog',
  billed: [
    fromUsage('vended logs, by where they go', 'Flow logs'),
    elsewhere('what is kept', 'it is billed with the log group or the bucket'),
    notCovered('conversion to Parquet', 'no price in the book'),
  ],
  components(resource, context) {
    const to = properties(resource).text('LogDestinationType', 'cloud-watch-logs');
    const where = isUnknown(to) ? to : (destinations[to] ?? 'CloudWatch');
    const item = joined('vended logs (flow logs) to', where);
    return [used(resource, context, 'Flow logs', 'ingested-gb', { unit: 'gb', service: 'cloudwatch', item })];
  },
};
