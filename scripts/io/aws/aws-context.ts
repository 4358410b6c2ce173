/** What every AWS operation works with. */
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import type { Environment } from '../../../lib/config/environment.ts';
import type { Connection } from '../connection.ts';
import type { AwsClients } from './clients.ts';

export interface AwsContext {
  readonly environment: Environment;
  readonly connection: Connection;
  readonly clients: AwsClients;
  /** The synthesised app, the same at every call. */
  readonly assembly: () => Promise<CloudAssembly>;
}
