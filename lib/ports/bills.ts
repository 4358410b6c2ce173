/** The port to the bills of both clouds. */
import type { Environment } from '../config/environment.ts';

/** The billing interfaces of both clouds: the real ones, or recorded answers. */
export interface Bills {
  /** What the operator should know about where the answers come from. */
  readonly note: string | undefined;
  /** Pages of Cost Explorer. */
  aws(environment: Environment, period: Period): Promise<readonly unknown[]>;
  /** Rows of the billing export. */
  gcp(environment: Environment, period: Period): Promise<unknown>;
}

/** Days like `2026-11-01`; `until` is the first day that is not in it. */
export interface Period {
  readonly from: string;
  readonly until: string;
}
