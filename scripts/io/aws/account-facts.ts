/** What a preflight asks of an AWS account. */
import { join } from 'node:path';
import {
  DescribeAddressesCommand,
  DescribeImagesCommand,
  DescribeRegionsCommand,
  EC2Client,
  type Instance,
  paginateDescribeInstances,
} from '@aws-sdk/client-ec2';
import type { Environment } from '../../../lib/config/environment.ts';
import { awsMachine } from '../../../lib/config/machines.ts';
import { imageContextKey } from '../../../lib/constructs/machine/host-image.ts';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { AwsAccount, DeployedHost, MachineImageFacts, Usage } from '../../../lib/ports/preflight.ts';
import { awsClientConfig, type Connection } from '../connection.ts';
import { readJson, root } from '../state.ts';
import { requireAccount } from './account.ts';
import { type AwsClients, awsClients } from './clients.ts';

/**
 * The account through the official SDK. `cloud` says what is deployed. Every question waits for
 * `access`.
 */
export function accountFacts(environment: Environment, cloud: Pick<AwsCloud, 'outputs'>, connection: Connection): AwsAccount {
  const clients = awsClients(environment, connection);
  const access = requireAccount({ environment, clients });
  const asked =
    <Arguments extends unknown[], Answer>(question: (...given: Arguments) => Promise<Answer>) =>
    async (...given: Arguments): Promise<Answer> => {
      await access().catch(() => Promise.reject(notAsked()));
      return question(...given).catch((error: unknown) => Promise.reject(refusal(error)));
    };
  const { addresses, host } = environment.names.stacks;
  const deployed = once(async () => {
    const { Address, InstanceId } = await cloud.outputs([addresses, host]);
    return { address: Address, instanceId: InstanceId };
  });
  return {
    access,
    optIn: async (region) => {
      // Where a region is not enabled, its own STS refuses every credential: the reason is then the
      // region.
      const status = optIn(region, connection);
      const [known] = await Promise.all([access().then(yes, no), status.catch(no)]);
      if (known) return status.catch((error: unknown) => Promise.reject(refusal(error)));
      if ((await status.catch(no)) === 'not-opted-in') return status;
      throw notAsked();
    },
    quota: asked((code) => quota(environment, code, connection)),
    elasticIps: asked(async () => elasticIps(clients, await deployed())),
    standardVcpus: asked(async () => standardVcpus(clients, await deployed())),
    image: asked(() => image(environment, clients)),
    deployed: asked(deployed),
  };
}

const yes = () => true;
const no = () => false;

function notAsked(): DojangError {
  return new DojangError('not-asked', 'not asked: the credentials do not work');
}

function once<Answer>(question: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= question();
    return answer;
  };
}

/** What the SDK threw, as a reason why a question has no answer. */
function refusal(error: unknown): unknown {
  const name = error instanceof Error ? error.name : '';
  if (!/AccessDenied|UnauthorizedOperation|NotAuthorized/.test(name)) return error;
  return new DojangError('no-permission', `no permission: ${messageOf(error)}`);
}

/** Asked of a region that every account of the partition has. */
async function optIn(region: string, connection: Connection): Promise<string | undefined> {
  const Filters = [{ Name: 'region-name', Values: [region] }];
  const home = /^(cn|us-gov)-/.test(region) ? region : 'us-east-1';
  const ec2 = new EC2Client(awsClientConfig(connection, home));
  const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions: true, Filters }));
  return Regions.find(({ RegionName }) => RegionName === region)?.OptInStatus;
}

async function quota({ aws: { region } }: Environment, code: string, connection: Connection): Promise<number> {
  const { GetServiceQuotaCommand, ServiceQuotasClient } = await import('@aws-sdk/client-service-quotas');
  const quotas = new ServiceQuotasClient(awsClientConfig(connection, region));
  const { Quota } = await quotas.send(new GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: code }));
  if (Quota?.Value !== undefined) return Quota.Value;
  throw new DojangError('no-quota', `Service Quotas has no value of ${code}`);
}

async function elasticIps({ ec2 }: AwsClients, { address }: DeployedHost): Promise<Usage> {
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({}));
  return { used: Addresses.length, ours: Addresses.filter(({ PublicIp }) => PublicIp === address).length };
}

/**
 * A spot machine counts against a quota of its own, and so does every other family; one that is
 * stopped counts nowhere.
 */
async function standardVcpus({ ec2 }: AwsClients, { instanceId }: DeployedHost): Promise<Usage> {
  const Filters = [{ Name: 'instance-state-name', Values: ['pending', 'running'] }];
  const standard: Instance[] = [];
  for await (const { Reservations = [] } of paginateDescribeInstances({ client: ec2 }, { Filters })) {
    standard.push(...Reservations.flatMap(({ Instances = [] }) => Instances).filter(isStandard));
  }
  return { used: vcpusOf(standard), ours: vcpusOf(standard.filter(({ InstanceId }) => InstanceId === instanceId)) };
}

function isStandard({ InstanceType, InstanceLifecycle }: Instance): boolean {
  return InstanceLifecycle === undefined && /^([acdhimrtz]\d|im\d|is\d)/.test(InstanceType ?? '');
}

function vcpusOf(machines: readonly Instance[]): number {
  return machines.reduce((sum, { InstanceType, CpuOptions: { CoreCount, ThreadsPerCore = 1 } = {} }) => {
    return sum + (CoreCount ? CoreCount * ThreadsPerCore : (awsMachine(InstanceType ?? '')?.vcpus ?? 0));
  }, 0);
}

/** AWS leaves deprecated images out unless they are asked for. */
async function image({ aws }: Environment, { ec2 }: AwsClients): Promise<MachineImageFacts> {
  const key = imageContextKey(aws);
  const pinned = readJson<Record<string, unknown>>(join(root, 'cdk.context.json'))?.[key];
  if (typeof pinned !== 'string') return { key };
  try {
    const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds: [pinned], IncludeDeprecated: true }));
    return { key, id: pinned, state: Images[0]?.State, deprecation: Images[0]?.DeprecationTime };
  } catch (error) {
    if (error instanceof Error && /^InvalidAMIID/.test(error.name)) return { key, id: pinned };
    throw error;
  }
}
