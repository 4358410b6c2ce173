/** What each of the two hosts must look like, from the first step to the last. */
import type { Environment } from '../config/environment.ts';
import type { HostName } from '../ports/host-shell.ts';
import { awsHost } from './aws-host.ts';
import type { HostRecipe } from './bash/step.ts';
import type { HostFacts } from './facts.ts';
import { gcpHost } from './gcp-host.ts';

export const hostNames: readonly HostName[] = ['aws', 'gcp'];

export function hostRecipe(environment: Environment, host: HostName, facts: HostFacts): HostRecipe {
  return host === 'aws' ? awsHost(environment, facts) : gcpHost(environment, facts);
}

/**
 * The recipe with some of its steps only. What a step left to a handler in an earlier run is still
 * done.
 */
export function onlySteps(recipe: HostRecipe, ids: readonly string[]): HostRecipe {
  return { ...recipe, steps: recipe.steps.filter(({ id }) => ids.includes(id)) };
}
