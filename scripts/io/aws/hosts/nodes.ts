/** The machines that Systems Manager manages: which of them is which host. */
import { type InstanceInformation, type InstanceInformationStringFilter, paginateDescribeInstanceInformation } from '@aws-sdk/client-ssm';
import type { ManagedNode } from '../../../../lib/host/join.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import type { AwsContext } from '../aws-context.ts';
import type { AwsClients } from '../clients.ts';

/** Ids of the nodes that the hosts are now; undefined for a host that there is not. */
export type NodeIds = Readonly<Record<HostName, string | undefined>>;

type Ssm = Pick<AwsClients, 'ssm'>;

/**
 * Asks anew at every call: the host on AWS is the instance in the outputs of its stack, the one on
 * GCP the newest online node with its name.
 * @param instance reads the output `InstanceId` of the host stack
 */
export function hostNodes(
  { environment, clients }: Pick<AwsContext, 'environment' | 'clients'>,
  instance: () => Promise<string | undefined>,
): () => Promise<NodeIds> {
  return async () => {
    const [aws, onGcp] = await Promise.all([instance(), nodesNamed(clients, environment.names.node)]);
    return { aws, gcp: onGcp.find(({ online }) => online)?.id };
  };
}

/** Nodes that registered with an activation of this name, the newest first. */
export async function nodesNamed(clients: Ssm, name: string): Promise<ManagedNode[]> {
  const all = await nodes(clients, [{ Key: 'ResourceType', Values: ['ManagedInstance'] }]);
  const named = all.filter(({ Name }) => Name === name).map(managedNode);
  return named.sort((one, other) => other.registered.getTime() - one.registered.getTime());
}

/** Whether Systems Manager reaches this node now. */
export async function isOnline(clients: Ssm, id: string): Promise<boolean> {
  const [node] = await nodes(clients, [{ Key: 'InstanceIds', Values: [id] }]);
  return node?.PingStatus === 'Online';
}

async function nodes({ ssm }: Ssm, Filters: InstanceInformationStringFilter[]): Promise<InstanceInformation[]> {
  const found: InstanceInformation[] = [];
  for await (const page of paginateDescribeInstanceInformation({ client: ssm }, { Filters })) {
    found.push(...(page.InstanceInformationList ?? []));
  }
  return found;
}

function managedNode({ InstanceId = '', PingStatus, RegistrationDate, ActivationId }: InstanceInformation): ManagedNode {
  return { id: InstanceId, online: PingStatus === 'Online', registered: RegistrationDate ?? new Date(0), activation: ActivationId };
}
