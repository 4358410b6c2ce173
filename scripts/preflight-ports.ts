/** What a preflight asks, connected: the real clouds and the internet, or the embedded ones. */
import type { Environment } from '../lib/config/environment.ts';
import type { AwsCloud } from '../lib/ports.ts';
import type { Internet, PreflightPorts } from '../lib/preflight/ports.ts';
import type { SecretStore } from '../lib/trust/ports.ts';
import { accountFacts } from './io/aws/account-facts.ts';
import { projectFacts } from './io/gcp/project-facts.ts';
import { workplace } from './io/workplace.ts';
import { engineVersionHere } from './local/engine/existing.ts';

export interface PreflightConnections {
  readonly aws: Pick<AwsCloud, 'outputs'>;
  readonly secrets: Pick<SecretStore, 'describe'>;
  readonly internet: Internet;
}

export function preflightPorts(environment: Environment, { aws, secrets, internet }: PreflightConnections): PreflightPorts {
  return {
    aws: accountFacts(environment, aws),
    gcp: projectFacts(environment),
    internet,
    workplace: workplace(engineVersionHere),
    secrets,
  };
}
