/** What has to be done for the trust between the hosts, for the terminal. */
import type { AuthorityStep } from './authority.ts';
import type { TrustDecision } from './decision.ts';
import type { KnownSecret } from './secrets.ts';

export interface TrustChange {
  /** `authority`, `aws peer certificate`, `mysql-api`. */
  readonly what: string;
  /** Whose host reads it. */
  readonly host: 'aws' | 'gcp' | 'both';
  readonly action: 'make' | 'renew' | 'retire' | 'ask';
  readonly reason: string;
}

const actions = { make: 'make', certify: 'make', retire: 'retire', ask: 'ask' } as const;
const done = { make: 'made', renew: 'renewed', retire: 'no longer trusted', ask: 'the operator decides' } as const;
const offers = {
  make: 'dojang wire makes it',
  renew: 'dojang wire renews it',
  retire: 'dojang wire ends the trust in it',
  ask: 'dojang wire --rotate ca makes a new one',
} as const;

export function authorityChange(step: AuthorityStep): TrustChange[] {
  if (step.do === 'keep') return [];
  return [{ what: step.do === 'retire' ? 'old authority' : 'authority', host: 'both', action: actions[step.do], reason: step.reason }];
}

export function certificateChanges({ certificates }: Pick<TrustDecision, 'certificates'>): TrustChange[] {
  return certificates.flatMap(({ certificate: { title, host }, action, reason }) =>
    action === 'keep' ? [] : [{ what: title, host, action, reason }],
  );
}

/** Made when missing, made anew only when asked for. */
export function secretChanges(secrets: readonly KnownSecret[], present: ReadonlySet<string>, rotate: ReadonlySet<string>): TrustChange[] {
  return secrets.flatMap((secret): TrustChange[] => {
    if (secret.from === 'given') return [];
    const { name, parameter, host } = secret;
    if (!present.has(parameter)) return [{ what: name, host, action: 'make', reason: 'missing' }];
    return rotate.has(name) ? [{ what: name, host, action: 'renew', reason: 'is to be made anew, as asked for' }] : [];
  });
}

/** `aws peer certificate expires in 12 days   dojang wire renews it`. */
export function trustLine({ what, action, reason }: TrustChange, { look }: { readonly look: boolean }): string {
  return `${what} ${reason}   ${look ? offers[action] : done[action]}`;
}
