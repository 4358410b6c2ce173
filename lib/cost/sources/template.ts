/** The resources of any CloudFormation template. */
import { fromTemplate } from '../../inventory/inventory.ts';
import { normalise } from '../../inventory/normalise.ts';
import { awsRegionOf } from '../../inventory/regions.ts';
import type { BilledResource } from '../component.ts';
import { scopeOf, worked } from './intrinsic.ts';
import { billedIn, unknownRegion } from './inventory.ts';
import type { CloudFormation, CloudFormationResource } from './template-text.ts';

/**
 * What a stack consists of when its parameters have their defaults. A resource whose condition is known to be false is not part of it.
 * @param region where the stack is deployed to; taken from an availability zone in the template when undefined.
 */
export function templateResources(stack: string, template: CloudFormation, region: string | undefined): BilledResource[] {
  const where = region ?? regionIn(template) ?? unknownRegion;
  const scope = scopeOf(template, where);
  const present = Object.entries(template.Resources).filter(([, { Condition }]) => !Condition || scope.holds(Condition) !== false);
  const resources = present.map(([id, resource]) => [id, { ...resource, Properties: worked(resource.Properties, scope) }] as const);
  return billedIn(fromTemplate(stack, { Resources: Object.fromEntries(resources) }), { aws: where });
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
