/** Logical ids that people type. */
import { CfnElement } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Gives a resource the logical id `id` instead of one with a hash: people name it after
 * `--approve`, and moving the construct never replaces it.
 */
export function fixLogicalId(construct: IConstruct, id: string): void {
  const element = construct.node.defaultChild ?? construct;
  if (CfnElement.isCfnElement(element)) element.overrideLogicalId(id);
}
