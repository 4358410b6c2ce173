/** What the provider's claims say about a person. */
import type { Plan } from '../http/person.ts';
import { shownText } from '../http/user-text.ts';

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly plan: Plan;
}

export type Claims = Readonly<Record<string, unknown>>;

const limits = { name: 200, email: 320 } as const;

export function identityOf(claims: Claims): Identity {
  const email = text(claims.email, limits.email);
  const names = [claims.name, claims.nickname, claims.preferred_username, email.split('@')[0]];
  const name = names.map((each) => text(each, limits.name)).find((each) => each !== '') ?? '';
  return { issuer: String(claims.iss), subject: String(claims.sub), name, email, plan: planOf(claims.plan) };
}

/** Whoever has bought nothing that we know has the free plan. */
function planOf(claim: unknown): Plan {
  return claim === 'basic' || claim === 'pro' ? claim : 'free';
}

/** A person cannot mend here what the provider says, so it is made fit to be shown to others instead of being refused. */
function text(claim: unknown, limit: number): string {
  return typeof claim === 'string' ? shownText(claim, limit) : '';
}
