/** What the provider's claims say about a person. */
import type { Plan } from '../http/person.ts';

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

/** In whole characters: half an emoji is none. */
function text(claim: unknown, limit: number): string {
  return typeof claim === 'string' ? [...claim.trim()].slice(0, limit).join('') : '';
}
