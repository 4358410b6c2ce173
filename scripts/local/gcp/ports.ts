/** Where the daemon says on which ports it listens. */
import { join } from 'node:path';

export interface GcpPorts {
  /** gRPC: the Pulumi provider. */
  readonly provider: number;
  /** HTTP: the REST APIs. */
  readonly rest: number;
}

export const portsFile = (folder: string) => join(folder, 'ports.json');
