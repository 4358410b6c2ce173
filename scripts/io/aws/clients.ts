/**
 * The SDK clients of one environment. Credentials and endpoints come from where the SDK looks for
 * them: variables, profiles, roles.
 */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '../../../lib/config/environment.ts';

export interface AwsClients {
  readonly cloudformation: CloudFormationClient;
  readonly ec2: EC2Client;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly ssm: SSMClient;
  readonly sts: STSClient;
}

export function awsClients({ aws: { region } }: Environment): AwsClients {
  return {
    cloudformation: new CloudFormationClient({ region }),
    ec2: new EC2Client({ region }),
    // A stand-in for AWS has one name for all buckets.
    s3: new S3Client({ region, forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined }),
    sns: new SNSClient({ region }),
    // Many scripts are sent and watched in a row; Systems Manager throttles that, and a few more
    // tries pass.
    ssm: new SSMClient({ region, maxAttempts: 8 }),
    sts: new STSClient({ region }),
  };
}

/**
 * Milliseconds between two questions while CloudFormation works. AWS throttles those who ask often;
 * a stand-in for it answers at once.
 */
export function pollingInterval(): number {
  return process.env.AWS_ENDPOINT_URL ? 200 : 5000;
}
