/** What goes into a stack and comes out of it: its configuration and its outputs. */

import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { unknownAddresses } from '../../../../lib/config/names.ts';
import type { GcpInputs } from '../../../../lib/ports/gcp.ts';
import type { Outputs } from '../../../../lib/ports/outputs.ts';
import { project, type Session } from './session.ts';

/** The inputs of the last deployment; undefined before the first. */
export async function storedInputs(stack: Stack): Promise<GcpInputs | undefined> {
  const config = await stack.getAllConfig();
  const awsAddress = config[`${project}:awsAddress`]?.value;
  const zone = config[`${project}:zone`]?.value;
  return awsAddress && zone ? { awsAddress, zone } : undefined;
}

/**
 * Inputs for a program that changes no input of what is there: the stored ones, and where the
 * stack's file is missing or names a zone that is configured no more, ones that only have the right
 * form.
 */
export async function frozenInputs({ environment: { gcp } }: Session, stack: Stack): Promise<GcpInputs> {
  const [first = ''] = gcp.zones;
  const { awsAddress, zone } = (await storedInputs(stack)) ?? { awsAddress: unknownAddresses.aws, zone: first };
  return { awsAddress, zone: gcp.zones.includes(zone) ? zone : first };
}

/** Outputs as plain text, as far as they are text and no secret. */
export function textsOf(outputs: Readonly<Record<string, { readonly value: unknown; readonly secret: boolean }>>): Outputs {
  const texts = Object.entries(outputs).filter(([, { value, secret }]) => typeof value === 'string' && !secret);
  return Object.fromEntries(texts.map(([name, { value }]) => [name, String(value)]));
}

/** Writes them into `Pulumi.<environment>.yaml`, unless they are there. */
export async function storeInputs(stack: Stack, { awsAddress, zone }: GcpInputs): Promise<void> {
  const stored = await storedInputs(stack);
  if (stored?.awsAddress === awsAddress && stored.zone === zone) return;
  await stack.setAllConfig({ [`${project}:awsAddress`]: { value: awsAddress }, [`${project}:zone`]: { value: zone } });
}
