/** The SDK clients of one environment. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '../../../lib/config/environment.ts';
import { awsClientConfig, type Connection } from '../connection.ts';

export interface AwsClients {
  readonly cloudformation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

export function awsClients({ aws: { region } }: Environment, connection: Connection): AwsClients {
  const config = awsClientConfig(connection, region);
  return {
    cloudformation: new CloudFormationClient(config),
    ec2: new EC2Client(config),
    // A stand-in for AWS has one name for all buckets.
    s3: new S3Client({ ...config, forcePathStyle: connection.endpoints.aws !== undefined }),
    sns: new SNSClient(config),
    // Many scripts are sent and watched in a row; Systems Manager throttles that, and a few more
    // tries pass.
    ssm: new SSMClient({ ...config, maxAttempts: 8 }),
    sts: new STSClient(config),
  };
}
