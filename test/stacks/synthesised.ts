/** Templates synthesised into a temporary folder that goes again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Environment } from '../../lib/config/environment.ts';
import { awsApp } from '../../stacks/app.ts';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template {
  readonly Resources: Record<string, Resource>;
  readonly Outputs: Record<string, unknown>;
}

export function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-test-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function synthesised<T>(environment: Environment, read: (assembly: CloudAssembly) => T): T {
  return inTemporaryFolder((outdir) => read(awsApp(environment, { outdir, checks: false }).synth()));
}

/** The templates by the name of their layer: `addresses`, `network`, `host`. */
export function templatesOf(environment: Environment): Record<string, Template> {
  return synthesised(environment, ({ stacks }) =>
    Object.fromEntries(stacks.map(({ stackName, template }) => [stackName.slice(environment.prefix.length + 1), template as Template])),
  );
}
