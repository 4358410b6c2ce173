/** Hybrid activations: how a machine outside AWS is let in, once. */
import {
  CreateActivationCommand,
  DeleteActivationCommand,
  DeregisterManagedInstanceCommand,
  SSMServiceException,
} from '@aws-sdk/client-ssm';
import type { Activation, NodeRegistry } from '../../../../lib/host/join.ts';
import { Secret } from '../../../../lib/values/secret.ts';
import type { AwsContext } from '../aws-context.ts';
import { nodesNamed } from './nodes.ts';

/** Milliseconds in which the machine must have registered. */
const hour = 60 * 60 * 1000;

export function nodeRegistry(site: Pick<AwsContext, 'environment' | 'clients'>): NodeRegistry {
  const { ssm } = site.clients;
  return {
    named: (name) => nodesNamed(site.clients, name),
    activate: (name, role) => createActivation(site, name, role),
    deleteActivation: (ActivationId) => unlessGone(ssm.send(new DeleteActivationCommand({ ActivationId }))),
    deregister: (InstanceId) => unlessGone(ssm.send(new DeregisterManagedInstanceCommand({ InstanceId }))),
  };
}

async function createActivation(
  { environment, clients }: Pick<AwsContext, 'environment' | 'clients'>,
  name: string,
  role: string,
): Promise<Activation> {
  const { ActivationId = '', ActivationCode = '' } = await clients.ssm.send(
    new CreateActivationCommand({
      DefaultInstanceName: name,
      Description: `${name}, once`,
      IamRole: role,
      RegistrationLimit: 1,
      ExpirationDate: new Date(Date.now() + hour),
      Tags: Object.entries({ Name: name, ...environment.names.tags }).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  return { id: ActivationId, code: Secret.of(ActivationCode) };
}

async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof SSMServiceException && /^Invalid(Activation|ActivationId|InstanceId)$/.test(error.name))) throw error;
  }
}
