/** What a preflight asks, connected: the real clouds and the internet, or the embedded ones. */
import type { Environment } from '../../../lib/config/environment.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { Internet, PreflightPorts } from '../../../lib/ports/preflight.ts';
import type { SecretStore } from '../../../lib/ports/secrets.ts';
import { accountFacts } from '../../io/aws/account-facts.ts';
import { projectFacts } from '../../io/gcp/api/project-facts.ts';
import { workplace } from '../../io/workplace.ts';
import { engineVersionHere } from '../../local/engine/existing.ts';

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
