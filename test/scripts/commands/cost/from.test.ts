/** `dojang cost --from`: templates of other projects, and their faults. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnVolume } from 'aws-cdk-lib/aws-ec2';
import { afterAll, describe, expect, it } from 'vitest';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { explain } from '../../../../lib/errors/dojang-error.ts';
import { estimateInputs } from '../../../../scripts/runtime/cost/inputs.ts';
import { pathSource } from '../../../../scripts/runtime/cost/sources.ts';
import { assemble } from '../../../../scripts/runtime/plan/synthesise.ts';
import { cost, options, planFile, prod } from './options.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-cost-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a template of another project', () => {
  it('is a cdk.out folder, with the same lines as the plan', () => {
    const outdir = join(folder, 'cdk.out');
    assemble(prod, outdir, { checks: false });
    const fromFolder = cost(pathSource(outdir, undefined), options).data;
    const fromPlan = cost(pathSource(planFile, undefined), options).data;
    expect(fromFolder.total).toBe(fromPlan.byProvider.aws);
  });

  it('is a cdk.out folder with a nested stack, which is followed where the CDK says its file', () => {
    const nested = (said: boolean) => {
      const outdir = join(folder, `nested-${said}`);
      const app = new App({ outdir, context: { 'aws:cdk:enable-asset-metadata': said } });
      const stack = new Stack(app, 'shop', { env: { region: 'ap-northeast-2' } });
      const inner = new NestedStack(stack, 'Inner', { parameters: { Size: '100' } });
      const size = new CfnParameter(inner, 'Size', { type: 'Number', default: 1 });
      new CfnVolume(inner, 'Data', { availabilityZone: 'ap-northeast-2a', size: size.valueAsNumber, volumeType: 'gp3' });
      app.synth();
      return cost(pathSource(outdir, undefined), { ...options, usage: noUsage });
    };
    expect(nested(true).data.total).toBe('9.12');
    expect(nested(false).lines?.join('\n')).toMatch(/Inner\S*: no cost model for\s+AWS::CloudFormation::Stack/);
  });

  it('is a template, without the traffic of our service', () => {
    const template = written(
      'shop.yaml',
      'Resources:\n  Nat: { Type: AWS::EC2::NatGateway }\n  Data: { Type: AWS::EC2::Volume, Properties: { Size: 100, VolumeType: gp3 } }\n',
    );
    const { data, lines = [] } = cost(pathSource(template, 'ap-northeast-2'), { ...options, usage: noUsage });
    expect(data.total).toBe('52.19');
    expect(lines.join('\n')).toContain('Nat Data processed: the usage file does not say');
    expect(lines.at(-1)).toBe('    usage: { AWS::S3::Bucket: { stored-gb: 5 } }');
  });

  it('takes quantities from a usage file, and says what of it nothing asks for', () => {
    const template = written('nat.json', JSON.stringify({ Resources: { Nat: { Type: 'AWS::EC2::NatGateway' } } }));
    const usage = written('usage.yaml', 'version: 1\nusage: { nat/Nat: { processed-gb: 10, processed-mb: 10 } }');
    const { data, lines = [] } = cost(pathSource(template, 'ap-northeast-2'), {
      ...options,
      ...estimateInputs({ usage, designed: false }),
      usageFile: usage,
    });
    expect(data.total).toBe('43.66');
    expect(lines.slice(-2)).toEqual([`  ! ${usage} has entries that nothing here asks for`, '    nat/Nat.processed-mb']);
  });

  it('is the output of pulumi preview', () => {
    const urn = 'urn:pulumi:prod::shop::gcp:compute/disk:Disk::data';
    const inputs = { size: 10, type: 'pd-ssd', zone: 'asia-northeast3-b' };
    const pods = 'urn:pulumi:prod::shop::kubernetes:core/v1:Pod::pod';
    const steps = [
      { op: 'create', urn, newState: { urn, type: 'gcp:compute/disk:Disk', custom: true, inputs } },
      { op: 'create', urn: pods, newState: { urn: pods, type: 'kubernetes:core/v1:Pod', custom: true, inputs: {} } },
    ];
    const { data, lines = [] } = cost(pathSource(written('preview.json', JSON.stringify({ steps })), undefined), options);
    expect(data.total).toBe('2.21');
    expect(lines.slice(-2)).toEqual(['  - of providers that the book has no prices of', '    1 x kubernetes:core/v1:Pod']);
  });

  it('names what conditions leave out, in nested templates too, so that a small sum is no silent one', () => {
    written('inner.yaml', 'Conditions: { No: !Equals [a, b] }\nResources: { Deep: { Type: AWS::EC2::EIP, Condition: No } }');
    const template = written(
      'conditions.yaml',
      [
        'Conditions: { Far: !Equals [!Ref AWS::Region, us-east-1], Here: !Equals [!Ref AWS::Region, ap-northeast-2] }',
        'Resources:',
        ...Array.from({ length: 12 }, (_, index) => `  Ip${index}: { Type: AWS::EC2::EIP, Condition: Far }`),
        '  Own: { Type: AWS::EC2::EIP, Condition: Here }',
        '  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./inner.yaml }, Metadata: { aws:asset:path: inner.yaml } }',
      ].join('\n'),
    );
    const { data, lines = [] } = cost(pathSource(template, 'ap-northeast-2'), { ...options, usage: noUsage });
    expect(data.total).toBe('3.65');
    const at = lines.indexOf('  - not part of it, as these conditions are false with the defaults');
    expect(lines.slice(at + 1, at + 4).map((line) => line.trim())).toEqual([
      'Far: Ip0, Ip1, Ip2, Ip3, Ip4, Ip5, Ip6, Ip7, Ip8, Ip9 and 2 more',
      'No: Deep',
    ]);
    expect(data.absent).toHaveLength(13);
  });

  it('says so when the region, or a type, is unknown', () => {
    const template = written(
      'far.json',
      JSON.stringify({ Resources: { Ip: { Type: 'AWS::EC2::EIP' }, Q: { Type: 'AWS::Quantum::Computer' } } }),
    );
    const { lines = [] } = cost(pathSource(template, undefined), options);
    expect(lines.filter((line) => line.startsWith('    Ip Public') || line.startsWith('    Q:') || line.startsWith('  !'))).toEqual([
      '    Ip Public IPv4 address: no prices of region unknown in the book; it has',
      '    Q: no cost model for AWS::Quantum::Computer',
      '  ! it does not say where it is deployed to; name the region with --region',
    ]);
  });
});

describe('what is wrong', () => {
  it.each([
    ['nothing.json', undefined, 'dojang: there is no '],
    ['empty-folder', 'folder', ' has no manifest.json'],
    ['cut.json', '{"Resources": {"A": {"Type"', 'dojang: cut.json is not a CloudFormation template: it cannot be read'],
    ['package.json', '{"name": "shop"}', 'dojang: package.json is not a CloudFormation template: it has no Resources'],
    ['newer.json', '{"version": 7, "of": {}, "resources": []}', 'dojang: newer.json has version 7 and this dojang reads version 1'],
    ['steps.json', '{"steps": 5}', 'dojang: steps.json is not what pulumi preview --json prints'],
    [
      'negative.json',
      '{"Resources": {"A": {"Type": "AWS::EC2::Volume", "Properties": {"Size": -5}}}}',
      'dojang: negative/A (AWS::EC2::Volume) has -5 gb-month of Storage',
    ],
  ])('%s', (name, content, message) => {
    const path = join(folder, name);
    if (content === 'folder') mkdirSync(path);
    else if (content !== undefined) writeFileSync(path, content);
    const said = explained(() => cost(pathSource(path, 'ap-northeast-2'), options));
    expect(said).toContain(message);
    expect(said).toMatch(/\n {2}Next: /);
  });

  it('reports a usage file that is not there', () => {
    const missing = join(folder, 'no-usage.yaml');
    expect(explained(() => estimateInputs({ usage: missing }))).toContain(`dojang: cannot read ${missing}`);
  });
});

function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function explained(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return explain(error);
  }
  return 'nothing was thrown';
}
