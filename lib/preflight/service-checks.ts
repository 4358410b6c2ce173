/**
 * What the service needs from outside both clouds: a name, a certificate, secrets that an operator
 * gives, a configuration of its own.
 */

import type { Environment } from '../config/environment.ts';
import { isLocal } from '../config/names.ts';
import { isOnEmbeddedInternet, urlOf } from '../config/schema/addresses.ts';
import type { DeployedHost } from '../ports/preflight.ts';
import { check, fault, ok, type PreflightCheck, unknown, type Verdict, warning } from './check.ts';
import { placeholdersOf } from './placeholders.ts';

/** Checks of what runs on the machines: left out where there are none. */
export function serviceChecks(environment: Environment): PreflightCheck[] {
  return [...secretChecks(environment), ...certificateChecks(environment)];
}

/** The embedded clouds are made for the accounts of the documentation. */
export function ownValuesCheck(environment: Environment): PreflightCheck[] {
  if (isLocal(environment)) return [];
  return [
    check({
      id: 'own-values',
      subject: 'service',
      title: 'values of your own',
      facts: async () => placeholdersOf(environment),
      verdict: (found) => {
        if (found.length === 0) return ok('no example left in the configuration');
        const paths = found.map(({ path, value }) => `${path} (${value})`).join(', ');
        return fault(`still of the example: ${paths}`, `write your own in environments.${environment.name} of dojang.config.ts`);
      },
    }),
  ];
}

/**
 * Whether an operator gives the secret of sign-in: the provider on the embedded internet makes its
 * own.
 */
export function clientSecretIsGiven({ signIn }: Pick<Environment, 'signIn'>): boolean {
  const issuer = signIn && urlOf(signIn.issuer);
  return issuer !== undefined && !isOnEmbeddedInternet(issuer);
}

function secretChecks(environment: Environment): PreflightCheck[] {
  const { aws, gcp } = environment.names.parameters.trust;
  const secret = (name: string, parameter: string, missing: (remedy: string) => Verdict) =>
    check({
      id: name,
      subject: 'service',
      title: `secret ${name}`,
      facts: async ({ secrets }) => (await secrets.describe([parameter]))[parameter] !== undefined,
      verdict: (given) => (given ? ok('given') : missing(`dojang secret set ${name} --env ${environment.name}`)),
    });
  return [
    ...(clientSecretIsGiven(environment)
      ? [
          secret('oidc-client-secret', aws['oidc-client-secret'], (remedy) =>
            fault(`not given; ${environment.signIn?.issuer} knows the service by it`, remedy),
          ),
        ]
      : []),
    ...(asksForKey(environment)
      ? [secret('model-key', gcp['model-key'], (remedy) => warning('not given; most model servers want one', remedy))]
      : []),
  ];
}

/** A model on the machine itself wants no key. */
function asksForKey({ ai }: Environment): boolean {
  const url = ai.engine === 'endpoint' && ai.endpoint ? urlOf(ai.endpoint) : undefined;
  return url !== undefined && !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

function certificateChecks(environment: Environment): PreflightCheck[] {
  const { domain, tls } = environment;
  if (tls !== 'letsencrypt' || !domain) return [];
  return [
    check({
      id: 'domain',
      subject: 'service',
      title: 'domain',
      facts: async ({ aws, internet }) => {
        const { address, instanceId } = await aws.deployed();
        return { address, hasMachine: instanceId !== undefined, resolved: address ? await internet.resolve(domain) : [] };
      },
      verdict: (facts) => domainVerdict(environment, domain, facts),
    }),
    check({
      id: 'certificate-authority',
      subject: 'service',
      title: 'Let’s Encrypt',
      facts: async ({ aws, internet }) => {
        const [status, { instanceId }] = await Promise.all([internet.authority(), aws.deployed().catch(nothingDeployed)]);
        return { status, hasMachine: instanceId !== undefined };
      },
      verdict: ({ status, hasMachine }) => {
        if (status === 200) return ok('its directory answers');
        const remedy = 'https://letsencrypt.status.io says until when; tls: own-ca needs no authority';
        return beforeMachine({ hasMachine })(`its directory answers ${status}`, remedy);
      },
    }),
    check({
      id: 'certificate-limits',
      subject: 'service',
      title: 'certificate limits',
      facts: async () => undefined,
      // https://letsencrypt.org/docs/rate-limits/ (2026-11)
      verdict: () => unknown('5 same certificates a week, 5 failed tries an hour; how many are used, the authority does not say'),
    }),
  ];
}

function nothingDeployed(): DeployedHost {
  return {};
}

/**
 * What a certificate needs is a fault before there is a machine. Later it is a warning: the machine
 * has its certificate, or the step that asks for one stops by itself, and everything else can still
 * be changed.
 */
function beforeMachine({ hasMachine }: Pick<DomainFacts, 'hasMachine'>): typeof fault {
  return hasMachine ? warning : fault;
}

interface DomainFacts {
  readonly address?: string;
  readonly hasMachine: boolean;
  readonly resolved: readonly string[];
}

function domainVerdict({ name }: Environment, domain: string, { address, hasMachine, resolved }: DomainFacts): Verdict {
  if (!address) return unknown(`no Elastic IP to point ${domain} at yet; dojang up --clouds-only --env ${name} reserves it`);
  const entry = `make the DNS entry ${domain} A ${address}`;
  const wrong = beforeMachine({ hasMachine });
  if (resolved.length === 0) return wrong(`${domain} resolves to nothing`, entry);
  const others = resolved.filter((each) => each !== address);
  if (others.length === 0) return ok(`${domain} is ${address}`);
  const why = others.some((each) => each.includes(':')) ? ', and IPv6 is asked first' : '';
  return wrong(`${domain} resolves to ${others.join(', ')}${why}`, `${entry}, and no other`);
}
