/**
 * The synthesised CDK app of this process: made once, kept in a temporary folder that goes with the
 * process.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Template } from '../../../../lib/inventory/inventory.ts';
import { remove } from '../../state.ts';

export type Synth = (outdir: string) => CloudAssembly | Promise<CloudAssembly>;

export function once(synth: Synth): () => Promise<CloudAssembly> {
  let assembly: Promise<CloudAssembly> | undefined;
  return () => {
    assembly ??= Promise.resolve(temporaryFolder()).then(synth);
    return assembly;
  };
}

const temporary: string[] = [];

function temporaryFolder(): string {
  if (temporary.length === 0) process.once('exit', () => temporary.forEach(remove));
  const folder = mkdtempSync(join(tmpdir(), 'dojang-cdk-'));
  temporary.push(folder);
  return folder;
}

/** Templates of these stacks by name; a stack that the app does not have is missing. */
export function templatesOf(assembly: CloudAssembly, stacks: readonly string[]): Map<string, Template> {
  const wanted = assembly.stacks.filter(({ stackName }) => stacks.includes(stackName));
  return new Map(wanted.map(({ stackName, template }) => [stackName, template as Template]));
}
