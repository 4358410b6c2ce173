/**
 * What a deployment would change: the deployed templates compared with those of the code, in the
 * way `dojang plan` compares.
 */
import { difference } from '../../../../lib/inventory/difference.ts';
import { fromTemplate, inOrder, type Template } from '../../../../lib/inventory/inventory.ts';
import type { ResourceChange } from '../../../../lib/inventory/resource.ts';
import type { AwsContext } from '../aws-context.ts';
import { templatesOf } from './assembly.ts';
import { deployedTemplates } from './stacks.ts';

type Templates = ReadonlyMap<string, Template>;

/** Changes of these stacks. A stack that is not deployed counts as empty. */
export async function changesOf(site: AwsContext, stacks: readonly string[]): Promise<ResourceChange[]> {
  const [deployed, assembly] = await Promise.all([deployedTemplates(site, stacks), site.assembly()]);
  return changesBetween(deployed, templatesOf(assembly, stacks));
}

/**
 * Pure part of `changesOf`: templates by stack name. A resource that leaves the template is a
 * deletion even when CloudFormation would retain it, since nothing would look after it any more.
 * Metadata is not compared.
 */
export function changesBetween(deployed: Templates, wanted: Templates): ResourceChange[] {
  return difference(resourcesIn(deployed), resourcesIn(wanted));
}

function resourcesIn(templates: Templates) {
  return inOrder([...templates].flatMap(([stack, template]) => fromTemplate(stack, template)));
}
