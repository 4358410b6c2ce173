import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { StaticAddress } from '../../../../lib/constructs/network/static-address.ts';
import { ArtifactBucket } from '../../../../lib/constructs/storage/artifact-bucket.ts';
import { DataVolume } from '../../../../lib/constructs/storage/data-volume.ts';
import { Size } from '../../../../lib/values/size.ts';
import { templateOf } from '../template-of.ts';

const stays = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

describe('the data volume', () => {
  const template = templateOf((stack) => {
    new DataVolume(stack, 'Data', { name: 'x-data', size: Size.gib(50), zone: 'ap-northeast-2a' });
  });

  it('is encrypted, of the configured size and zone, found by the snapshots, and stays', () => {
    template.hasResource('AWS::EC2::Volume', {
      ...stays,
      Properties: {
        Encrypted: true,
        VolumeType: 'gp3',
        Size: 50,
        AvailabilityZone: 'ap-northeast-2a',
        Tags: Match.arrayWith([{ Key: 'snapshots', Value: 'x-data' }]),
      },
    });
  });

  it('has the id that people type after --approve', () => {
    expect(Object.keys(template.findResources('AWS::EC2::Volume'))).toEqual(['DataVolume']);
  });
});

describe('the data volume from a snapshot', () => {
  const template = templateOf((stack) => {
    new DataVolume(stack, 'Data', { name: 'x-data', size: Size.gib(50), zone: 'ap-northeast-2a', snapshot: 'snap-0123456789abcdef0' });
  });

  it('is another resource with the same name and tag, begins with the snapshot and stays', () => {
    expect(Object.keys(template.findResources('AWS::EC2::Volume'))).toEqual(['DataVolumeSnap0123456789abcdef0']);
    template.hasResource('AWS::EC2::Volume', {
      ...stays,
      Properties: {
        SnapshotId: 'snap-0123456789abcdef0',
        Encrypted: true,
        Size: 50,
        Tags: Match.arrayWith([
          { Key: 'Name', Value: 'x-data' },
          { Key: 'snapshots', Value: 'x-data' },
        ]),
      },
    });
  });
});

describe('the artifact bucket', () => {
  const template = templateOf((stack) => {
    new ArtifactBucket(stack, 'Bucket');
  });

  it('is encrypted, versioned, closed to the public, tidied up, and stays', () => {
    template.hasResource('AWS::S3::Bucket', {
      ...stays,
      Properties: {
        BucketEncryption: Match.anyValue(),
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: { Rules: Match.arrayWith([Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } })]) },
      },
    });
    expect(Object.keys(template.findResources('AWS::S3::Bucket'))).toEqual(['Artifacts']);
  });

  it('refuses what does not come by TLS', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      },
    });
  });
});

it('the address is for a VPC, has the id that people type, and stays', () => {
  const template = templateOf((stack) => {
    new StaticAddress(stack, 'Static', { name: 'x' });
  });
  template.hasResource('AWS::EC2::EIP', { ...stays, Properties: { Domain: 'vpc' } });
  expect(Object.keys(template.findResources('AWS::EC2::EIP'))).toEqual(['Address']);
});
