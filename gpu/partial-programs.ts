/** Runs of the program that let something go without changing anything else. */

import { mergeOptions, type Output, runtime } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';
import { gcpResources } from '../lib/config/names.ts';
import type { GcpInputs } from '../lib/ports/gcp.ts';
import { AiAddress } from './address.ts';
import { AiData } from './data.ts';
import { type GpuOutputs, gpuProgram } from './program.ts';
import { google } from './provider.ts';

/**
 * The environment as it stands, except that what `inputs.approved` names is no longer protected.
 * Google does not delete a machine that was protected when it was last deployed, so this runs
 * before a replacement or a removal. Run it on the approved resources alone (`target`), as it would
 * create what is not there yet.
 */
export function unprotectProgram(environment: Environment, inputs: GcpInputs): GpuOutputs {
  ignoreAllChanges(['deletionProtection']);
  return gpuProgram(environment, inputs);
}

/**
 * The environment as it stands, except that the data disk stays at Google when it leaves the stack.
 * Another snapshot is another disk, under another name: the engine would delete the one of before.
 * Run it on the disk alone (`target`).
 */
export function diskRetainedProgram(environment: Environment, inputs: GcpInputs): GpuOutputs {
  ignoreAllChanges([]);
  runtime.registerStackTransformation(({ name, props, opts }) =>
    name === gcpResources.data ? { props, opts: mergeOptions(opts, { retainOnDelete: true }) } : undefined,
  );
  return gpuProgram(environment, inputs);
}

/**
 * What is left after everything but `keep` was removed: `ai-address` and `ai-data`, each as it
 * stands. Name only what is there. Excluding them from a removal would not do: the disk was made
 * after the machine, so the machine would stay with it.
 */
export function retainedProgram(environment: Environment, inputs: GcpInputs, keep: readonly string[]): KeptOutputs {
  ignoreAllChanges([]);
  const opts = { providers: [google(environment)] };
  const args = { environment, zone: inputs.zone, approved: inputs.approved ?? [], after: [] };
  const kept = {
    ...(keep.includes(gcpResources.address) && { address: new AiAddress('address', args, opts).address.address }),
    ...(keep.includes(gcpResources.data) && { dataDisk: new AiData('data', args, opts).disk.name }),
  };
  return kept;
}

export interface KeptOutputs {
  readonly address?: Output<string>;
  readonly dataDisk?: Output<string>;
}

/** Inputs that a program may have no more while the resource still has them. */
const optional: Readonly<Record<string, readonly string[]>> = { 'gcp:compute/disk:Disk': ['snapshot'] };

/** From here on, what exists keeps the inputs it has, whatever the configuration says now. */
function ignoreAllChanges(except: readonly string[]): void {
  runtime.registerStackTransformation(({ type, props, opts }) => {
    if (!type.startsWith('gcp:')) return undefined;
    const given = Object.keys(props).filter((name) => props[name] !== undefined && !except.includes(name));
    const ignoreChanges = [...new Set([...given, ...(optional[type] ?? [])])];
    return { props, opts: mergeOptions(opts, { ignoreChanges }) };
  });
}
