/** The hosts as Systems Manager reaches them. */
import type { Environment } from '../../../../lib/config/environment.ts';
import type { NodeRegistry } from '../../../../lib/host/join.ts';
import type { HostShell } from '../../../../lib/ports/host-shell.ts';
import type { Connection } from '../../connection.ts';
import { awsClients } from '../clients.ts';
import { nodeRegistry } from './activation.ts';
import { hostNodes } from './nodes.ts';
import { ssmShell } from './shell.ts';

export interface ManagedHosts {
  readonly shell: HostShell;
  readonly registry: NodeRegistry;
  /** Milliseconds between two questions. */
  readonly interval: number;
}

/** @param instance reads the output `InstanceId` of the host stack */
export function managedHosts(environment: Environment, connection: Connection, instance: () => Promise<string | undefined>): ManagedHosts {
  const site = { environment, connection, clients: awsClients(environment, connection) };
  return { shell: ssmShell(site, hostNodes(site, instance)), registry: nodeRegistry(site), interval: connection.pollInterval };
}
