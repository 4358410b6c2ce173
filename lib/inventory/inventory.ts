/** Puts the resources of both clouds together into one inventory in a stable order. */
import { compare, normalise } from './normalise.ts';
import type { Inventory, PlannedResource } from './resource.ts';

/** A CloudFormation template as far as an inventory needs it. */
export interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;
}

/** A resource that the Pulumi program registers. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Name of the component it belongs to; empty at the top. */
  readonly component: string;
  readonly inputs: unknown;
}

/** Not infrastructure: the record that the CDK keeps of its own version. */
const noise = new Set(['AWS::CDK::Metadata']);

/** The resources of one stack. Fits any CloudFormation template, not only ours. */
export function fromTemplate(stack: string, template: Template): PlannedResource[] {
  return Object.entries(template.Resources ?? {})
    .filter(([, resource]) => !noise.has(resource.Type))
    .map(([id, { Type, Properties }]) => ({ cloud: 'aws', stack, id, type: Type, properties: normalise(Properties) }));
}

/** The resources of the Pulumi program. */
export function fromRegistered(resources: readonly Registered[]): PlannedResource[] {
  return resources.map(({ type, name, component, inputs }) => ({
    cloud: 'gcp',
    stack: component || 'gcp',
    id: name,
    type,
    properties: normalise(inputs),
  }));
}

/** The inventory of an environment, in the same order whatever the order of `resources`. */
export function inventoryOf(environment: string, resources: readonly PlannedResource[]): Inventory {
  return { version: 1, environment, resources: [...resources].sort((one, other) => compare(orderOf(one), orderOf(other))) };
}

function orderOf({ cloud, stack, id }: PlannedResource): string {
  return [cloud, stack, id].join('\n');
}
