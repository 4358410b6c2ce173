/**
 * CloudFormation templates of other projects: JSON and YAML, parameters, conditions, and texts that
 * are none.
 */
import { describe, expect, it } from 'vitest';
import { templateResources } from '../../../../lib/cost/sources/template.ts';
import { parseTemplate } from '../../../../lib/cost/sources/template-text.ts';

const yaml = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Size: { Type: Number, Default: 40 }
  Class: { Type: String }
  Stage: { Type: String, Default: prod }
Mappings:
  Machines:
    ap-northeast-2: { machine: m7g.large }
    us-east-1: { machine: m7g.medium }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTrial: !Not [!Condition IsProd]
  Fast: !And [!Condition IsProd, !Or [!Equals [!Ref Stage, trial], !Equals [!Ref AWS::Region, ap-northeast-2]]]
  Unsure: !Equals [!Ref Class, large]
Resources:
  Data:
    Type: AWS::EC2::Volume
    Properties:
      Size: !Ref Size
      VolumeType: !If [IsProd, gp3, gp2]
      Iops: !If [IsTrial, 4000, !Ref AWS::NoValue]
      AvailabilityZone: !Select [0, !GetAZs '']
      Tags: [{ Key: Name, Value: !Sub '\${Stage}-data' }]
  Host:
    Type: AWS::EC2::Instance
    Properties:
      InstanceType: !FindInMap [Machines, !Ref 'AWS::Region', machine]
      SubnetId: !GetAtt Subnet.Id
      KeyName: !Join ['-', [!Ref Stage, key]]
      ImageId: !Sub '\${Class}-image'
  Trial: { Type: AWS::EC2::EIP, Condition: IsTrial }
  Quick: { Type: AWS::EC2::EIP, Condition: Fast }
  Perhaps: { Type: AWS::EC2::EIP, Condition: Unsure }
  CDKMetadata: { Type: AWS::CDK::Metadata }
`;

describe('a template in YAML', () => {
  const resources = templateResources('shop', parseTemplate(yaml, 'shop.yaml'), 'ap-northeast-2');
  const properties = (id: string) => resources.find((resource) => resource.id === id)?.properties;

  it('is worked out as far as parameters have defaults', () => {
    expect(properties('Data')).toMatchObject({ Size: 40, VolumeType: 'gp3', Tags: [{ Key: 'Name', Value: 'prod-data' }] });
    expect(properties('Data')).not.toHaveProperty('Iops');
    expect(properties('Host')).toEqual({
      ImageId: { 'Fn::Sub': `$\{Class}-image` },
      InstanceType: 'm7g.large',
      KeyName: 'prod-key',
      SubnetId: { ref: 'Subnet.Id' },
    });
  });

  it('loses what its conditions exclude, and keeps what is undecided', () => {
    expect(resources.map(({ id }) => id)).toEqual(['Data', 'Host', 'Quick', 'Perhaps']);
  });

  it('has the region it is given', () => {
    expect(new Set(resources.map(({ region, provider, stack }) => `${provider} ${region} ${stack}`))).toEqual(
      new Set(['aws ap-northeast-2 shop']),
    );
    const elsewhere = templateResources('shop', parseTemplate(yaml, 'shop.yaml'), 'us-east-1');
    expect(elsewhere.find(({ id }) => id === 'Host')?.properties.InstanceType).toBe('m7g.medium');
  });
});

it('takes the region from a zone, and says unknown where there is none', () => {
  const of = (properties: object) =>
    parseTemplate(JSON.stringify({ Resources: { A: { Type: 'AWS::EC2::Volume', Properties: properties } } }), 'a.json');
  expect(templateResources('a', of({ AvailabilityZone: 'eu-west-1b' }), undefined)[0]?.region).toBe('eu-west-1');
  expect(templateResources('a', of({}), undefined)[0]?.region).toBe('unknown');
});

it.each([
  ['{"Resources": {"A": {"Type": "AWS::EC2::EI', /^shop.json is not a CloudFormation template: it cannot be read: .*JSON/],
  ['Resources:\n  A:\n Type: x', /cannot be read/],
  ['{"name": "shop", "version": "1.0.0"}', /it has no Resources$/],
  ['just words', /it has no Resources$/],
  ['Resources: { Data: { Typo: AWS::EC2::Volume } }', /it has a resource without a type: Data$/],
])('refuses %s', (text, message) => {
  expect(() => parseTemplate(text, 'shop.json')).toThrow(message);
});
