/** What a policy is, and how it judges. */
import type { Environment } from '../../config/environment.ts';
import type { PlannedResource } from '../../inventory/resource.ts';
import type { CostDifference } from '../estimate/report.ts';

/** As `policies` of an environment has them. */
export type Policies = Environment['policies'];

/** What is judged: the bill before and after, and what is planned. */
export interface PolicySubject {
  /** By the prices of after on both sides. */
  readonly cost: CostDifference;
  /** As the bill shows it: from the prices of before to those of after. */
  readonly billed: CostDifference;
  readonly before: readonly PlannedResource[];
  readonly after: readonly PlannedResource[];
}

export type PolicyId = 'monthly-limit' | 'change-limit' | 'budget-crossed' | 'forbidden-types' | 'required-tags';

/** Something that a policy does not want. */
export interface Finding {
  readonly level: 'warn' | 'fail';
  /** With the offending value in it, lowercase and without a final period. */
  readonly message: string;
  readonly next: string;
  /** The resource that it is about; none when it is about a sum. */
  readonly resource?: Pick<PlannedResource, 'cloud' | 'stack' | 'id' | 'type'>;
}

export interface Policy {
  readonly id: PolicyId;
  /** What it is for, one sentence. */
  readonly about: string;
  /** Undefined when the configuration does not ask for it. */
  evaluate(subject: PolicySubject, policies: Policies): Evaluation | undefined;
}

interface Evaluation {
  readonly findings: readonly Finding[];
  /** What was found right, when nothing is wrong: `172.86 of 500 USD`. */
  readonly right: string;
}
