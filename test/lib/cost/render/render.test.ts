/** Reports as text, Markdown and data: nothing is lost, and no name breaks a table. */
import { expect, it } from 'vitest';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { reportData } from '../../../../lib/cost/render/json.ts';
import { reportMarkdown } from '../../../../lib/cost/render/markdown.ts';
import { reportLines } from '../../../../lib/cost/render/terminal.ts';
import { reportPage } from '../../../../lib/cost/report-page/page.ts';
import { big, book, price, resource } from '../books.ts';
import { day } from '../day.ts';

const report = estimateCost(
  [
    resource('AWS::EC2::Volume', { Size: 50, VolumeType: 'gp3' }, { id: 'Data' }),
    resource('AWS::EC2::Volume', { Size: 1, VolumeType: 'gp3' }, { id: '<b>|x|</b>' }),
    resource('AWS::S3::Bucket', {}, { id: 'A' }),
    resource('AWS::S3::Bucket', {}, { id: 'B' }),
    resource('AWS::IAM::Role', {}, { id: 'Role' }),
  ],
  book(price('aws ebs ap-northeast-2', 'gp3 storage', 'gb-month', { usd: '0.0912', confidence: 'low' })),
  noUsage,
  day,
  { krwPerUsd: big('1400'), asOf: '2026-11-20', source: 'a test' },
);

it('fits a terminal, with what is unknown once for each reason', () => {
  expect(reportLines(report)).toEqual([
    '  aws  stack',
    '    Data  AWS::EC2::Volume                                                4.56',
    '      Storage                    50 gb-month x 0.0912                     4.56 ?',
    '    <b>|x|</b>  AWS::EC2::Volume                                          0.09',
    '      Storage                    1 gb-month x 0.0912                      0.09 ?',
    '    A  AWS::S3::Bucket                                                       -',
    '      Storage                    -                                           -',
    '      Writing requests           -                                           -',
    '      Reading requests           -                                           -',
    '    B  AWS::S3::Bucket                                                       -',
    '      Storage                    -                                           -',
    '      Writing requests           -                                           -',
    '      Reading requests           -                                           -',
    '',
    '  aws                     USD 4.65           KRW 6,500',
    '  a month at least        USD 4.65           KRW 6,500',
    '  1 USD = 1400 KRW (2026-11-20), a test',
    '',
    '  ? 2 lines with a price that is not certain (dojang prices check)',
    '',
    '  - 6 lines without an amount: the total lacks them',
    '    A Storage and 1 more: the usage file does not say AWS::S3::Bucket.stored-gb',
    '    A Writing requests and 1 more: the usage file does not say',
    '    AWS::S3::Bucket.put-requests-1000',
    '    A Reading requests and 1 more: the usage file does not say',
    '    AWS::S3::Bucket.get-requests-1000',
    '',
    '  0 1 resource free of charge',
    '      1  IAM is not billed',
  ]);
});

it('is Markdown in which a name is only a name', () => {
  const text = reportMarkdown(report);
  expect(text).toMatch(/^### At least 4\.65 USD a month \(KRW 6,500\)$/m);
  expect(text).toContain('stack/\\<b\\>\\|x\\|\\</b\\>');
  expect(text).not.toContain('<b>');
  expect(text).toContain('**6 lines could not be priced**');
  expect(text).toContain('- 1: IAM is not billed');
});

it('is data with exact amounts as text', () => {
  const data = JSON.parse(JSON.stringify(reportData(report)));
  expect(data).toMatchObject({ total: '4.6512', byProvider: { aws: '4.6512' }, rate: { krwPerUsd: '1400' } });
  expect(data.resources[0]).toMatchObject({
    as: 'billed',
    amount: '4.56',
    lines: [
      {
        name: 'Storage',
        quantity: '50',
        amount: '4.56',
        price: { item: 'gp3 storage', tiers: [{ from: '0', usd: '0.0912' }], confidence: 'low' },
      },
    ],
  });
  expect(data.resources[2].lines[0]).toMatchObject({ quantity: null, amount: null, reason: expect.stringContaining('usage file') });
  expect(data.unknown).toHaveLength(6);
});

it('says nothing of a total of which nothing is known', () => {
  const nothing = estimateCost([resource('AWS::S3::Bucket')], book(), noUsage, day);
  expect(reportLines(nothing)).toContain('  a month                    USD -');
  expect(reportMarkdown(nothing)).toMatch(/^### - USD a month/);
  expect(reportLines(estimateCost([resource('AWS::IAM::Role')], book(), noUsage, day))).toContain('  a month                 USD 0.00');
});

it('marks won when the rate of the day is not certain, and says why, in every rendering', async () => {
  const rate = { krwPerUsd: big('1400'), asOf: '2026-11-20', source: 'a test', confidence: 'low' as const, note: 'sample data; and more' };
  const doubtful = { ...report, rate };
  expect(reportLines(doubtful)).toContain('  a month at least        USD 4.65          KRW 6,500?');
  expect(reportLines(doubtful)).toContain('  1 USD = 1400 KRW? (2026-11-20; sample data), a test');
  expect(reportMarkdown(doubtful)).toMatch(/\(KRW 6,500\?\)\n[\s\S]*\n1 USD = 1400 KRW\? \(2026-11-20; sample data\)\n/);
  const page = await reportPage({ title: 'prod', report: doubtful, pricesOf: '2026-10', runways: [], verdicts: [] });
  expect(page).toContain('KRW 6,500?: 1 USD = 1400 KRW? (2026-11-20; sample data)');
});

it('says the whole reason why a resource is free of charge, in lines of a terminal', () => {
  const free = estimateCost([resource('AWS::EC2::VPCPeeringConnection'), resource('AWS::EC2::VPC')], book(), noUsage, day);
  const lines = reportLines(free);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  const text = lines.join(' ').replaceAll(/\s+/g, ' ');
  for (const { known } of free.resources) expect(text).toContain(known.as === 'free' ? known.reason : undefined);
});

it('says null, and not 0, for what is not known as data', () => {
  const bucket = resource('AWS::S3::Bucket', {}, { id: 'Files' });
  const robot = resource('AWS::RoboMaker::Robot', {}, { id: 'Robot' });
  const nothing = reportData(estimateCost([bucket, robot, resource('AWS::IAM::Role')], book(), noUsage, day));
  expect(nothing).toMatchObject({ total: null, atLeast: false, byProvider: { aws: null } });
  expect(nothing.resources.map(({ amount, atLeast }) => [amount, atLeast])).toEqual([
    [null, false],
    [null, false],
    ['0', false],
  ]);
  const disk = resource('AWS::EC2::Volume', { Size: 1, VolumeType: 'gp3', Iops: 4000 }, { id: 'Data' });
  const gcp = resource('gcp:compute/disk:Disk', { size: 10 });
  const some = reportData(
    estimateCost([disk, gcp], book(price('aws ebs ap-northeast-2', 'gp3 storage', 'gb-month', { usd: '0.0912' })), noUsage, day),
  );
  expect(some).toMatchObject({ total: '0.0912', atLeast: true, byProvider: { aws: '0.0912', gcp: null } });
  expect(some.resources.map(({ amount, atLeast }) => [amount, atLeast])).toEqual([
    ['0.0912', true],
    [null, false],
  ]);
  expect(reportData(report)).toMatchObject({ total: '4.6512', atLeast: true });
});
