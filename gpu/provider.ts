/** How Google is called. */
import { Provider } from '@pulumi/gcp/provider.js';
import type { Environment } from '../lib/config/environment.ts';

/**
 * The project comes from the configuration, never from a variable or from gcloud, and pays for the
 * calls of the operator's own credentials too, which the budget API demands. No region: the
 * provider would look it up, and every resource names its own.
 */
export function google({ gcp }: Environment): Provider {
  return new Provider('google', { project: gcp.project, billingProject: gcp.project, userProjectOverride: true });
}
