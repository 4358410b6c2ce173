/** `dojang cost`: what it prints for our plan, for what somebody else wrote, and for what is wrong. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it, vi } from 'vitest';
import service from '../../dojang.config.ts';
import { environmentOf } from '../../lib/config/environment.ts';
import { serviceUsage, trafficAssumptions } from '../../lib/cost/traffic.ts';
import { noUsage } from '../../lib/cost/usage.ts';
import { explain } from '../../lib/errors.ts';
import { addCost } from '../../scripts/cli-cost.ts';
import { cost } from '../../scripts/cost.ts';
import { environmentSource, pathSource } from '../../scripts/cost-sources.ts';
import { readExchangeRate, readPriceBook } from '../../scripts/io/prices/book-folder.ts';
import { root } from '../../scripts/io/state.ts';
import { planCost, planCostLines } from '../../scripts/plan-cost.ts';
import { committedPlan } from '../../scripts/planned.ts';
import { assemble } from '../../scripts/synthesise.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-cost-'));
afterAll(() => rmSync(folder, { recursive: true }));

const prod = environmentOf(service, 'prod');
const options = {
  usage: undefined,
  otherwise: serviceUsage(),
  assumptions: [],
  format: 'text',
  book: readPriceBook(),
  rate: readExchangeRate(),
} as const;
const planFile = join(root, 'plans/prod.json');

interface Data {
  readonly total: string;
  readonly byProvider: Readonly<Record<string, string>>;
  readonly resources: readonly {
    readonly id: string;
    readonly as: string;
    readonly amount: string;
    readonly lines: readonly { readonly amount: string }[];
  }[];
  readonly unknown: readonly { readonly id: string; readonly because: string }[];
}

describe('our own environment', () => {
  it('costs as much from the code as from its committed plan', async () => {
    const fromCode = cost(await environmentSource(prod), options).data as Data;
    const fromPlan = cost(pathSource(planFile, undefined), options).data as Data;
    expect(fromCode.resources).toEqual(fromPlan.resources);
    expect(fromCode.total).toBe(fromPlan.total);
  });

  it('has no type that nobody knows, and names each line that it cannot price', () => {
    const { resources, unknown } = cost(pathSource(planFile, undefined), options).data as Data;
    expect(resources.filter(({ as }) => as === 'unsupported')).toEqual([]);
    expect(unknown.every(({ because }) => because.startsWith('no price of aws '))).toBe(true);
    expect(resources.filter(({ as, lines }) => as === 'billed' && lines.length === 0)).toEqual([]);
  });

  it('is printed within 80 columns', () => {
    const { lines = [] } = cost(pathSource(planFile, undefined), options);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines).toContain('      Machine                    730 hour x 0.1003                       73.22');
    expect(lines).toContain('      Sustained use of GPU       -30 % of 730 hour x 0.37               -81.03 ?');
  });

  it('says how much use it is for', () => {
    const { data, lines = [] } = cost(pathSource(planFile, undefined), { ...options, assumptions: trafficAssumptions });
    expect(lines.slice(-2)).toEqual([
      '  what depends on use is for 100 users a day, as the service is designed;',
      '  --usage takes your own, --json says what it is computed from',
    ]);
    expect(data).toMatchObject({ assumptions: expect.arrayContaining([expect.objectContaining({ name: 'apiCalls', value: '1500' })]) });
  });

  it('is Markdown when asked for, with the source of each price', () => {
    const [text = ''] = cost(pathSource(planFile, undefined), { ...options, format: 'markdown' }).lines ?? [];
    expect(text).toMatch(/^### At least [\d.]+ USD a month \(KRW [\d,]+ at /);
    expect(text).toMatch(/\| dojang-prod-host\/Host +\| Machine +\| 730 hour x 0\.1003 +\| +73\.22 \| .*high/);
  });

  it('has its cost in the plan, and what is more than the committed one', () => {
    const committed = committedPlan(prod);
    if (!committed) throw new Error('there is no committed plan');
    const [line, credit] = planCostLines(planCost(prod, committed, undefined));
    expect(line).toMatch(/^ {2}cost USD [\d.]+ a month \(KRW [\d,]+\); \d without an amount \(dojang cost\)$/);
    expect(credit).toMatch(/^ {7}credit lasts: aws until \d{4}-\d\d-\d\d, gcp until \d{4}-\d\d-\d\d$/);
    const without = { ...committed, resources: committed.resources.filter(({ id }) => id !== 'DataVolume') };
    expect(planCostLines(planCost(prod, committed, without))[0]).toContain(', +4.56;');
  });
});

describe('what somebody else wrote', () => {
  it('is a cdk.out folder, with the same lines as the plan', () => {
    const outdir = join(folder, 'cdk.out');
    assemble(prod, outdir, { checks: false });
    const fromFolder = cost(pathSource(outdir, undefined), options).data as Data;
    const fromPlan = cost(pathSource(planFile, undefined), options).data as Data;
    expect(fromFolder.total).toBe(fromPlan.byProvider.aws);
  });

  it('is a template, without the traffic of our service', () => {
    const template = written(
      'shop.yaml',
      'Resources:\n  Nat: { Type: AWS::EC2::NatGateway }\n  Data: { Type: AWS::EC2::Volume, Properties: { Size: 100, VolumeType: gp3 } }\n',
    );
    const { data, lines = [] } = cost(pathSource(template, 'ap-northeast-2'), { ...options, otherwise: noUsage });
    expect((data as Data).total).toBe('52.19');
    expect(lines.join('\n')).toContain('Nat Data processed: the usage file does not say');
    expect(lines.at(-1)).toBe('    usage: { AWS::S3::Bucket: { stored-gb: 5 } }');
  });

  it('takes quantities from a usage file, and says what of it nothing asks for', () => {
    const template = written('nat.json', JSON.stringify({ Resources: { Nat: { Type: 'AWS::EC2::NatGateway' } } }));
    const usage = written('usage.yaml', 'version: 1\nusage: { nat/Nat: { processed-gb: 10, processed-mb: 10 } }');
    const { data, lines = [] } = cost(pathSource(template, 'ap-northeast-2'), { ...options, otherwise: noUsage, usage });
    expect((data as Data).total).toBe('43.66');
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
    expect((data as Data).total).toBe('2.21');
    expect(lines.slice(-2)).toEqual(['  - of providers that nobody here has prices of', '    1 x kubernetes:core/v1:Pod']);
  });

  it('says so when nobody knows where it is, or what something is', () => {
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

  it('is told of a usage file that is not there', () => {
    const missing = join(folder, 'no-usage.yaml');
    expect(explained(() => cost(pathSource(planFile, undefined), { ...options, usage: missing }))).toContain(
      `dojang: cannot read ${missing}`,
    );
  });
});

it('is a verb with the options that its help names', async () => {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const program = new Command('dojang').exitOverride();
  addCost(program);
  await program.parseAsync(['node', 'dojang', 'cost', '--from', planFile, '--json']);
  const printed = JSON.parse(String(out.mock.calls[0]?.[0]));
  out.mockRestore();
  expect(printed).toMatchObject({
    title: 'prod.json',
    unit: 'USD a month of 730 hours',
    total: (cost(pathSource(planFile, undefined), options).data as Data).total,
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
