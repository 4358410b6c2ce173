/** Puts the resources of both clouds together into one inventory in a stable order. */

import type { Environment } from '../config/environment.ts';
import { compare, normalise } from './normalise.ts';
import type { Deployment, Inventory, PlannedResource, Regions } from './resource.ts';

/** A CloudFormation template as far as an inventory needs it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown; readonly DeletionPolicy?: string }>>;
}

/** A resource that the Pulumi program registers. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Name of the component it belongs to; empty at the top. */
  readonly component: string;
  readonly inputs: unknown;
  readonly protect: boolean;
}

/** Not infrastructure: the record that the CDK keeps of its own version. */
const noise = new Set(['AWS::CDK::Metadata']);

/** The resources of one stack. Fits any CloudFormation template, not only ours. */
export function fromTemplate(stack: string, template: Template): PlannedResource[] {
  return Object.entries(template.Resources ?? {})
    .filter(([, resource]) => !noise.has(resource.Type))
    .map(([id, { Type, Properties, DeletionPolicy }]) => {
      const retained = DeletionPolicy?.startsWith('Retain') || DeletionPolicy === 'Snapshot';
      return { cloud: 'aws', stack, id, type: Type, properties: normalise(Properties), ...(retained && { retained }) };
    });
}

/** The resources of the Pulumi program. */
export function fromRegistered(resources: readonly Registered[]): PlannedResource[] {
  return resources.map(({ type, name, component, inputs, protect }) => ({
    cloud: 'gcp',
    stack: component || 'gcp',
    id: name,
    type,
    properties: normalise(inputs),
    ...(protect && { retained: true }),
  }));
}

export function deploymentOf({ service, name, aws, gcp }: Pick<Environment, 'service' | 'name' | 'aws' | 'gcp'>): Deployment {
  return { service, environment: name, account: aws.account, project: gcp.project };
}

/** An inventory of these resources, in the same order whatever the order they come in. */
export function inventoryOf(of: Deployment, regions: Regions, resources: readonly PlannedResource[]): Inventory {
  return { version: 1, of, regions, resources: inOrder(resources) };
}

/** The order of an inventory: by cloud, stack and id. */
export function inOrder(resources: readonly PlannedResource[]): PlannedResource[] {
  return [...resources].sort((one, other) => compare(orderOf(one), orderOf(other)));
}

function orderOf({ cloud, stack, id }: PlannedResource): string {
  return [cloud, stack, id].join('\n');
}
