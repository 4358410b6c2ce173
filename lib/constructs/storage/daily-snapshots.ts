/** A copy of the data every day. */
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { snapshotTag } from './snapshot-tag.ts';

export interface DailySnapshotsProps {
  /** Name of the data volume. */
  readonly volumeName: string;
  readonly keepDays: number;
}

/** 3 o'clock in Seoul, in UTC as the service wants it: the quietest hour. */
const quietHour = '18:00';

/**
 * Daily snapshots of one data volume by the Data Lifecycle Manager. They stay when the policy goes.
 */
export class DailySnapshots extends Construct {
  constructor(scope: Construct, id: string, props: DailySnapshotsProps) {
    super(scope, id);
    new CfnLifecyclePolicy(this, 'Policy', {
      description: `Daily snapshots of ${props.volumeName}`,
      state: 'ENABLED',
      executionRoleArn: snapshotRole(this).roleArn,
      policyDetails: {
        policyType: 'EBS_SNAPSHOT_MANAGEMENT',
        resourceTypes: ['VOLUME'],
        targetTags: [snapshotTag(props.volumeName)],
        schedules: [
          {
            name: 'daily',
            createRule: { interval: 24, intervalUnit: 'HOURS', times: [quietHour] },
            retainRule: { interval: props.keepDays, intervalUnit: 'DAYS' },
            copyTags: true,
          },
        ],
      },
    });
  }
}

function snapshotRole(scope: Construct): Role {
  return new Role(scope, 'Role', {
    assumedBy: new ServicePrincipal('dlm.amazonaws.com'),
    description: 'Makes and removes snapshots of the data volume',
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSDataLifecycleManagerServiceRole')],
  });
}
