/** What holds data, an address or the machine is replaced or deleted only by name. */
import type { CustomResourceOptions } from '@pulumi/pulumi';
import { gcpResources } from '../lib/config/names.ts';

/** Names of what the program protects. */
export const protectedNames = Object.values(gcpResources);

/**
 * Options of a resource that is protected unless its name is approved.
 * Its cloud name exists once, so a replacement that was approved deletes the old one first.
 */
export function protectUnlessApproved(name: (typeof protectedNames)[number], approved: readonly string[]): CustomResourceOptions {
  return { protect: !approved.includes(name), deleteBeforeReplace: true };
}
