/** Nested stacks, and resources of which a template does not say whether they will be there. */
import { expect, it } from 'vitest';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { nestedFile } from '../../../../lib/cost/sources/assembly.ts';
import { templateResources } from '../../../../lib/cost/sources/template.ts';
import { type CloudFormation, parseTemplate } from '../../../../lib/cost/sources/template-text.ts';
import { book, price } from '../books.ts';
import { day } from '../day.ts';

const parent = parseTemplate(
  `
Parameters:
  Gate: { Type: String }
  Subnets: { Type: 'List<AWS::EC2::Subnet::Id>', Default: 'a, b' }
Conditions: { Wanted: !Equals [!Ref Gate, open] }
Resources:
  Disks:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: !Sub 'https://bucket/\${AWS::Region}', Parameters: { Size: 40, Iops: !GetAtt Other.Value } }
    Metadata: { 'aws:asset:path': disks.json }
  Again: { Type: AWS::CloudFormation::Stack, Metadata: { 'aws:asset:path': parent.json } }
  Elsewhere: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: 'https://bucket/other' } }
  Perhaps: { Type: AWS::CloudFormation::Stack, Condition: Wanted, Metadata: { 'aws:asset:path': disks.json } }
  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: !Ref Subnets } }
`,
  'parent.yaml',
);
const disks = parseTemplate(
  `
Parameters: { Size: { Type: Number, Default: 8 }, Iops: { Type: Number, Default: 3000 } }
Resources:
  Data: { Type: AWS::EC2::Volume, Properties: { Size: !Ref Size, VolumeType: gp3, Iops: !Ref Iops } }
`,
  'disks.yaml',
);
const files: Readonly<Record<string, CloudFormation>> = { 'disks.json': disks, 'parent.json': parent };

const resources = templateResources('shop', parent, 'ap-northeast-2', { nested: (resource) => files[nestedFile(resource) ?? ''] });
const report = estimateCost(resources, book(price('aws ebs ap-northeast-2', 'gp3 storage', 'gb-month')), noUsage, day);

it('puts the resources of a nested stack in its place, with the parameters that its parent gives', () => {
  expect(resources.map(({ stack, id, type }) => `${stack} ${id} ${type}`)).toEqual([
    'shop/Disks Data AWS::EC2::Volume',
    'shop Again AWS::CloudFormation::Stack',
    'shop Elsewhere AWS::CloudFormation::Stack',
    'shop/Perhaps Data AWS::EC2::Volume',
    'shop Balancer AWS::ElasticLoadBalancingV2::LoadBalancer',
  ]);
  expect(resources[0]?.properties).toMatchObject({ Size: 40, Iops: { ref: 'Iops' } });
  expect(resources[3]?.properties).toMatchObject({ Size: 8, Iops: 3000 });
});

it('reports a nested stack that cannot be followed as unpriced', () => {
  const stacks = report.resources.filter(({ resource: { type } }) => type === 'AWS::CloudFormation::Stack');
  expect(stacks.map(({ resource: { id }, known }) => [id, known.as])).toEqual([
    ['Again', 'unsupported'],
    ['Elsewhere', 'unsupported'],
  ]);
});

it('counts nothing of what is there only under an undecided condition, and says so', () => {
  expect(report.total.toFixed()).toBe('40');
  expect(report.unknown.filter(({ resource: { stack } }) => stack === 'shop/Perhaps').map(({ reason }) => reason)).toEqual([
    'it is there only if the condition Wanted holds, which is known only at the deployment',
  ]);
});

it('takes a list that is written with commas apart', () => {
  expect(resources[4]?.properties.Subnets).toEqual(['a', 'b']);
});

it('takes nothing for known that a parameter of Systems Manager holds', () => {
  const template = parseTemplate(
    `
Parameters: { Size: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/size' } }
Resources: { Data: { Type: AWS::EC2::Volume, Properties: { Size: !Ref Size } } }
`,
    'shop.yaml',
  );
  expect(templateResources('shop', template, 'us-east-1')[0]?.properties).toEqual({ Size: '{{resolve:ssm:/shop/size}}' });
});
