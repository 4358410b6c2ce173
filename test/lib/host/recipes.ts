/** The recipes that tests of the hosts look at. */
import config from '../../../dojang.config.ts';
import { type Environment, environmentOf } from '../../../lib/config/environment.ts';
import type { HostRecipe, HostStep } from '../../../lib/host/bash/step.ts';
import { type HostFacts, hostFacts } from '../../../lib/host/facts.ts';
import { hostNames, hostRecipe } from '../../../lib/host/recipe.ts';
import type { HostName } from '../../../lib/ports/host-shell.ts';

export const prod = environmentOf(config, 'prod');
export const local = environmentOf(config, 'local');

const addresses = { aws: '203.0.113.10', gcp: '198.51.100.10' };
export const prodFacts = hostFacts(prod, { addresses, dataVolumeId: 'vol-0abc', artifactBucket: 'dojang-prod-artifacts' });
export const localFacts = hostFacts(local, {
  addresses,
  dataVolumeId: 'vol-0abc',
  artifactBucket: 'dojang-local-artifacts',
  embedded: true,
  publicUrl: 'https://127.0.0.1:8443',
  unlimitedClients: ['192.0.2.30'],
});

export interface Case {
  readonly name: string;
  readonly environment: Environment;
  readonly host: HostName;
  readonly recipe: HostRecipe;
}

/** Both hosts of both environments, and what else changes a recipe. */
export const cases: readonly Case[] = [
  ...casesOf(prod, prodFacts),
  ...casesOf(local, localFacts),
  ...casesOf(
    { ...local, name: 'embedded', tls: 'letsencrypt', domain: 'contracts.dojang.example' },
    { ...localFacts, acme: { directory: 'https://acme.dojang.example/dir', root: '-----BEGIN CERTIFICATE-----' } },
  ).filter(({ host }) => host === 'aws'),
  ...casesOf({ ...prod, name: 'trial', tls: 'own-ca', domain: undefined }, { ...prodFacts, modelKey: true }),
];

function casesOf(environment: Environment, facts: HostFacts): Case[] {
  return hostNames.map((host) => ({
    name: `${environment.name} ${host}`,
    environment,
    host,
    recipe: hostRecipe(environment, host, facts),
  }));
}

/** @throws when the recipe has no such step. */
export function stepOf({ steps }: HostRecipe, id: string): HostStep {
  const found = steps.find((step) => step.id === id);
  if (!found) throw new Error(`no step ${id}`);
  return found;
}
