import { describe, expect, it } from 'vitest';
import { compareWithBill } from '../../../../lib/cost/actual/compare.ts';
import { awsSpend, gcpSpend, type SpendRow } from '../../../../lib/cost/actual/spend.ts';
import type { BilledResource } from '../../../../lib/cost/component.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { Big } from '../../../../lib/values/decimal.ts';
import { readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { day } from '../day.ts';

const place = { provider: 'aws', region: 'ap-northeast-2', stack: 'host' } as const;
const resources: BilledResource[] = [
  { ...place, id: 'Host', type: 'AWS::EC2::Instance', properties: { InstanceType: 'm7g.large' } },
  { ...place, id: 'Address', type: 'AWS::EC2::EIP', properties: {} },
];
const report = estimateCost(resources, readPriceBook(), noUsage, day);
/** 73 days are 1752 hours, 2.4 months. */
const period = { from: '2026-01-01', until: '2026-03-15' };

function group(service: string, type: string, amount: string) {
  return { Keys: [service, type], Metrics: { UnblendedCost: { Amount: amount, Unit: 'USD' } } };
}

const page = (...groups: unknown[]) => ({ ResultsByTime: [{ TimePeriod: {}, Groups: groups }] });

describe('the bill of AWS', () => {
  it('is every group of every page', () => {
    const rows = awsSpend([page(group('EC2', 'APN2-BoxUsage:m7g.large', '1.25')), page(group('EC2', 'BoxUsage:m7g.large', '1e-7'))]);
    expect(rows.map(({ what, usd }) => `${what} ${usd.toFixed()}`)).toEqual([
      'APN2-BoxUsage:m7g.large 1.25',
      'BoxUsage:m7g.large 0.0000001',
    ]);
  });

  it.each([
    ['another currency', { Keys: ['EC2', 'x'], Metrics: { UnblendedCost: { Amount: '1', Unit: 'KRW' } } }],
    ['an amount that is none', group('EC2', 'x', 'much')],
    ['no usage type', { Keys: ['EC2'], Metrics: { UnblendedCost: { Amount: '1', Unit: 'USD' } } }],
  ])('with %s is refused', (_, wrong) => {
    expect(() => awsSpend([page(wrong)])).toThrowError(expect.objectContaining({ code: 'not-a-bill' }));
  });
});

it('the bill of GCP has its discounts taken off, and a wrong row is refused', () => {
  const row = { service: 'Compute Engine', sku: 'Nvidia Tesla T4 GPU running in Seoul', cost: '10', discounts: '-3' };
  expect(gcpSpend([row])).toEqual([{ provider: 'gcp', service: row.service, what: row.sku, usd: new Big('7') }]);
  expect(() => gcpSpend([{ ...row, cost: null }])).toThrowError(expect.objectContaining({ code: 'not-a-bill' }));
});

describe('beside the estimate', () => {
  const spent = (what: string, usd: string, service = 'EC2 - Other'): SpendRow => ({ provider: 'aws', service, what, usd: new Big(usd) });
  const lines = (rows: SpendRow[]) =>
    compareWithBill(report, rows, period, ['aws']).lines.map(({ component, estimated, spent: usd, off }) =>
      [component, estimated?.toFixed(2) ?? '-', usd?.toFixed(2) ?? '-', off ? 'off' : ''].join(' ').trimEnd(),
    );

  it('is what the same days cost, by component', () => {
    expect(lines([spent('APN2-BoxUsage:m7g.large', '175.73'), spent('APN2-PublicIPv4:InUseAddress', '8.76')])).toEqual([
      'machines 175.73 175.73',
      'public IPv4 8.76 8.76',
    ]);
  });

  it('stands out by more than a fifth and more than 1 USD', () => {
    const [machines] = lines([spent('APN2-BoxUsage:m7g.large', '220')]);
    expect(machines).toBe('machines 175.73 220.00 off');
    expect(lines([spent('APN2-PublicIPv4:InUseAddress', '9.70')])).toContain('public IPv4 8.76 9.70');
  });

  it('names what was not estimated', () => {
    const { lines: all } = compareWithBill(report, [spent('HostedZone', '0.5', 'Amazon Route 53')], period, ['aws']);
    expect(all.find(({ component }) => component === 'Amazon Route 53')).toMatchObject({
      estimated: undefined,
      rows: [{ what: 'HostedZone' }],
    });
  });

  it.each([
    ['Amazon CloudFront', 'AP-DataTransfer-Out-Bytes', 'CloudFront'],
    ['Amazon CloudFront', 'AP-Requests-HTTPS-Proxy', 'CloudFront'],
    ['Amazon Simple Storage Service', 'APN2-DataTransfer-Out-Bytes', 'traffic'],
    ['EC2 - Other', 'APN2-DataTransfer-Out-Bytes', 'traffic'],
    ['Amazon Elastic Compute Cloud - Compute', 'APN2-SpotUsage:g4dn.xlarge', 'machines'],
  ])('counts of %s %s as %s', (service, what, component) => {
    expect(lines([spent(what, '0.01', service)])).toContain(`${component} ${component === 'machines' ? '175.73 0.01 off' : '- 0.01'}`);
  });

  it('loses no cent of a bill', () => {
    const rows = ['BoxUsage:x', 'EBS:VolumeUsage.gp3', 'EBS:SnapshotUsage', 'NatGateway-Hours', 'DataTransfer-Out-Bytes', 'Unheard'].map(
      (what) => spent(what, '0.01'),
    );
    const actual = compareWithBill(report, rows, period, ['aws']);
    expect(actual.lines.reduce((all, { spent: usd }) => all.plus(usd ?? '0'), new Big('0')).toFixed(2)).toBe('0.06');
    expect(actual.spent.get('aws')?.toFixed(2)).toBe('0.06');
    expect(
      actual.lines
        .filter(({ spent: usd }) => usd?.eq('0.01'))
        .map(({ component }) => component)
        .sort(),
    ).toEqual(['EC2 - Other', 'NAT', 'disks', 'machines', 'snapshots', 'traffic'].sort());
  });
});
