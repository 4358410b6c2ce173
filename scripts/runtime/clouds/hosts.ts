/**
 * The machines of an environment, through Systems Manager: the same code for real ones and for the
 * embedded ones.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type HostFacts, hostFacts, type KnownFacts } from '../../../lib/host/facts.ts';
import { managedHosts } from '../../io/aws/hosts/managed-hosts.ts';
import type { Connection } from '../../io/connection.ts';
import { iapShell } from '../../io/gcp/iap-shell.ts';
import { tcpProbe } from '../../io/network/tcp-probe.ts';
import { addressesOf } from '../addresses.ts';
import type { Clouds, Hosts, NoHosts, SessionCommand } from '../context.ts';

/** What of the hosts differs where they are embedded. */
export interface Surroundings extends Partial<Pick<Hosts, 'prober' | 'ready' | 'session'>> {
  readonly known?: Partial<KnownFacts>;
}

/** @default real machines: reached from this machine, ready when Systems Manager says so */
export function hostsOf(
  environment: Environment,
  connection: Connection,
  clouds: Pick<Clouds, 'aws' | 'gcp' | 'secrets'>,
  around: Surroundings = {},
): Hosts {
  const instance = async () => (await clouds.aws.outputs([environment.names.stacks.host])).InstanceId;
  const { node, ...managed } = managedHosts(environment, connection, instance);
  return {
    ...managed,
    session: around.session ?? (async (host) => sessionManager(await node(host), environment, connection)),
    channel: async (script, options) => iapShell(await gpuMachine(environment, clouds), connection.variables)(script, options),
    prober: around.prober ?? tcpProbe,
    ready: around.ready ?? (async () => undefined),
    facts: () => factsOf(environment, clouds, around.known),
  };
}

/**
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html
 */
function sessionManager(node: string, { aws: { region } }: Environment, { variables: env }: Connection): SessionCommand {
  return {
    argv: ['aws', 'ssm', 'start-session', '--target', node, '--region', region],
    env,
    needs: {
      aws: 'the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
      'session-manager-plugin':
        'its Session Manager plugin: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html',
    },
  };
}

async function gpuMachine(environment: Environment, { gcp }: Pick<Clouds, 'gcp'>) {
  const { machine, zone } = await gcp.outputs();
  if (machine && zone) return { project: environment.gcp.project, zone, machine };
  throw new DojangError('not-deployed', `there is no GPU machine in ${environment.name}`, { next: `dojang up --env ${environment.name}` });
}

async function factsOf(
  environment: Environment,
  { aws, gcp, secrets }: Pick<Clouds, 'aws' | 'gcp' | 'secrets'>,
  known: Partial<KnownFacts> = {},
): Promise<HostFacts> {
  const modelKey = environment.names.parameters.trust.gcp['model-key'];
  const [addresses, { DataVolumeId, ArtifactBucket }, states] = await Promise.all([
    addressesOf(environment, { aws, gcp }),
    aws.outputs([environment.names.stacks.addresses]),
    secrets.describe([modelKey]),
  ]);
  const { addresses: stack } = environment.names.stacks;
  if (!DataVolumeId || !ArtifactBucket) {
    throw new DojangError('no-data-volume', `no ${DataVolumeId ? 'ArtifactBucket' : 'DataVolumeId'} in ${stack}`, {
      why: 'The host mounts its data volume by the id of it, and keeps dumps of the database in the bucket.',
      next: `dojang up --env ${environment.name} --only aws-addresses`,
    });
  }
  return hostFacts(environment, {
    addresses,
    dataVolumeId: DataVolumeId,
    artifactBucket: ArtifactBucket,
    modelKey: Object.keys(states).length > 0,
    unlimitedClients: environment.host.unlimited.map(String),
    ...known,
  });
}

/** @throws DojangError `no-hosts` with the reason and the command that changes it */
export function requireHosts({ hosts }: Pick<Clouds, 'hosts'>): Hosts {
  if ('shell' in hosts) return hosts;
  throw new DojangError('no-hosts', `the embedded clouds run without hosts here: ${hosts.reason}`, {
    why: 'Rules, plans and deployments work without them; what is on the machines does not.',
    next: hosts.next,
  });
}

export function hasHosts(hosts: Hosts | NoHosts): hosts is Hosts {
  return 'shell' in hosts;
}
