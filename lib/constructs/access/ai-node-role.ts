/** Who the GPU machine is to AWS. */
import { ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import { fixLogicalId } from '../fixed-id.ts';
import { reportMetrics } from './metric-access.ts';
import { ownParameters } from './parameter-access.ts';

export interface AiNodeRoleProps {
  readonly environment: Pick<Environment, 'names'>;
  /** Bucket that releases are read from. */
  readonly artifactsArn: string;
}

/**
 * The role that a hybrid activation gives to the GPU machine: to be managed by Systems Manager, to
 * read its own parameters and the releases of the AI server, to report how long its certificate
 * lasts. Only Systems Manager may take it, and only for managed nodes of this account and region.
 */
export class AiNodeRole extends Construct {
  readonly roleName: string;

  constructor(scope: Construct, id: string, { environment, artifactsArn }: AiNodeRoleProps) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: systemsManager(this),
      description: 'The GPU machine on GCP: Session Manager, reading AI releases and its own parameters',
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
      inlinePolicies: {
        artifacts: new PolicyDocument({ statements: [readReleases(artifactsArn)] }),
        parameters: new PolicyDocument({ statements: ownParameters(this, environment, 'gcp') }),
        metrics: new PolicyDocument({ statements: [reportMetrics(environment.names.certificateMetric.namespace)] }),
      },
    });
    fixLogicalId(role, 'AiRole');
    this.roleName = role.roleName;
  }
}

/**
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-service-role.html
 */
function systemsManager(scope: Construct): ServicePrincipal {
  const { account, region, partition } = Stack.of(scope);
  return new ServicePrincipal('ssm.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnEquals: { 'aws:SourceArn': `arn:${partition}:ssm:${region}:${account}:*` },
    },
  });
}

function readReleases(artifactsArn: string): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [`${artifactsArn}/ai/*`] });
}
