/** Risks of one level, as a contract page lists them. */
import type { Clause, Risk } from '../../api/schemas.ts';

export interface RiskGroup {
  readonly risk: Risk;
  readonly clauses: readonly Clause[];
}
