/** What things cost: lines, tiers, allowances, and everything unknown. */
import { expect, it } from 'vitest';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import type { CostReport } from '../../../../lib/cost/estimate/report.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { big, book, price, resource, usage } from '../books.ts';
import { day } from '../day.ts';

const gp3 = price('aws ebs ap-northeast-2', 'gp3 storage', 'gb-month', { usd: '0.0912' });
const volume = (size: number, id = 'Data') => resource('AWS::EC2::Volume', { Size: size, VolumeType: 'gp3' }, { id });
const bucket = (id: string) => resource('AWS::S3::Bucket', {}, { id });

it('multiplies exactly', () => {
  const report = estimateCost([volume(50)], book(gp3), noUsage, day);
  expect(amounts(report)).toEqual({ 'Data Storage': '4.56' });
  expect(report.total.toFixed()).toBe('4.56');
});

it('never loses a part of a cent in a sum of many', () => {
  const report = estimateCost(
    Array.from({ length: 3000 }, (_, index) => volume(1, `Data${index}`)),
    book(gp3),
    noUsage,
    day,
  );
  expect(report.total.toFixed()).toBe('273.6');
});

it('lets an account grow through the tiers of a price', () => {
  const stored = price('aws s3 ap-northeast-2', 'Standard', 'gb-month', {
    tiers: [
      ['0', '0.025'],
      ['100', '0.02'],
      ['200', '0.01'],
    ],
  });
  const together = usage({ 'AWS::S3::Bucket.stored-gb': '240' });
  const report = estimateCost([bucket('A'), bucket('B'), bucket('C')], book(stored), together, day);
  expect(amounts(report)).toMatchObject({ 'A Storage': '2', 'B Storage': '1.7', 'C Storage': '1.2' });
});

it('gives an allowance once to the whole account, also across regions and prices of its pool', () => {
  const out = (region: string) =>
    price(`aws transfer ${region}`, 'internet out', 'gb', { usd: '0.1', free: '100', pool: 'aws internet out' });
  const machine = (region: string) => resource('AWS::EC2::Instance', { InstanceType: 'm7g.large' }, { region, id: region });
  const report = estimateCost(
    [machine('ap-northeast-2'), machine('us-east-1')],
    book(out('ap-northeast-2'), out('us-east-1')),
    usage({ 'AWS::EC2::Instance.internet-out-gb': '140' }),
    day,
  );
  expect(amounts(report)).toMatchObject({ 'ap-northeast-2 Internet traffic out': '0', 'us-east-1 Internet traffic out': '4' });
});

it('takes a usage entry of the one resource before that of its type', () => {
  const stored = price('aws s3 ap-northeast-2', 'Standard', 'gb-month', { usd: '1' });
  const report = estimateCost(
    [bucket('A'), bucket('B')],
    book(stored),
    usage({ 'AWS::S3::Bucket.stored-gb': '2', 'stack/B.stored-gb': '5' }),
    day,
  );
  expect(amounts(report)).toMatchObject({ 'A Storage': '2', 'B Storage': '5' });
  expect(report.resources[1]?.lines[0]?.basis).toEqual({ usage: 'stack/B.stored-gb' });
});

it('gives back a share of a price as a line of its own', () => {
  const core = price('gcp compute asia-northeast3', 'N1 predefined core', 'hour', { usd: '0.040618' });
  const machine = resource('gcp:compute/instance:Instance', { machineType: 'n1-standard-2' });
  expect(amounts(estimateCost([machine], book(core), noUsage, day))).toMatchObject({
    'It Cores': '59.30228',
    'It Sustained use of cores': '-17.790684',
  });
});

it('says why a line has no amount, and leaves it out of the total', () => {
  const report = estimateCost(
    [volume(50), volume(10, 'Other'), { ...volume(1, 'Far'), region: 'eu-west-9' }, resource('AWS::EC2::Volume', {}, { id: 'Sizeless' })],
    book(gp3),
    noUsage,
    day,
  );
  const [, , far] = report.resources;
  expect(far?.amount.toFixed()).toBe('0');
  expect(far?.lines[0]?.amount).toBeUndefined();
  expect(report.total.toFixed()).toBe('5.472');
  expect(report.unknown.map(({ resource: { id }, reason }) => `${id}: ${reason}`)).toEqual([
    'Far: no prices of region eu-west-9 in the book; it has ap-northeast-2',
    'Sizeless: Size is not given',
  ]);
});

it('names a price that the book lacks, and a usage that was not given', () => {
  const report = estimateCost([resource('AWS::EC2::Instance', { InstanceType: 'm9g.huge' })], book(gp3), noUsage, day);
  expect(report.unknown.map(({ reason }) => reason)).toEqual([
    'no price of aws ec2 m9g.huge in ap-northeast-2',
    'the size of the root disk is what the image says',
    'the usage file does not say AWS::EC2::Instance.internet-out-gb',
    'it names no subnet, and that of a default VPC gives an address unless it was changed',
  ]);
});

it('refuses to multiply hours with a price by the month', () => {
  const wrong = price('aws ebs ap-northeast-2', 'gp3 storage', 'hour');
  expect(estimateCost([volume(1)], book(wrong), noUsage, day).unknown.map(({ reason }) => reason)).toEqual([
    'is counted by gb-month, and its price is by hour',
  ]);
});

it('distinguishes free types, free settings and unknown types', () => {
  const report = estimateCost(
    [
      resource('AWS::IAM::Role', {}, { id: 'Role' }),
      resource('AWS::SSM::Parameter', { Tier: 'Standard' }, { id: 'Parameter' }),
      resource('AWS::Quantum::Computer', {}, { id: 'Quantum' }),
      volume(1),
    ],
    book(gp3),
    noUsage,
    day,
  );
  expect(report.resources.map(({ known }) => known)).toEqual([
    { as: 'free', reason: 'IAM is not billed' },
    { as: 'free', reason: 'standard parameters are free of charge' },
    { as: 'unsupported' },
    { as: 'billed' },
  ]);
  expect(report.unknown.map(({ reason }) => reason)).toEqual(['no cost model for AWS::Quantum::Computer']);
});

it('refuses a quantity below nothing and names the resource', () => {
  expect(() => estimateCost([volume(-5)], book(gp3), noUsage, day)).toThrow('stack/Data (AWS::EC2::Volume) has -5 gb-month of Storage');
});

it('answers the rate it was given', () => {
  const rate = { krwPerUsd: big('1400'), asOf: '2026-11-20', source: 'a test' };
  expect(estimateCost([], book(), noUsage, day, rate)).toMatchObject({ rate, resources: [], unknown: [] });
});

/** Amounts of the lines by resource and name. */
function amounts({ resources }: CostReport): Record<string, string | undefined> {
  return Object.fromEntries(
    resources.flatMap(({ resource: { id }, lines }) => lines.map(({ name, amount }) => [`${id} ${name}`, amount?.toFixed()])),
  );
}
