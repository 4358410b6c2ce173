/** What the machine may do. */

import { ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import { agentNamespace } from '../../config/names.ts';
import { reportMetrics } from './metric-access.ts';
import { ownParameters } from './parameter-access.ts';

export interface HostRoleProps {
  readonly environment: Pick<Environment, 'names'>;
  /** Bucket that releases are read from, and that dumps and binary logs of the database go to. */
  readonly artifactsArn: string;
}

/**
 * A role to be managed by Systems Manager, to report metrics, to read releases and the host's own
 * parameters, to keep dumps and binary logs of the database in the bucket.
 */
export function hostRole(scope: Construct, { environment, artifactsArn }: HostRoleProps): Role {
  return new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    description: 'The host: Session Manager, metrics, reading releases and its own parameters, keeping dumps of the database',
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    inlinePolicies: {
      metrics: document(reportMetrics(agentNamespace, environment.names.certificateMetric.namespace)),
      artifacts: document(...readArtifacts(artifactsArn), ...keepDumps(artifactsArn)),
      parameters: document(...ownParameters(scope, environment, 'aws')),
    },
  });
}

function document(...statements: PolicyStatement[]): PolicyDocument {
  return new PolicyDocument({ statements });
}

function readArtifacts(artifactsArn: string): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [artifactsArn] }),
    new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [`${artifactsArn}/*`] }),
  ];
}

/**
 * Dumps are removed when newer ones have taken their place, which leaves a version that only an
 * operator can remove; binary logs are never removed by the host.
 */
function keepDumps(artifactsArn: string): PolicyStatement[] {
  const dumps = `${artifactsArn}/dumps/*`;
  return [
    new PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [dumps, `${artifactsArn}/binlogs/*`] }),
    new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [dumps] }),
  ];
}
