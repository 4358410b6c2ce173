/** What cdk-nag finds fault with and we want so, each with its reason. */
import type { Environment } from '../lib/config/environment.ts';

export interface Acknowledgement {
  /** The finding, as cdk-nag names it. */
  readonly id: string;
  /** Path of the construct; what lies below is meant too. */
  readonly at: string;
  readonly reason: string;
}

const literalZone = 'CloudFormation-Validate::W3010';
const managed = 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy';

/**
 * Every acknowledgement of an environment, as narrow as the finding: SSH from everyone would still
 * be found.
 */
export function acknowledgements(environment: Environment): Acknowledgement[] {
  const { addresses, network, host } = environment.names.stacks;
  return [
    ...aiNodeRole(environment),
    {
      id: 'AwsSolutions-S1',
      at: `${addresses}/ArtifactBucket`,
      reason:
        'holds releases that we built and dumps, used by one role each; a second bucket of access logs would be kept, paid for and not read',
    },
    {
      id: literalZone,
      at: `${addresses}/Data/Volume`,
      reason: 'the volume must be in the zone of the machine, which the configuration names',
    },
    {
      id: literalZone,
      at: `${host}/ServiceHost/Instance`,
      reason: 'the machine must be in the zone of its volume, which the configuration names',
    },
    {
      id: literalZone,
      at: `${network}/Network/Vpc`,
      reason: 'the subnet must be in the zone of machine and volume, which the configuration names',
    },
    {
      id: 'AwsSolutions-EC23',
      at: `${network}/HostGroup/ingress-tcp-80-0.0.0.0-0`,
      reason: 'a public website: port 80 answers with the certificate challenge and a redirect to HTTPS',
    },
    {
      id: 'AwsSolutions-EC23',
      at: `${network}/HostGroup/ingress-tcp-443-0.0.0.0-0`,
      reason: 'a public website: HTTPS is what it is there for',
    },
    {
      id: `${managed}/AmazonSSMManagedInstanceCore]`,
      at: `${host}/ServiceHost/Role`,
      reason:
        'the rights of the SSM agent, which AWS keeps in step with the agent; a copy would break Session Manager one day, the only way in',
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      at: `${host}/ServiceHost/Role`,
      reason: 'cloudwatch:PutMetricData knows no resources; a condition narrows it to the namespaces of the agent and of this environment',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${environment.names.exports.artifacts}/*]`,
      at: `${host}/ServiceHost/Role`,
      reason: 'names of releases are not known beforehand; only reading, and only from the bucket of this environment',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${environment.names.exports.artifacts}/dumps/*]`,
      at: `${host}/ServiceHost/Role`,
      reason: 'dumps of the database are named by their time; the bucket keeps versions, which the host can not remove',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${environment.names.exports.artifacts}/binlogs/*]`,
      at: `${host}/ServiceHost/Role`,
      reason: 'binary logs are named by their number, time and content; the host writes them and can not remove them',
    },
    {
      id: parametersOf(environment, 'aws'),
      at: `${host}/ServiceHost/Role`,
      reason: 'parameters and secrets of this host lie below one path; everything else is denied',
    },
    {
      id: `${managed}/service-role/AWSDataLifecycleManagerServiceRole]`,
      at: `${addresses}/Snapshots/Role`,
      reason: 'the rights that AWS defines for exactly this service; only the Data Lifecycle Manager may take the role',
    },
  ];
}

function aiNodeRole(environment: Environment): Acknowledgement[] {
  const at = `${environment.names.stacks.addresses}/AiNodeRole/Role`;
  return [
    {
      id: `${managed}/AmazonSSMManagedInstanceCore]`,
      at,
      reason:
        'the rights of the SSM agent, without which no command reaches the GPU machine; reading parameters is denied again, but for its own',
    },
    {
      id: 'AwsSolutions-IAM5[Resource::<Artifacts.Arn>/ai/*]',
      at,
      reason: 'releases of the AI server are named by their content; only reading, and none of the other applications',
    },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      at,
      reason: 'metrics have no ARN; a condition lets the GPU machine report into the namespace of its own environment alone',
    },
    {
      id: parametersOf(environment, 'gcp'),
      at,
      reason: 'parameters and secrets of the GPU machine lie below one path; everything else is denied',
    },
  ];
}

function parametersOf({ aws, service, name }: Environment, host: 'aws' | 'gcp'): string {
  return `AwsSolutions-IAM5[Resource::arn:aws:ssm:${aws.region}:${aws.account}:parameter/${service}/${name}/${host}/*]`;
}
