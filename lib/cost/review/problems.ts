/** Findings and risks of a review in one list, for tools that show problems: SARIF and JUnit. */
import type { PlannedResource } from '../../inventory/resource.ts';
import type { Review } from './review.ts';
import type { RiskKind } from './risks.ts';

export interface Problem {
  /** `policy/monthly-limit`, `risk/lose`. */
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly resource?: Pick<PlannedResource, 'cloud' | 'stack' | 'id' | 'type'>;
}

const riskLevel: Record<RiskKind, Problem['level']> = {
  lose: 'error',
  leave: 'error',
  unprotect: 'warning',
  stop: 'warning',
  unbuilt: 'warning',
  renew: 'note',
};

/** What each rule is for. */
export const riskRules: Record<RiskKind, string> = {
  lose: 'No change removes or replaces what holds data or an address, or a machine.',
  leave: 'No change leaves behind what holds data or an address, or a machine.',
  unprotect: 'No change takes protection away.',
  stop: 'No change stops a machine.',
  unbuilt: 'Everything that is planned can be deployed.',
  renew: 'No change makes a resource anew.',
};

export function problemsOf({ verdicts, risks }: Review): Problem[] {
  return [
    ...verdicts.flatMap(({ policy, findings }) =>
      findings.map(({ level, message, next, resource }) => ({
        rule: `policy/${policy}`,
        level: level === 'fail' ? ('error' as const) : ('warning' as const),
        message: `${message}; ${next}`,
        resource,
      })),
    ),
    ...risks.map(({ kind, change, means }) => ({
      rule: `risk/${kind}`,
      level: riskLevel[kind],
      message: `${change.id} (${[change.type, ...change.changed].join(', ')}) ${means}`,
      resource: change,
    })),
  ];
}
