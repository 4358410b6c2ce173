/** An account. */

export type Plan = 'free' | 'basic' | 'pro';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly plan: Plan;
}
