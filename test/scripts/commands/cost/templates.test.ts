/**
 * What templates and previews of others cost, line by line, at the prices of the committed book.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cost } from '../../../../scripts/commands/cost/cost.ts';
import { root } from '../../../../scripts/io/state.ts';
import { estimateInputs } from '../../../../scripts/runtime/cost/inputs.ts';
import { pathSource } from '../../../../scripts/runtime/cost/sources.ts';
import { checked } from '../../checked.ts';

interface Data {
  readonly total: string | null;
  readonly resources: readonly {
    readonly id: string;
    readonly lines: readonly { name: string; amount: string | null; reason?: string }[];
  }[];
  readonly unknown: readonly { readonly id: string; readonly reason: string }[];
}

function priced(name: string, day = '2026-11-28') {
  const options = { ...estimateInputs({ designed: false, day }), usageFile: undefined, assumptions: [], format: 'text' } as const;
  const source = pathSource(join(root, 'test/fixtures/cost', name), 'ap-northeast-2');
  const { data, lines = [] } = checked(cost(source, options));
  return { data, text: lines.join('\n') };
}

const rounded = (amount: string | null) => (amount === null ? null : Number(amount).toFixed(2));

/** `id name` with the amount in USD, or `-` and the reason. */
function linesOf({ resources }: Data): Record<string, string> {
  const lines = resources.flatMap(({ id, lines: its }) =>
    its.map(({ name, amount, reason }) => [`${id} ${name}`, rounded(amount) ?? `- ${reason}`] as const),
  );
  return Object.fromEntries(lines);
}

const noSpot = (what: string) => `- no price of aws ${what} in ap-northeast-2`;

const openVersion = '- EngineVersion is {"ref":"Version"}, which is known only after the deployment';

const cases: readonly (readonly [file: string, total: string | null, lines: Readonly<Record<string, string | undefined>>])[] = [
  ['ecs-default-capacity-provider.yaml', '82.90', { 'Web CPU': '67.98', 'Web Memory': '14.92' }],
  [
    'ecs-fargate-and-spot.yaml',
    '82.90',
    {
      'Web CPU': '67.98',
      'Web Memory': '14.92',
      'Web CPU (Spot)': noSpot('fargate spot x86 vCPU'),
      'Web Memory (Spot)': noSpot('fargate spot x86 memory'),
    },
  ],
  ['aurora-two-serverless-members.yaml', '584.00', { 'Cluster Serverless capacity': '584.00' }],
  ['aurora-in-extended-support.yaml', '418.29', { 'Writer Machine': '243.09', 'Writer Extended support': '175.20' }],
  ['rds-year-3.yaml', '854.96', { 'Db Extended support': '350.40', 'Pg11 Extended support': '350.40' }],
  [
    'rds-default-storage-type.yaml',
    '283.52',
    { 'Db Storage': '13.50', 'Db IOPS': '108.00', 'Plain Storage': '13.10', 'Plain IOPS': undefined },
  ],
  ['machine-on-windows.yaml', '2.74', { 'Box Machine': noSpot('ec2 t3.medium Windows') }],
  ['images-in-a-mapping.yaml', '5.47', { 'Red Machine': noSpot('ec2 t3.medium RHEL'), 'Plain Machine': noSpot('ec2 t3.nano') }],
  [
    'groups-on-spot.yaml',
    '12.14',
    {
      'AllSpot Machine': noSpot('ec2 t4g.small spot'),
      'OldSpot Machine': noSpot('ec2 m7g.large spot'),
      'OldSpot Detailed monitoring': '1.20',
    },
  ],
  ['load-balancer-on-elastic-ips.yaml', '23.73', { 'Front Load balancer': '16.43', 'Front Public IPv4 addresses': undefined }],
  [
    'machine-with-data-disk.yaml',
    '118.82',
    { 'Box Root disk storage': '- the size of the root disk is what the image says', 'Box Disk /dev/sdf storage': '45.60' },
  ],
  ['yaml-1.1-booleans.yaml', '84.94', { 'Db Machine': '37.23', 'Db2 Machine': '37.23' }],
  [
    'intrinsic-functions.yaml',
    '98.73',
    { 'A Machine': '7.59', 'A Root disk storage': '0.91', 'B Machine': '15.18', 'D Machine': '73.22', 'D Root disk storage': '0.91' },
  ],
  [
    'group-of-no-machines.yaml',
    '0.00',
    { 'Idle Machine': '0.00', 'Idle Root disk storage': '0.00', 'Idle Internet traffic out': undefined },
  ],
  ['for-each.yaml', null, {}],
  [
    'preview-with-reads.json',
    '44.29',
    { 'web Machine': '- InstanceType is known only after the deployment', 'db Machine': '37.23', 'existing Machine': undefined },
  ],
  [
    'engine-spellings.yaml',
    '2159.60',
    {
      'Lower Extended support': '350.40',
      'Mixed Extended support': '350.40',
      'Capital Extended support': '350.40',
      'Upper Extended support': '350.40',
      'Writer Extended support': '175.20',
      'Cache Nodes': '17.52',
      'Cache Extended support': '13.87',
    },
  ],
  [
    'versions-without-quotes.yaml',
    '2133.32',
    {
      'Pg Extended support': '350.40',
      'Pg12 Extended support': '175.20',
      'My Extended support': '175.20',
      'MyByParameter Extended support': '175.20',
      'Eks29 Control plane': '438.00',
      'Eks30 Control plane': '438.00',
      'Eks36 Control plane': '73.00',
    },
  ],
  ['versions-without-quotes.json', '690.28', { 'My Extended support': '175.20', 'Eks30 Control plane': '438.00' }],
  [
    'cache-versions.yaml',
    '146.88',
    {
      'Number Extended support': '13.87',
      'Whole Extended support': '13.87',
      'Open Extended support': openVersion,
      'Group Extended support': openVersion,
      'New Extended support': undefined,
      'Valkey Extended support': undefined,
      'OpenEngine Extended support': '- Engine is {"ref":"Engine"}, which is known only after the deployment',
    },
  ],
  ['preview-without-sames.json', '3.65', { 'extra Public IPv4 address': '3.65' }],
];

