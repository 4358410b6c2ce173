import { Match } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { ServiceHost } from '../../../../lib/constructs/machine/service-host.ts';
import { prod } from '../../../stacks/environments.ts';
import { parameterStatements, withPlainArns } from '../access/parameter-statements.ts';
import { templateOf } from '../template-of.ts';

const template = templateOf((stack) => {
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false });
  new ServiceHost(stack, 'ServiceHost', {
    name: 'x-host',
    environment: prod,
    settings: prod.aws,
    vpc,
    group: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    addressAllocationId: 'eipalloc-1',
    dataVolumeId: 'vol-1',
    artifactsArn: 'arn:aws:s3:::x-artifacts',
  });
});

describe('the machine', () => {
  it('is the configured one, watched closely and hard to lose', () => {
    template.hasResourceProperties('AWS::EC2::Instance', {
      InstanceType: 'm7g.large',
      AvailabilityZone: 'ap-northeast-2a',
      Monitoring: true,
      DisableApiTermination: true,
      EbsOptimized: true,
      SecurityGroupIds: ['sg-1'],
      KeyName: Match.absent(),
      LaunchTemplate: Match.absent(),
    });
    expect(Object.keys(template.findResources('AWS::EC2::Instance'))).toEqual(['Host']);
  });

  it('answers metadata questions by IMDSv2 only, and not those of a container', () => {
    template.hasResourceProperties('AWS::EC2::Instance', { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } });
  });

  it('has an encrypted gp3 root disk of the configured size that goes with it', () => {
    const Ebs = { Encrypted: true, VolumeType: 'gp3', VolumeSize: 30, DeleteOnTermination: true };
    template.hasResourceProperties('AWS::EC2::Instance', { BlockDeviceMappings: [{ DeviceName: '/dev/sda1', Ebs }] });
  });

  it('gets the data volume and the address from outside', () => {
    template.hasResourceProperties('AWS::EC2::VolumeAttachment', { VolumeId: 'vol-1', InstanceId: { Ref: 'Host' } });
    template.hasResourceProperties('AWS::EC2::EIPAssociation', { AllocationId: 'eipalloc-1', InstanceId: { Ref: 'Host' } });
  });

  it('starts with a script that only ensures Session Manager', () => {
    const [machine] = Object.values(template.findResources('AWS::EC2::Instance'));
    const script: string = machine?.Properties.UserData['Fn::Base64'];
    expect(script.match(/snap \w+|apt\S*|curl|docker/g)).toEqual(['snap list', 'snap install', 'snap start']);
  });

  it('may be managed, report metrics of its agent and its certificates, read releases and its own parameters, keep dumps, and nothing else', () => {
    const [role] = Object.values(template.findResources('AWS::IAM::Role'));
    expect(JSON.stringify(role?.Properties.ManagedPolicyArns)).toMatch(/^[^,]*,\[[^\]]*policy\/AmazonSSMManagedInstanceCore"\]\]\}\]$/);
    const statements = role?.Properties.Policies.flatMap(
      (policy: { PolicyDocument: { Statement: object[] } }) => policy.PolicyDocument.Statement,
    );
    expect(withPlainArns(statements)).toEqual([
      {
        Effect: 'Allow',
        Action: 'cloudwatch:PutMetricData',
        Resource: '*',
        Condition: { StringEquals: { 'cloudwatch:namespace': ['CWAgent', 'dojang-prod'] } },
      },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::x-artifacts' },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::x-artifacts/*' },
      {
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:AbortMultipartUpload'],
        Resource: ['arn:aws:s3:::x-artifacts/dumps/*', 'arn:aws:s3:::x-artifacts/binlogs/*'],
      },
      { Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::x-artifacts/dumps/*' },
      ...parameterStatements('aws'),
    ]);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });
});
