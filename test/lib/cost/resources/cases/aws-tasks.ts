/** Cases of aws: where the tasks of a service run. */
import type { Json } from '../../../../../lib/inventory/resource.ts';
import { resource } from '../../books.ts';
import type { Case } from './case.ts';

export const awsTaskCases: readonly Case[] = taskCases();

/**
 * Tasks of a service by the capacity providers of the service, its cluster, or an association of
 * the cluster.
 */
function taskCases(): Case[] {
  const task = (more: Readonly<Record<string, Json>> = {}) =>
    resource('AWS::ECS::TaskDefinition', { RequiresCompatibilities: ['FARGATE'], Cpu: '1 vCPU', Memory: '2 GB', ...more }, { id: 'Task' });
  const service = { TaskDefinition: { ref: 'Task' }, Cluster: { ref: 'Cluster' }, DesiredCount: 2 };
  const strategy = [{ CapacityProvider: 'FARGATE', Weight: 1 }];
  const cluster = (more: Readonly<Record<string, Json>> = {}) => resource('AWS::ECS::Cluster', more, { id: 'Cluster' });
  const onFargate = { CPU: '1460 hour fargate x86 vCPU', Memory: '2920 gb-hour fargate x86 memory' };
  const type = 'AWS::ECS::Service';
  const unknown = '- its cluster is not in the plan, whose default capacity provider says where it runs';
  return [
    { type, properties: service, beside: [task(), cluster({ DefaultCapacityProviderStrategy: strategy })], lines: onFargate },
    {
      type,
      properties: service,
      beside: [
        task(),
        cluster(),
        resource(
          'AWS::ECS::ClusterCapacityProviderAssociations',
          { Cluster: { ref: 'Cluster' }, DefaultCapacityProviderStrategy: strategy },
          { id: 'A' },
        ),
      ],
      lines: onFargate,
    },
    { type, properties: service, beside: [task(), cluster()], lines: {} },
    { type, properties: service, beside: [task()], lines: { CPU: unknown, Memory: unknown } },
    {
      type,
      properties: { ...service, CapacityProviderStrategy: [{ CapacityProvider: { ref: 'Machines' }, Weight: 1 }] },
      beside: [task(), cluster(), resource('AWS::ECS::CapacityProvider', {}, { id: 'Machines' })],
      lines: {},
    },
    {
      type,
      properties: {
        ...service,
        DesiredCount: 4,
        CapacityProviderStrategy: [
          { CapacityProvider: 'FARGATE_SPOT', Weight: 1 },
          { CapacityProvider: 'FARGATE', Base: 2, Weight: 1 },
        ],
      },
      beside: [task({ EphemeralStorage: { SizeInGiB: 21 } })],
      lines: {
        ...onFargate,
        'Temporary storage': '1460 gb-hour fargate storage',
        'CPU (Spot)': '1460 hour fargate spot x86 vCPU',
        'Memory (Spot)': '2920 gb-hour fargate spot x86 memory',
        'Temporary storage (Spot)': '1460 gb-hour fargate storage',
      },
    },
    {
      type,
      properties: { ...service, LaunchType: 'FARGATE', DesiredCount: 1 },
      beside: [task({ Cpu: '.5 vCPU', Memory: '1024', RuntimePlatform: { OperatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } })],
      lines: { CPU: '365 hour fargate Windows x86 vCPU', Memory: '730 gb-hour fargate Windows x86 memory' },
    },
  ];
}
