/** The identity of a user, from the claims of the provider. */
import { Problem } from '../errors.ts';
import { shownText } from '../http/input/user-text.ts';
import type { Plan } from '../people/person.ts';

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly plan: Plan;
}

export type Claims = Readonly<Record<string, unknown>>;

const limits = { name: 200, email: 320 } as const;

/**
 * At most 255 ASCII characters (OpenID Connect Core 2). MySQL ignores spaces at the end of a text
 * that it compares, and a browser shows none at all: two subjects that differ in them would be one
 * person here.
 */
const subjectForm = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** @throws Problem 403 when the subject does not identify one account */
export function identityOf(claims: Claims): Identity {
  const subject = String(claims.sub);
  if (!subjectForm.test(subject)) {
    throw new Problem(403, 'sign-in-refused', 'Signing in was refused', {
      detail: 'The provider has an id for this account that cannot be used here.',
    });
  }
  const email = text(claims.email, limits.email);
  const names = [claims.name, claims.nickname, claims.preferred_username, email.split('@')[0]];
  const name = names.map((each) => text(each, limits.name)).find((each) => each !== '') ?? '';
  return { issuer: String(claims.iss), subject, name, email, plan: planOf(claims.plan) };
}

/** An account without a known plan has the free one. */
function planOf(claim: unknown): Plan {
  return claim === 'basic' || claim === 'pro' ? claim : 'free';
}

/** Users cannot correct the provider's data here, so it is cleaned for display, not refused. */
function text(claim: unknown, limit: number): string {
  return typeof claim === 'string' ? shownText(claim, limit) : '';
}