describe('what it costs', () => {
  it.each(cases)('%s', (file, total, lines) => {
    const { data } = priced(file);
    expect(rounded(data.total)).toBe(total);
    const found = linesOf(data);
    expect(Object.fromEntries(Object.keys(lines).map((name) => [name, found[name]]))).toEqual(lines);
  });

  it.each([
    ['2026-02-28', '175.20', '175.20'],
    ['2026-03-01', '350.40', '175.20'],
    ['2026-04-01', '350.40', '350.40'],
  ])('of old versions depends on the day: %s', (day, mysql, postgres) => {
    expect(linesOf(priced('rds-year-3.yaml', day).data)).toMatchObject({ 'Db Extended support': mysql, 'Pg11 Extended support': postgres });
  });
});

describe('what is not in the total is named', () => {
  it.each([
    ['for-each.yaml', 'Fn::ForEach::Hosts', /^Fn::ForEach is not expanded, so what it makes is not in the total/],
    ['preview-without-sames.json', 'unchanged', /^the preview leaves 40 unchanged resources out: .* --show-sames$/],
    ['intrinsic-functions.yaml', 'Fn', /^no cost model for AWS::Serverless::Function$/],
    ['macro-module-custom.yaml', 'Added', /^no cost model for \S+: a module: /],
    ['macro-module-custom.yaml', 'Lookup', /^no cost model for Custom::AmiLookup: a custom resource: what its function creates/],
    ['macro-module-custom.yaml', 'Fn::Transform', /^a macro \(Fn::Transform\) is not expanded/],
    ['macro-module-custom.yaml', 'Transform::Count', /^a macro may add and change resources/],
    ['macro-module-custom.yaml', 'Rain', /^no cost model for \S+: a module: /],
    [
      'macro-module-custom.yaml',
      'Inner',
      /^no cost model for AWS::CloudFormation::Stack: a nested stack is followed only in a cdk.out folder/,
    ],
  ])('%s: %s', (file, id, reason) => {
    const { data, text } = priced(file);
    expect(data.unknown.find((one) => one.id === id)?.reason).toMatch(reason);
    expect(text).toMatch(/a month( at least +USD +[\d.]+| +USD +-)/);
  });

  it('and so is a billed dimension without a line', () => {
    const { text } = priced('machine-on-windows.yaml');
    expect(text).toMatch(/AWS::EC2::Instance: .*CPU credits/s);
  });
});
