/** What CloudFormation does to a resource when its properties change. */
import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { changedKeys } from '../changed-keys.ts';
import type { Effect, Properties } from '../resource.ts';

/**
 * Properties whose change makes a new resource, for the types that hold something, from the "Update
 * requires" lines of the CloudFormation reference (2026-11). The specification inside the CDK calls
 * some of them mere updates: it has no word for "Updates are not supported", which is what
 * CloudFormation answers for another zone of a volume.
 */
const replacing: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::EIP': ['Domain', 'NetworkBorderGroup', 'PublicIpv4Pool', 'TransferAddress', 'IpamPoolId', 'Address'],
  'AWS::EC2::Volume': ['AvailabilityZone', 'AvailabilityZoneId', 'Encrypted', 'KmsKeyId', 'OutpostArn', 'SnapshotId', 'SourceVolumeId'],
  'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix', 'BucketNamespace', 'ObjectLockEnabled'],
  // On EBS-backed machines a change of user data or machine type stops and starts the same machine.
  'AWS::EC2::Instance': [
    'AvailabilityZone',
    'BlockDeviceMappings',
    'CpuOptions',
    'EnclaveOptions',
    'HibernationOptions',
    'ImageId',
    'KeyName',
    'LaunchTemplate',
    'LicenseSpecifications',
    'NetworkInterfaces',
    'PlacementGroupName',
    'PrivateIpAddress',
    'SecurityGroups',
    'SubnetId',
  ],
};

/**
 * The effect on a resource of this type when it goes from `before` to `after`, and the properties
 * that cause it.
 */
export function awsEffect(type: string, before: Properties, after: Properties): { effect: Effect; changed: string[] } {
  const keys = changedKeys(before, after);
  const fatal = replacing[type] ? replacing[type].filter((key) => keys.includes(key)) : replacingBySpecification(type, before, after);
  const shrinks = type === 'AWS::EC2::Volume' && Number(after.Size) < Number(before.Size);
  const changed = shrinks ? [...fatal, 'Size (smaller)'] : fatal;
  return changed.length > 0 ? { effect: 'replace', changed } : { effect: 'update', changed: keys };
}

/**
 * For every other type the specification decides; "may replace" counts as replace, since nothing
 * more is known.
 */
function replacingBySpecification(type: string, before: Properties, after: Properties): string[] {
  const template = (properties: Properties) => ({ Resources: { It: { Type: type, Properties: properties } } });
  const change = fullDiff(template(before), template(after)).resources.changes.It;
  return Object.entries(change?.propertyUpdates ?? {})
    .filter(([, update]) => update.changeImpact === ResourceImpact.WILL_REPLACE || update.changeImpact === ResourceImpact.MAY_REPLACE)
    .map(([key]) => key);
}
