/** Judges a change by every policy that the configuration asks for. */
import { budgetCrossed } from './budget-crossed.ts';
import { changeLimit } from './change-limit.ts';
import { forbiddenTypes } from './forbidden-types.ts';
import { monthlyLimit } from './monthly-limit.ts';
import type { Finding, Policies, Policy, PolicyId, PolicySubject } from './policy.ts';
import { requiredTags } from './required-tags.ts';

export interface Verdict {
  readonly policy: PolicyId;
  readonly about: string;
  readonly verdict: 'pass' | 'warn' | 'fail';
  readonly right: string;
  readonly findings: readonly Finding[];
}

const table = {
  'monthly-limit': monthlyLimit,
  'change-limit': changeLimit,
  'budget-crossed': budgetCrossed,
  'forbidden-types': forbiddenTypes,
  'required-tags': requiredTags,
} as const satisfies Record<PolicyId, Policy>;

/** One verdict for each policy that is asked for, in the order of the table. */
export function verdictsOf(subject: PolicySubject, policies: Policies): Verdict[] {
  return Object.values(table).flatMap((policy: Policy) => {
    const evaluation = policy.evaluate(subject, policies);
    return evaluation ? { policy: policy.id, about: policy.about, verdict: worst(evaluation.findings), ...evaluation } : [];
  });
}

function worst(findings: readonly Finding[]): Verdict['verdict'] {
  if (findings.some(({ level }) => level === 'fail')) return 'fail';
  return findings.length > 0 ? 'warn' : 'pass';
}
