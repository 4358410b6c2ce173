/** The hosts as Systems Manager reaches them. */
import type { Environment } from '../../../../lib/config/environment.ts';
import type { NodeRegistry } from '../../../../lib/host/join.ts';
import type { HostName, HostShell } from '../../../../lib/ports/host-shell.ts';
import type { Connection } from '../../connection.ts';
import { awsClients } from '../clients.ts';
import { nodeRegistry } from './activation.ts';
import { unreachable } from './invocation.ts';
import { hostNodes } from './nodes.ts';
import { ssmShell } from './shell.ts';

export interface ManagedHosts {
  readonly shell: HostShell;
  readonly registry: NodeRegistry;
  /** Milliseconds between two questions. */
  readonly interval: number;
  /** The managed node that a host is now. @throws DojangError `host-unreachable` */
  node(host: HostName): Promise<string>;
}

/** @param instance reads the output `InstanceId` of the host stack */
export function managedHosts(environment: Environment, connection: Connection, instance: () => Promise<string | undefined>): ManagedHosts {
  const site = { environment, connection, clients: awsClients(environment, connection) };
  const nodes = hostNodes(site, instance);
  const node = async (host: HostName) => {
    const id = (await nodes())[host];
    if (id !== undefined) return id;
    throw unreachable(site, host, 'is no node of Systems Manager');
  };
  return { shell: ssmShell(site, nodes), registry: nodeRegistry(site), interval: connection.pollInterval, node };
}
