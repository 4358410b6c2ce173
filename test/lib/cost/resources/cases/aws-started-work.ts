/** Cases of aws: types that start or keep running more than the plan's other resources say. */
import type { Json } from '../../../../../lib/inventory/resource.ts';
import { resource } from '../../books.ts';
import type { Case } from './case.ts';

const rule = (target: Json): Case['properties'] => ({ ScheduleExpression: 'rate(5 minutes)', Targets: [target] });
const started = { 'Started tasks': '- what this rule starts is billed while it runs, and how long that is no template says' };
const schedule = {
  'Machines by schedule': '- a schedule changes how many machines run; the group is billed for the number that it begins with',
};
const floor = {
  'Kept by scaling': '- scaling keeps more running than its service asks for at first; how many is in MinCapacity, and not in the total',
};
const service = (properties: Readonly<Record<string, Json>>) => [resource('AWS::ECS::Service', properties, { id: 'Service' })];
const target = (MinCapacity: Json, ServiceNamespace = 'ecs') => ({ MinCapacity, MaxCapacity: 10, ServiceNamespace });

export const awsStartedWorkCases: readonly Case[] = [
  { type: 'AWS::Events::Rule', properties: rule({ Arn: 'a', EcsParameters: { LaunchType: 'FARGATE' } }), lines: started },
  { type: 'AWS::Events::Rule', properties: rule({ Arn: 'a', BatchParameters: { JobName: 'b' } }), lines: started },
  { type: 'AWS::Events::Rule', properties: rule({ Arn: 'arn:aws:lambda:x' }), lines: {} },
  { type: 'AWS::Events::Rule', properties: { EventPattern: {} }, lines: {} },
  { type: 'AWS::AutoScaling::ScheduledAction', properties: { MinSize: 4, Recurrence: '0 8 * * *' }, lines: schedule },
  { type: 'AWS::AutoScaling::ScheduledAction', properties: { DesiredCapacity: 4 }, lines: schedule },
  { type: 'AWS::AutoScaling::ScheduledAction', properties: { MaxSize: 4 }, lines: {} },
  { type: 'AWS::ApplicationAutoScaling::ScalableTarget', properties: target(5), beside: service({ DesiredCount: 1 }), lines: floor },
  { type: 'AWS::ApplicationAutoScaling::ScalableTarget', properties: target(2), beside: service({}), lines: floor },
  { type: 'AWS::ApplicationAutoScaling::ScalableTarget', properties: target(3), beside: service({ DesiredCount: 3 }), lines: {} },
  { type: 'AWS::ApplicationAutoScaling::ScalableTarget', properties: target(1, 'rds'), lines: floor },
  { type: 'AWS::ApplicationAutoScaling::ScalableTarget', properties: target(0, 'lambda'), lines: {} },
  { type: 'AWS::ApplicationAutoScaling::ScalableTarget', properties: target(5, 'dynamodb'), lines: {} },
];
