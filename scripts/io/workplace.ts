/** The machine that runs the command: the tools that are on it, and its disk. */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workplace } from '../../lib/ports/preflight.ts';
import { pathFolders, type Variables } from './process/process-environment.ts';
import { findPython } from './process/python.ts';
import { readJson, root } from './state.ts';

const gib = 1024 ** 3;

/**
 * `engine` finds the version of the engine that is there. Tools are looked for in the PATH of these
 * variables.
 */
export function workplace(engine: Workplace['engine'], variables: Variables): Workplace {
  return {
    node: async () => process.versions.node,
    engine,
    python: async () => (await findPython()).version,
    hasGcloud: async () => pathFolders(variables).some((folder) => existsSync(join(folder, 'gcloud'))),
    cdk: async () => {
      const { dependencies } = readJson<{ dependencies: Record<string, string> }>(join(root, 'package.json')) ?? { dependencies: {} };
      const installed = readJson<{ version: string }>(join(root, 'node_modules/aws-cdk/package.json'))?.version;
      return { pinned: dependencies['aws-cdk'] ?? '', installed };
    },
    freeGib: async () => {
      const { bavail, bsize } = await statfs(root);
      return (bavail * bsize) / gib;
    },
  };
}
