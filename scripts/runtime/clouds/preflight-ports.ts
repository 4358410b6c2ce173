/** What a preflight asks, connected: the real clouds and the internet, or the embedded ones. */
import type { Environment } from '../../../lib/config/environment.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { Internet, PreflightPorts } from '../../../lib/ports/preflight.ts';
import type { SecretStore } from '../../../lib/ports/secrets.ts';
import { accountFacts } from '../../io/aws/account-facts.ts';
import type { Connection } from '../../io/connection.ts';
import { projectFacts } from '../../io/gcp/api/project-facts.ts';
import { pathFolders } from '../../io/process/process-environment.ts';
import { workplace } from '../../io/workplace.ts';
import { engineVersionHere } from '../../local/engine/existing.ts';

export interface PreflightConnections {
  readonly aws: Pick<AwsCloud, 'outputs'>;
  readonly secrets: Pick<SecretStore, 'describe'>;
  readonly internet: Internet;
  readonly connection: Connection;
}

export function preflightPorts(environment: Environment, { aws, secrets, internet, connection }: PreflightConnections): PreflightPorts {
  const { variables } = connection;
  return {
    aws: accountFacts(environment, aws, connection),
    gcp: projectFacts(environment, connection),
    internet,
    workplace: workplace(() => engineVersionHere(pathFolders(variables)), variables),
    secrets,
  };
}
