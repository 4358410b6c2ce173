/** What cdk-nag finds fault with and we want so, each with its reason. */
import type { Environment } from '../lib/config/environment.ts';
import { stackNames } from '../lib/config/names.ts';
import { artifactsExport } from './addresses-stack.ts';

export interface Acknowledgement {
  /** The finding, as cdk-nag names it. */
  readonly id: string;
  /** Path of the construct; what lies below is meant too. */
  readonly at: string;
  readonly reason: string;
}

const literalZone = 'CloudFormation-Validate::W3010';
const managed = 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy';

/** Every acknowledgement of an environment, as narrow as the finding: SSH from everyone would still be found. */
export function acknowledgements(environment: Pick<Environment, 'prefix'>): Acknowledgement[] {
  const { addresses, network, host } = stackNames(environment);
  return [
    {
      id: 'AwsSolutions-S1',
      at: `${addresses}/ArtifactBucket`,
      reason: 'holds releases that we built, read by one role; a second bucket of access logs would be kept, paid for and not read',
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
      reason: 'cloudwatch:PutMetricData knows no resources; a condition narrows it to one namespace',
    },
    {
      id: `AwsSolutions-IAM5[Resource::${artifactsExport(environment)}/*]`,
      at: `${host}/ServiceHost/Role`,
      reason: 'names of releases are not known beforehand; only reading, and only from the bucket of this environment',
    },
    {
      id: `${managed}/service-role/AWSDataLifecycleManagerServiceRole]`,
      at: `${host}/Snapshots/Role`,
      reason: 'the rights that AWS defines for exactly this service; only the Data Lifecycle Manager may take the role',
    },
  ];
}
