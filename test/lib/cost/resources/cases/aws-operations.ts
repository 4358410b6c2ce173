/** Cases of aws: operations. */
import { resource } from '../../books.ts';
import type { Case } from './case.ts';

export const awsOperationsCases: readonly Case[] = [
  {
    type: 'AWS::SQS::Queue',
    properties: { FifoQueue: true },
    usage: { 'AWS::SQS::Queue.requests-million': '3' },
    lines: { Requests: '3 request-million sqs FIFO queue' },
  },
  { type: 'AWS::SNS::Topic', usage: { 'stack/It.requests-million': '1' }, lines: { Publishing: '1 request-million sns standard topic' } },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' },
    lines: { Alarm: '1 alarm-month cloudwatch standard alarm' },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Namespace: 'CWAgent', MetricName: 'mem_used_percent', Period: 10 },
    lines: { Alarm: '1 alarm-month cloudwatch high-resolution alarm', 'Custom metric': '1 metric-month cloudwatch custom metric' },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Namespace: 'CWAgent', MetricName: 'mem_used_percent', Dimensions: [{ Name: 'InstanceId', Value: { ref: 'Host' } }] },
    usage: { 'AWS::EC2::Instance.agent-metrics': '5' },
    beside: [resource('AWS::EC2::Instance', { InstanceType: 'm7g.large' }, { id: 'Host' })],
    lines: { Alarm: '1 alarm-month cloudwatch standard alarm' },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: { Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: 'ANOMALY_DETECTION_BAND(m1)' }] },
    lines: { Alarm: '2 alarm-month cloudwatch anomaly detection alarm' },
  },
  { type: 'AWS::CloudWatch::CompositeAlarm', lines: { Alarm: '1 alarm-month cloudwatch composite alarm' } },
  {
    type: 'AWS::Logs::LogGroup',
    usage: { 'AWS::Logs::LogGroup.ingested-gb': '3', 'AWS::Logs::LogGroup.stored-gb': '4' },
    lines: { 'Logs ingested': '3 gb cloudwatch logs ingestion (standard class)', 'Logs kept': '4 gb-month cloudwatch logs storage' },
  },
  {
    type: 'AWS::Logs::LogGroup',
    usage: { 'AWS::Logs::LogGroup.stored-gb': '4' },
    beside: [resource('AWS::EC2::FlowLog', { LogGroupName: { ref: 'It' } }, { id: 'Flow' })],
    lines: { 'Logs kept': '4 gb-month cloudwatch logs storage' },
  },
  {
    type: 'AWS::SecretsManager::Secret',
    properties: { ReplicaRegions: [{ Region: 'us-east-1' }] },
    usage: { 'AWS::SecretsManager::Secret.requests-10k': '0.1' },
    lines: { Secret: '2 secret-month secretsmanager secret', Calls: '0.1 request-10k secretsmanager API calls' },
  },
  { type: 'AWS::SSM::Parameter', properties: {}, lines: {} },
  {
    type: 'AWS::SSM::Parameter',
    properties: { Tier: 'Advanced' },
    lines: { 'Advanced parameter': '1 parameter-month ssm advanced parameter' },
  },
  {
    type: 'AWS::KMS::Key',
    usage: { 'AWS::KMS::Key.requests-10k': '2' },
    lines: { Key: '1 key-month kms customer managed key', Requests: '2 request-10k kms requests' },
  },
];
