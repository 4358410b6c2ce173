/** The other secrets of an environment: generated ones, and those that the operator gives. */
import type { Environment } from '../config/environment.ts';
import { DojangError } from '../errors/dojang-error.ts';
import { webhookFault } from '../notify/discord.ts';
import type { Secret } from '../values/secret.ts';
import type { DesiredTrust } from './desired.ts';
import { valueFault } from './secret-value.ts';

interface SecretPlace {
  readonly name: string;
  readonly parameter: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
}

interface MadeSecret extends SecretPlace {
  readonly from: 'made';
  /** Which host reads it. */
  readonly host: 'aws' | 'gcp';
}

interface GivenSecret extends SecretPlace {
  readonly from: 'given';
  /** Which host reads it; `operator` where commands alone do. */
  readonly host: 'aws' | 'gcp' | 'operator';
}

export type KnownSecret = MadeSecret | GivenSecret;

/** Every secret beside the keys of certificates. */
export function knownSecrets(environment: Pick<Environment, 'names'>): KnownSecret[] {
  const { aws, gcp, operator } = environment.names.parameters.trust;
  const onAws = <From extends KnownSecret['from']>(name: keyof typeof aws, from: From, purpose: string) => ({
    name,
    parameter: aws[name],
    host: 'aws' as const,
    purpose,
    from,
  });
  return [
    onAws('mysql-api', 'made', 'password of the account that reads and writes rows'),
    onAws('mysql-migrate', 'made', 'password of the account that alters tables'),
    onAws('mysql-backup', 'made', 'password of the account that dumps'),
    onAws('session-secret', 'made', 'signs the cookie of a sign-in that has begun'),
    onAws('oidc-client-secret', 'given', 'what the sign-in provider knows the service by'),
    {
      name: 'model-key',
      parameter: gcp['model-key'],
      host: 'gcp',
      purpose: 'key of the model endpoint, where it wants one',
      from: 'given',
    },
    {
      name: 'discord-webhook',
      parameter: operator['discord-webhook'],
      host: 'operator',
      purpose: 'where releases are announced; without it they are not',
      from: 'given',
    },
  ];
}

/**
 * What `--rotate` names, checked.
 * @throws DojangError `unknown-rotation` with the names there are.
 */
export function rotationOf(names: readonly string[], desired: DesiredTrust, secrets: readonly KnownSecret[]): ReadonlySet<string> {
  const made = secrets.filter(({ from }) => from === 'made').map(({ name }) => name);
  const known = ['ca', ...desired.certificates.map(({ id }) => id), ...made];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return new Set(names);
  const given = secrets.some(({ name, from }) => name === unknown && from === 'given');
  throw new DojangError('unknown-rotation', `${unknown} is nothing that wire can make anew`, {
    why: given ? `It is given by the operator: dojang secret set ${unknown} takes a new one.` : undefined,
    next: `--rotate takes: ${known.join(', ')}`,
  });
}

/** Why a value can't be this secret, without a word of it; undefined when it can. */
export function secretFault({ name }: Pick<KnownSecret, 'name'>, value: Secret): string | undefined {
  return valueFault(value) ?? (name === 'discord-webhook' ? webhookFault(value.reveal()) : undefined);
}

/** The error of a value that can't be this secret; `fault` has no word of it. */
export function unusableSecret(name: string, fault: string): DojangError {
  return new DojangError('unusable-secret', `what was given for ${name} can't be used: ${fault}`, {
    why: 'Nothing has been stored.',
    next: `dojang secret set ${name}`,
  });
}

/**
 * A secret that the operator may set.
 * @throws DojangError `unknown-secret` with the names there are.
 */
export function givenSecret(name: string, secrets: readonly KnownSecret[]): KnownSecret {
  const found = secrets.find((each) => each.name === name);
  if (found?.from === 'given') return found;
  const names = secrets.filter(({ from }) => from === 'given').map((each) => each.name);
  // A name that is not known may be the secret itself, typed in the place of its name.
  throw new DojangError('unknown-secret', `${found ? name : 'the name that was given'} is not one of a secret that is set by hand`, {
    why: found ? `dojang wire makes it; dojang wire --rotate ${name} makes a new one.` : undefined,
    next: `dojang secret set takes: ${names.join(', ')}`,
  });
}
