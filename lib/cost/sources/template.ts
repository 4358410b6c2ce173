/** The resources of any CloudFormation template. */
import { fromTemplate } from '../../inventory/inventory.ts';
import { isObject, normalise } from '../../inventory/normalise.ts';
import { awsRegionOf } from '../../inventory/regions.ts';
import type { Json, Properties } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';
import { unknownRegion } from '../component.ts';
import { type Scope, scopeOf, worked } from './intrinsic.ts';
import { billedIn } from './inventory.ts';
import type { CloudFormation, CloudFormationResource } from './template-text.ts';

/**
 * The template of a nested stack by what its resource says; undefined when there is none to be
 * read.
 */
export type Nested = (resource: CloudFormationResource) => CloudFormation | undefined;

/**
 * A resource of a template that is not part of the stack, as its condition is false with the
 * parameters' defaults.
 */
export interface Absent {
  readonly stack: string;
  readonly id: string;
  readonly condition: string;
}

interface Within {
  readonly nested?: Nested;
  /** Is given every resource that a condition leaves out, so that a report can name it. */
  readonly onAbsent?: (absent: Absent) => void;
  /** What the parent of a nested stack gives for its parameters. */
  readonly given?: Properties;
  /** The templates that this one is nested in: one that has itself within it is not followed. */
  readonly outer?: readonly CloudFormation[];
}

/**
 * What a stack consists of when its parameters have their defaults. A resource whose condition is
 * known to be false is not part of it, and `onAbsent` is given it.
 * A nested stack that can be read is what its template has; any other stays one resource, which has
 * no price.
 * @param region where the stack is deployed to; taken from an availability zone in the template
 *   when undefined.
 */
export function templateResources(
  stack: string,
  template: CloudFormation,
  region: string | undefined,
  { nested = () => undefined, onAbsent = () => undefined, given, outer = [] }: Within = {},
): BilledResource[] {
  const where = region ?? regionIn(template) ?? unknownRegion;
  const scope = scopeOf(template, where, given);
  const present = Object.entries(template.Resources).filter(([id, { Condition }]) => {
    const isAbsent = Condition !== undefined && scope.holds(Condition) === false;
    if (isAbsent) onAbsent({ stack, id, condition: Condition });
    return !isAbsent;
  });
  const later = (template.unexpanded ?? []).map((id): BilledResource => unexpanded(stack, id, where));
  return [...later, ...present.flatMap(resourcesOf)];

  function resourcesOf([id, resource]: [string, CloudFormationResource]): BilledResource[] {
    const its = withImageAsWritten(resource.Properties, worked(resource.Properties, scope), scope);
    const inner = resource.Type === 'AWS::CloudFormation::Stack' ? nested(resource) : undefined;
    const followed = inner && inner !== template && !outer.includes(inner);
    const resources = followed
      ? templateResources(`${stack}/${id}`, inner, where, { nested, onAbsent, given: parametersOf(its), outer: [...outer, template] })
      : billedIn(fromTemplate(stack, { Resources: { [id]: { ...plain(resource, scope), Properties: its } } }), { aws: where });
    return resource.Condition && scope.holds(resource.Condition) === undefined ? perhaps(resources, resource.Condition) : resources;
  }
}

/**
 * What a resource says beside its properties may be a function too: a policy that is not known yet
 * keeps nothing.
 */
function plain({ Type, DeletionPolicy }: CloudFormationResource, scope: Scope) {
  const policy = worked(DeletionPolicy, scope);
  return { Type, ...(typeof policy === 'string' && { DeletionPolicy: policy }) };
}

/**
 * The id of an image says nothing; the mapping and the keys that it was taken from often say which
 * system it has. They are kept beside it as `ImageIdAsWritten` where the id itself could be worked
 * out.
 */
function withImageAsWritten(written: Json | undefined, its: Json, scope: Scope): Json {
  if (!isObject(written) || !isObject(its)) return its;
  const { LaunchTemplateData: data } = written;
  if (isObject(data)) return { ...its, LaunchTemplateData: withImageAsWritten(data, its.LaunchTemplateData ?? {}, scope) };
  if (!isObject(written.ImageId) || isObject(its.ImageId)) return its;
  const keys = Object.values(written.ImageId).map((argument) => worked(argument, scope));
  return { ...its, ImageIdAsWritten: JSON.stringify([written.ImageId, ...keys]) };
}

/** Stands for all that CloudFormation makes of a loop or a macro. */
function unexpanded(stack: string, id: string, region: string): BilledResource {
  return {
    provider: 'aws',
    region,
    stack,
    id,
    type: id.startsWith('Transform::') ? 'Transform' : id.split('::').slice(0, 2).join('::'),
    properties: {},
  };
}

function parametersOf(stack: Json): Properties {
  const parameters = isObject(stack) ? stack.Parameters : undefined;
  return isObject(parameters) ? parameters : {};
}

function perhaps(resources: readonly BilledResource[], condition: string): BilledResource[] {
  return resources.map((resource) => ({
    perhaps: `it is there only if the condition ${condition} holds, which is known only at the deployment`,
    ...resource,
  }));
}

function regionIn({ Resources }: CloudFormation): string | undefined {
  for (const resource of Object.values(Resources)) {
    const region = awsRegionOf(zoneOf(resource));
    if (region) return region;
  }
  return undefined;
}

function zoneOf({ Properties }: CloudFormationResource) {
  return normalise(Properties).AvailabilityZone;
}
