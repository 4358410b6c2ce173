/** Totals never lose a cent, for thousands of generated plans. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sum } from '../../../../lib/cost/decimal.ts';
import { costDifference } from '../../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import type { CostReport } from '../../../../lib/cost/estimate/report.ts';
import { createTierMeter } from '../../../../lib/cost/estimate/tier-meter.ts';
import type { Price } from '../../../../lib/cost/prices/price.ts';
import { createPriceBook, keyText } from '../../../../lib/cost/prices/price-book.ts';
import { Big } from '../../../../lib/values/decimal.ts';
import { book, price, resource, usage } from '../books.ts';
import { day } from '../day.ts';

const regions = ['ap-northeast-2', 'us-east-1'];
/**
 * Prices with many digits; the second region has no NAT gateway, so that some lines stay unknown.
 */
const prices = book(
  ...regions.flatMap((region, index) => [
    price(`aws ebs ${region}`, 'gp3 storage', 'gb-month', { usd: `0.091${index}7` }),
    price(`aws ebs ${region}`, 'gp3 provisioned IOPS above 3000', 'iops-month', { usd: `0.005${index}1` }),
    price(`aws ec2 ${region}`, 'm7g.large', 'hour', { usd: `0.100${index}39` }),
    price(`aws ec2 ${region}`, 't4g.micro', 'hour', { usd: `0.0104${index}` }),
    price(`aws ipv4 ${region}`, 'public IPv4 address, in use or idle', 'hour', { usd: '0.005' }),
    price(`aws transfer ${region}`, 'internet out', 'gb', {
      tiers: [
        ['0', '0.126'],
        ['1000', '0.1223'],
      ],
      free: '100',
      pool: 'out',
    }),
    price(`aws sqs ${region}`, 'standard queue', 'request-million', { usd: '0.4', free: '1', pool: 'sqs' }),
  ]),
  price('aws nat ap-northeast-2', 'NAT gateway', 'hour', { usd: '0.059' }),
  price('gcp compute asia-northeast3', 'N1 predefined core', 'hour', { usd: '0.040618' }),
  price('gcp compute asia-northeast3', 'N1 predefined RAM', 'gb-hour', { usd: '0.005419' }),
  price('gcp gpu asia-northeast3', 'NVIDIA T4', 'hour', { usd: '0.37' }),
  price('gcp disk asia-northeast3', 'pd-balanced', 'gb-month', { usd: '0.13' }),
  price('gcp egress asia-northeast3', 'internet, premium tier', 'gb', {
    tiers: [
      ['0', '0.19'],
      ['300', '0.15'],
    ],
  }),
  price('runpod serverless global', '24 GB (L4, A5000, 3090) flex', 'second', { usd: '0.00019' }),
  price('runpod serverless global', '24 GB (L4, A5000, 3090) active', 'second', { usd: '0.00013' }),
);

const used = usage({
  'AWS::EC2::Instance.internet-out-gb': '333.3',
  'AWS::SQS::Queue.requests-million': '0.7',
  'gcp:compute/instance:Instance.internet-out-gb': '123.45',
  'runpod:serverless/endpoint:Endpoint.flex-seconds': '4500',
});

const aws = <T>(properties: fc.Arbitrary<T>, type: string) =>
  fc.tuple(fc.constantFrom(...regions), properties).map(([region, its]) => resource(type, its as never, { region }));

const anyResource = fc.oneof(
  aws(
    fc.record({ Size: fc.integer({ min: 1, max: 16384 }), VolumeType: fc.constant('gp3'), Iops: fc.integer({ min: 3000, max: 16000 }) }),
    'AWS::EC2::Volume',
  ),
  aws(fc.record({ InstanceType: fc.constantFrom('m7g.large', 't4g.micro', 'm9g.huge') }), 'AWS::EC2::Instance'),
  aws(fc.record({}), 'AWS::EC2::EIP'),
  aws(fc.record({}), 'AWS::EC2::NatGateway'),
  aws(fc.record({ FifoQueue: fc.boolean() }), 'AWS::SQS::Queue'),
  aws(fc.record({}), 'AWS::IAM::Role'),
  aws(fc.record({}), 'AWS::Quantum::Computer'),
  fc
    .record({
      machineType: fc.constantFrom('n1-standard-1', 'n1-standard-2', 'n1-highmem-8', 'c9-huge'),
      guestAccelerators: fc.array(fc.record({ type: fc.constant('nvidia-tesla-t4'), count: fc.integer({ min: 1, max: 4 }) }), {
        maxLength: 2,
      }),
      bootDisk: fc.record({ initializeParams: fc.record({ size: fc.integer({ min: 10, max: 500 }), type: fc.constant('pd-balanced') }) }),
    })
    .map((properties) => resource('gcp:compute/instance:Instance', properties)),
  fc
    .record({ gpu: fc.constantFrom('24 GB', '999 GB'), workers: fc.record({ active: fc.nat(5), flex: fc.nat(5) }) })
    .map((properties) => resource('runpod:serverless/endpoint:Endpoint', properties)),
);

