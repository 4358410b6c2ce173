/** What the code of both clouds plans for an environment, computed in this process: no cloud, no credentials, no engine. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { deploymentOf, fromRegistered, inventoryOf } from '../../../lib/inventory/inventory.ts';
import type { Inventory, PlannedResource } from '../../../lib/inventory/resource.ts';
import { runpodResources } from '../../../lib/inventory/runpod.ts';
import { readJson, root, writeJson } from '../../io/state.ts';

/** Stands for the AWS address until it is known; from the range that documentation may use (RFC 5737). */
export const unknownAddress = '192.0.2.1';

/** The inventory of an environment according to the code. */
export async function plannedInventory(environment: Environment): Promise<Inventory> {
  const [aws, gcp] = await Promise.all([awsResources(environment), gcpResources(environment)]);
  return inventoryOf(deploymentOf(environment), { aws: environment.aws.region, gcp: environment.gcp.region }, [
    ...aws,
    ...gcp,
    ...runpodResources(environment),
  ]);
}

async function awsResources(environment: Environment): Promise<PlannedResource[]> {
  const { synthesise } = await import('./synthesise.ts');
  return synthesise(environment);
}

async function gcpResources(environment: Environment): Promise<PlannedResource[]> {
  const { registeredResources } = await import('../../../gpu/evaluate.ts');
  const zone = environment.gcp.zones[0] ?? '';
  const registered = await registeredResources(environment, { awsAddress: unknownAddress, zone });
  return fromRegistered(JSON.parse(JSON.stringify(registered).replaceAll(unknownAddress, '<aws address>')));
}

/** The file that an environment's committed plan lives in. */
function planFile(environmentName: string): string {
  return join(root, 'plans', `${environmentName}.json`);
}

/**
 * The committed plan; undefined when there is none, or when it is of another service, account or project: what it describes is
 * then none of this environment's business.
 * @throws DojangError when the file is damaged or of a newer version.
 */
export function committedPlan(environment: Environment): Inventory | undefined {
  const { name } = environment;
  const plan = readPlan(name);
  if (!plan) return undefined;
  if (plan.version !== 1) {
    throw new DojangError('newer-plan', `plans/${name}.json has version ${plan.version} and this dojang reads version 1`, {
      why: 'What holds data is guarded by comparison with this file.',
      next: 'use the dojang that wrote it',
    });
  }
  return isDeepStrictEqual(plan.of, deploymentOf(environment)) ? plan : undefined;
}

function readPlan(name: string): Inventory | undefined {
  const file = planFile(name);
  if (!existsSync(file)) return undefined;
  const plan = readJson<Inventory>(file);
  if (plan && Array.isArray(plan.resources)) return plan;
  throw new DojangError('damaged-plan', `plans/${name}.json is not a plan`, {
    why: 'What holds data is guarded by comparison with this file.',
    next: `restore it from version control (git checkout plans/${name}.json), or delete it and run dojang plan --env ${name} --write`,
  });
}

export function writePlan(inventory: Inventory): void {
  writeJson(planFile(inventory.of.environment), inventory);
}
