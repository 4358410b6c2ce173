/** Every check of an environment, in the order they are shown. */
import type { Environment } from '../config/environment.ts';
import { awsChecks } from './aws-checks.ts';
import type { PreflightCheck } from './check.ts';
import { gcpChecks } from './gcp-checks.ts';
import { ownValuesCheck, serviceChecks } from './service-checks.ts';
import { workplaceChecks } from './workplace-checks.ts';

export interface PreflightScope {
  /**
   * Whether machines are to be provisioned: without, nothing is asked of domain, certificates,
   * secrets, the way to the machines and what the releases need.
   */
  readonly hosts: boolean;
  readonly now: Date;
}

export function preflightChecks(environment: Environment, { hosts, now }: PreflightScope): PreflightCheck[] {
  return [
    ...awsChecks(environment, now),
    ...gcpChecks(environment),
    ...ownValuesCheck(environment),
    ...(hosts ? serviceChecks(environment) : []),
    ...workplaceChecks(environment, { hosts }),
  ];
}
