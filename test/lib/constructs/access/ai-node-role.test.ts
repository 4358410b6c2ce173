import { describe, expect, it } from 'vitest';
import { AiNodeRole } from '../../../../lib/constructs/access/ai-node-role.ts';
import { prod } from '../../../stacks/environments.ts';
import { templateOf } from '../template-of.ts';
import { parameterStatements, withPlainArns } from './parameter-statements.ts';

interface Statement {
  readonly Effect: string;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
}

const template = templateOf(
  (stack) => new AiNodeRole(stack, 'AiNodeRole', { environment: prod, artifactsArn: 'arn:aws:s3:::x-artifacts' }),
);
const { AiRole } = withPlainArns(template.findResources('AWS::IAM::Role'));
const statements: Statement[] = AiRole?.Properties.Policies.flatMap(
  (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
);

describe('the role of the GPU machine', () => {
  it('can be taken by Systems Manager alone, for nodes of this account', () => {
    expect(AiRole?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ssm.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '123456789012' },
          ArnEquals: { 'aws:SourceArn': 'arn:aws:ssm:ap-northeast-2:123456789012:*' },
        },
      },
    ]);
  });

  it('may be managed, read releases of the AI server and its own parameters, report metrics of its environment, and nothing else', () => {
    expect(AiRole?.Properties.ManagedPolicyArns).toEqual(['arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore']);
    expect(statements).toEqual([
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: 'arn:aws:s3:::x-artifacts/ai/*' },
      ...parameterStatements('gcp'),
      {
        Effect: 'Allow',
        Action: 'cloudwatch:PutMetricData',
        Resource: '*',
        Condition: { StringEquals: { 'cloudwatch:namespace': 'dojang-prod' } },
      },
    ]);
  });

  it('is denied the key of the authority, although the managed policy allows every parameter', () => {
    const denied = statements.find(({ Effect }) => Effect === 'Deny');
    expect(denied?.NotResource).not.toContain('arn:aws:ssm:ap-northeast-2:123456789012:parameter/dojang/prod/trust/ca-key');
    expect(JSON.stringify(denied?.NotResource)).not.toMatch(/trust\/\*|prod\/\*|parameter\/\*|prod\/aws\//);
  });
});
