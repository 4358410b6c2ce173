/** Users who have signed in since the provider was started. */
import { createHash } from 'node:crypto';

export const plans = ['free', 'basic', 'pro'] as const;
type Plan = (typeof plans)[number];

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly plan: Plan;
}

/** Claims by scope. `plan` is ours; the standard has none for it. */
export const claimsByScope = { openid: ['sub'], profile: ['name', 'plan'], email: ['email', 'email_verified'] };

export class Accounts {
  readonly #people = new Map<string, Person>();

  /** Answers the subject, which is the same at every sign-in with an e-mail address. */
  remember(person: Person): string {
    const subject = createHash('sha256').update(person.email.toLowerCase()).digest('hex').slice(0, 32);
    this.#people.set(subject, person);
    return subject;
  }

  find(subject: string): Person | undefined {
    return this.#people.get(subject);
  }
}