/** Plans whose resources have names of their own. */
const anyPlan = fc.array(anyResource, { maxLength: 12 }).map((resources) => resources.map((it, index) => ({ ...it, id: `R${index}` })));

it('the total is the sum of its lines, of its resources and of its providers', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const report = estimateCost(plan, prices, used, day);
      const ofLines = sum(report.resources.flatMap(({ lines }) => lines.flatMap(({ amount }) => amount ?? [])));
      const ofResources = sum(report.resources.map(({ amount }) => amount));
      const ofProviders = sum(report.byProvider.values());
      expect([ofLines, ofResources, ofProviders].map(String)).toEqual(Array(3).fill(String(report.total)));
    }),
    { numRuns: 3000 },
  );
});

it('every resource is priced, free, or reported as unknown', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const { resources, unknown } = estimateCost(plan, prices, used, day);
      const open = resources.flatMap(({ lines }) => lines).filter(({ amount }) => amount === undefined).length;
      const unsupported = resources.filter(({ known }) => known.as === 'unsupported').length;
      expect(unknown.length).toBe(open + unsupported);
      expect(resources.every(({ known, lines }) => known.as !== 'billed' || lines.length > 0)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('a price that changes changes the total by quantity x difference, and nothing else', () => {
  const flat = prices.prices.filter(({ tiers, free }) => tiers.length === 1 && !free);
  fc.assert(
    fc.property(anyPlan, fc.constantFrom(...flat), fc.integer({ min: 1, max: 999_999 }), (plan, changed, millionths) => {
      const by = new Big(String(millionths)).div('1000000');
      const [before, after] = [estimateCost(plan, prices, used, day), estimateCost(plan, dearer(changed, by), used, day)];
      const lines = before.resources.flatMap((cost) => cost.lines).filter(({ found }) => found && keyText(found) === keyText(changed));
      const expected = sum(lines.map(({ quantity = new Big('0'), share = new Big('1') }) => quantity.times(share).times(by)));
      expect(after.total.minus(before.total).toFixed()).toBe(expected.toFixed());
      expect(costDifference(before, after).lines.every(({ after: line }) => line?.found && keyText(line.found) === keyText(changed))).toBe(
        true,
      );
    }),
    { numRuns: 2000 },
  );
});

it('a difference is the sum of its lines, and reversed is its opposite', () => {
  fc.assert(
    fc.property(anyPlan, anyPlan, (one, other) => {
      const [before, after] = [estimateCost(one, prices, used, day), estimateCost(other, prices, used, day)];
      const [there, back] = [costDifference(before, after), costDifference(after, before)];
      const known = there.lines.filter(({ change }) => change !== undefined);
      const lost = there.lines.filter(({ change }) => change === undefined);
      const ofUnknown = lost.map((line) => amountOf(line.after).minus(amountOf(line.before)));
      expect(sum([...known.map(({ change }) => change as Big), ...ofUnknown]).toFixed()).toBe(there.change.toFixed());
      expect(back.change.toFixed()).toBe(there.change.times('-1').toFixed());
      expect(costDifference(before, before)).toMatchObject({ lines: [] });
    }),
    { numRuns: 1000 },
  );
});

it('tiers and allowances give the same total in whatever pieces a quantity is paid', () => {
  const tiered = price('aws s3 x', 'y', 'gb', {
    tiers: [
      ['0', '0.1'],
      ['50', '0.07'],
      ['120', '0.03'],
    ],
    free: '20',
  });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 8 }), (pieces) => {
      const quantities = pieces.map((each) => new Big(String(each)).div('1000'));
      const account = createTierMeter();
      const inPieces = sum(quantities.map((each) => account.pay(tiered, each)));
      expect(inPieces.toFixed()).toBe(createTierMeter().pay(tiered, sum(quantities)).toFixed());
      expect(inPieces.toFixed()).toBe(byHand(sum(quantities)).toFixed());
    }),
    { numRuns: 2000 },
  );
});

/** The same tiers, written out. */
function byHand(quantity: Big): Big {
  const billed = atLeastZero(quantity.minus('20'));
  const [second, third] = [atLeastZero(billed.minus('50')), atLeastZero(billed.minus('120'))];
  return billed.times('0.1').minus(second.times('0.03')).minus(third.times('0.04'));
}

function atLeastZero(value: Big): Big {
  return value.lt('0') ? new Big('0') : value;
}

/** The book with one price raised. */
function dearer(changed: Price, by: Big) {
  return createPriceBook(
    prices.prices.map((each) =>
      keyText(each) === keyText(changed) ? { ...each, tiers: each.tiers.map(({ from, usd }) => ({ from, usd: usd.plus(by) })) } : each,
    ),
  );
}

function amountOf(line: CostReport['resources'][number]['lines'][number] | undefined): Big {
  return line?.amount ?? new Big('0');
}
