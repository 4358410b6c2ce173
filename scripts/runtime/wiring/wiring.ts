/** The wiring of an environment: what `wire`, `up`, `status` and `doctor` share. */

import type { Environment } from '../../../lib/config/environment.ts';
import { endpointParameters, stackNames, wiringNames } from '../../../lib/config/names.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { counted } from '../../../lib/values/counted.ts';
import { type Addresses, desiredRules, endpointValues } from '../../../lib/wiring/desired.ts';
import { type RuleDifference, ruleDifferences, ruleKey, ruleText } from '../../../lib/wiring/difference.ts';
import { hostRules, nothingElse } from '../../../lib/wiring/host-rules.ts';
import type { Rule } from '../../../lib/wiring/rule.ts';
import { addressesOf } from '../addresses.ts';
import type { Clouds } from '../context.ts';
import { type TrustWork, trustWork } from './trust.ts';

/** What should be and what differs, on both sides. */
export interface Wiring {
  readonly addresses: Addresses;
  readonly desired: readonly Rule[];
  readonly differences: readonly RuleDifference[];
  /**
   * Endpoint parameters that are missing or say something else, with the value they should have.
   */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Certificates and secrets that are missing, end soon or belong to something else. */
  readonly trust: TrustWork;
}

/**
 * Reads and compares; with `apply` it also repairs. The answer is what was found before the repair.
 */
export async function wireBoth(
  environment: Environment,
  clouds: Clouds,
  { apply, rotate = [] }: { readonly apply: boolean; readonly rotate?: readonly string[] },
  progress: Progress,
): Promise<Wiring> {
  progress('reading the rules of both sides');
  const wiring = await readWiring(environment, clouds, rotate, progress);
  if (!apply || driftOf(wiring) === 0) return wiring;
  await repair(environment, clouds, wiring, progress);
  const trust = await trustWork(environment, wiring.addresses, clouds, { apply, rotate, now: new Date() }, progress);
  progress('reading them again');
  const left = driftOf(await readWiring(environment, clouds, [], progress));
  if (left > 0) throw driftError(environment, left);
  return { ...wiring, trust };
}

async function readWiring(environment: Environment, clouds: Clouds, rotate: readonly string[], progress: Progress): Promise<Wiring> {
  const { hostGroup, network } = wiringNames(environment);
  const addresses = await addressesOf(environment, clouds);
  const [aws, gcp, endpoints, trust] = await Promise.all([
    clouds.aws.rules(hostGroup),
    clouds.gcp.rules(network),
    wrongEndpoints(environment, clouds, addresses),
    trustWork(environment, addresses, clouds, { apply: false, rotate, now: new Date() }, progress),
  ]);
  const desired = desiredRules(environment, addresses);
  return { addresses, desired, differences: ruleDifferences(desired, [...aws, ...gcp]), endpoints, trust };
}

async function wrongEndpoints(environment: Environment, { aws }: Clouds, addresses: Addresses): Promise<Record<string, string>> {
  const names = endpointParameters(environment);
  const values = endpointValues(environment, addresses);
  const wanted = Object.entries(names).map(([key, name]) => [name, values[key as keyof typeof values]] as const);
  const actual = await aws.parameters(Object.values(names));
  return Object.fromEntries(wanted.filter(([name, value]) => actual[name] !== value));
}

/**
 * What lets too much in goes first; then what is missing comes; then each side learns where the
 * other is. The order matters on GCP: the provider does not take `0.0.0.0/0` from a firewall that
 * has no other range, so the repair alone would leave it open to everyone.
 */
async function repair(environment: Environment, clouds: Clouds, wiring: Wiring, progress: Progress): Promise<void> {
  const missing = wiring.differences.filter(({ kind }) => kind === 'missing').map(({ rule }) => rule);
  await refuseUndeployed(environment, clouds, missing);
  for (const { kind, rule } of wiring.differences) {
    if (kind !== 'stray') continue;
    progress(`removing ${ruleText(rule)} from ${rule.carrier}`);
    await (rule.cloud === 'aws' ? clouds.aws : clouds.gcp).revoke(rule);
  }
  for (const rule of missing.filter(({ cloud }) => cloud === 'aws')) {
    progress(`allowing ${ruleText(rule)} on ${rule.carrier}`);
    await clouds.aws.allow(rule);
  }
  if (wiring.differences.some(({ rule }) => rule.cloud === 'gcp')) await repairGcp(environment, clouds, wiring.addresses.aws, progress);
  for (const [name, value] of Object.entries(wiring.endpoints)) await clouds.aws.putParameter(name, value);
}

/**
 * The firewalls of GCP belong to the Pulumi program, so they are put right by it, and nothing else
 * of it is deployed.
 */
async function repairGcp(environment: Environment, { gcp }: Clouds, awsAddress: string, progress: Progress): Promise<void> {
  const inputs = await gcp.inputs();
  if (!inputs) {
    throw new DojangError('not-deployed', `GCP is not deployed for ${environment.name}`, { next: `dojang up --env ${environment.name}` });
  }
  await gcp.repairRules({ ...inputs, awsAddress }, progress);
}

/**
 * A rule that CloudFormation is about to make must not be there already: it would call it a
 * duplicate and take the change back.
 */
async function refuseUndeployed(environment: Environment, { aws }: Clouds, missing: readonly Rule[]): Promise<void> {
  const own = new Set(hostRules(environment).map(ruleKey));
  if (!missing.some((rule) => own.has(ruleKey(rule)))) return;
  const pending = await aws.changes([stackNames(environment).network]);
  if (!pending.some(({ effect }) => effect === 'create')) return;
  throw new DojangError('deploy-first', `the configuration has rules that ${stackNames(environment).network} does not have yet`, {
    why: 'CloudFormation makes them; made by hand before, they would be duplicates to it.',
    next: `dojang up --env ${environment.name}`,
  });
}

/**
 * The rules as they should be, one line each. The one that means "nothing else" allows nothing and
 * is left out.
 */
export function rulesOnEachSide({ desired }: Pick<Wiring, 'desired'>): string[] {
  const width = Math.max(...desired.map(({ carrier }) => carrier.length));
  const allowing = desired.filter((rule) => ruleKey(rule) !== ruleKey(nothingElse(rule.carrier)));
  return allowing.map((rule) => `  ${rule.cloud}  ${rule.carrier.padEnd(width)}  ${rule.direction.padEnd(7)}  ${ruleText(rule)}`);
}

/** In how many places the wiring differs from what it should be. */
export function driftOf({ differences, endpoints, trust }: Wiring): number {
  return differences.length + Object.keys(endpoints).length + trust.changes.length;
}

export function driftError({ name }: Environment, count: number): DojangError {
  return new DojangError('drift', `the wiring of ${name} differs in ${counted(count, 'place')} from its configuration`, {
    next: `dojang wire --env ${name}`,
  });
}
