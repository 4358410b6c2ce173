/**
 * Lists of a template that a condition or a parameter without a default leaves open: each is a line
 * without an amount.
 */
import { expect, it } from 'vitest';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { templateResources } from '../../../../lib/cost/sources/template.ts';
import { parseTemplate } from '../../../../lib/cost/sources/template-text.ts';
import { book, usage } from '../books.ts';
import { day } from '../day.ts';

const template = `
Parameters:
  C: { Type: String }
  Flows: { Type: CommaDelimitedList }
  Arn: { Type: String }
Conditions:
  Open: !Equals [!Ref C, 'yes']
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: { CacheNodeType: cache.t4g.small, NodeGroupConfiguration: !If [Open, [{ ReplicaCount: 2 }], !Ref AWS::NoValue] }
  Host:
    Type: AWS::EC2::Instance
    Properties: { InstanceType: t4g.small, BlockDeviceMappings: !If [Open, [{ DeviceName: /dev/sdb, Ebs: { VolumeSize: 500 } }], !Ref AWS::NoValue] }
  Cluster:
    Type: AWS::ECS::Cluster
    Properties: { ClusterSettings: !If [Open, [{ Name: containerInsights, Value: enabled }], !Ref AWS::NoValue] }
  Client: { Type: AWS::Cognito::UserPoolClient, Properties: { AllowedOAuthFlows: !Ref Flows } }
  Partner: { Type: AWS::Cognito::UserPoolClient, Properties: { AllowedOAuthFlows: [!Ref Arn] } }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: { Metrics: !If [Open, [{ Id: a, MetricStat: {} }, { Id: b, MetricStat: {} }], !Ref AWS::NoValue] }
`;

it('does not take a list that is open for an empty one', () => {
  const resources = templateResources('a', parseTemplate(template, 'a.yaml'), 'ap-northeast-2');
  const { unknown } = estimateCost(resources, book(), usage({}), day);
  const named = unknown.flatMap(({ resource: { id }, line, reason }) =>
    reason.endsWith('known only after the deployment') ? `${id} ${line?.name}` : [],
  );
  expect(named).toEqual([
    'Cache Nodes',
    'Host Disk (not known yet) storage',
    'Cluster Container Insights',
    'Client Machine client',
    'Partner Machine client',
    'Alarm Alarm',
  ]);
});
