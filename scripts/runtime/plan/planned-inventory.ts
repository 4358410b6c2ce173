/**
 * What the code of both clouds plans for an environment, computed in this process: no cloud, no
 * credentials, no engine.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Environment } from '../../../lib/config/environment.ts';
import { unknownAddresses } from '../../../lib/config/names.ts';
import { deploymentOf, fromRegistered, inventoryOf } from '../../../lib/inventory/inventory.ts';
import { parseInventory } from '../../../lib/inventory/parse.ts';
import type { Inventory, PlannedResource } from '../../../lib/inventory/resource.ts';
import { runpodResources } from '../../../lib/inventory/runpod.ts';
import { root, writeJson } from '../../io/state.ts';

const unknownAddress = unknownAddresses.aws;

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
 * The committed plan; undefined when there is none, or when it is of another service, account or
 * project: what it describes is then none of this environment's business.
 * @throws DojangError when the file is damaged or of a newer version.
 */
export function committedPlan(environment: Environment): Inventory | undefined {
  const { name } = environment;
  const plan = readPlan(name);
  if (!plan) return undefined;
  return isDeepStrictEqual(plan.of, deploymentOf(environment)) ? plan : undefined;
}

function readPlan(name: string): Inventory | undefined {
  const file = planFile(name);
  return existsSync(file) ? parseInventory(readFileSync(file, 'utf8'), `plans/${name}.json`) : undefined;
}

export function writePlan(inventory: Inventory): void {
  writeJson(planFile(inventory.of.environment), inventory);
}
