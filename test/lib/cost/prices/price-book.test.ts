import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Provider } from '../../../../lib/cost/component.ts';
import { parseExchangeRate } from '../../../../lib/cost/prices/exchange-rate.ts';
import type { Price } from '../../../../lib/cost/prices/price.ts';
import { keyText, PriceBookError, parseBook } from '../../../../lib/cost/prices/price-book.ts';
import { type BookFile, bookFiles, providers } from '../../../../lib/cost/prices/price-book-schema.ts';
import { sustainedUse } from '../../../../lib/cost/prices/sustained-use.ts';
import { Big } from '../../../../lib/values/decimal.ts';
import { committedFiles } from '../committed-book.ts';

const committed = committedFiles();
const book = parseBook(committed);

describe('the committed book', () => {
  it('is as the writer writes it', () => {
    expect(new Map(bookFiles(book.prices).map(({ name, text }) => [name, text]))).toEqual(
      new Map(committed.map(({ name, text }) => [name, text])),
    );
  });

  it.each([
    ['aws', 'ec2', 'ap-northeast-2', 'm7g.large', '0.1003'],
    ['aws', 'ec2', 'us-east-1', 'm7g.large', '0.0816'],
    ['aws', 'ebs', 'ap-northeast-2', 'gp3 storage', '0.0912'],
    ['aws', 'cloudfront', 'asia-edge', 'data out', '0.12'],
    ['gcp', 'compute', 'asia-northeast3', 'n1-standard-2', '0.1218785'],
    ['gcp', 'gpu', 'asia-northeast3', 'NVIDIA T4', '0.37'],
    ['runpod', 'serverless', 'global', '24 GB (L4, A5000, 3090) flex', '0.00019'],
    ['anthropic', 'llm', 'global', 'Claude Haiku 4.5 output', '5'],
  ] as const)('has %s %s %s %s', (provider, service, region, item, usd) => {
    expect(book.find({ provider, service, region, item })?.tiers[0]?.usd.toFixed()).toBe(usd);
  });

  it('has the tiers of traffic and what is free before the first', () => {
    const out = book.find({ provider: 'aws', service: 'transfer', region: 'ap-northeast-2', item: 'internet out' });
    expect(out?.tiers.map(({ from, usd }) => `${from} ${usd}`)).toEqual(['0 0.126', '10240 0.122', '51200 0.117', '153600 0.108']);
    expect(out).toMatchObject({ free: Big('100'), pool: 'aws internet out' });
  });

  it('reckons whole N1 machines as cores and memory', () => {
    for (const region of ['asia-northeast3', 'us-central1']) {
      const usd = (item: string) => book.find({ provider: 'gcp', service: 'compute', region, item })?.tiers[0]?.usd ?? Big('0');
      const reckoned = usd('N1 predefined core').times('2').plus(usd('N1 predefined RAM').times('7.5'));
      expect(usd('n1-standard-2').toFixed()).toBe(reckoned.toFixed());
    }
  });

  it('knows nothing of a price that is not in it', () => {
    expect(book.find({ provider: 'aws', service: 'ec2', region: 'eu-west-1', item: 'm7g.large' })).toBeUndefined();
    expect(book.find({ provider: 'aws', service: 'ec2', region: 'ap-northeast-2', item: 'm99.large' })).toBeUndefined();
  });

  it('is as new as its newest price', () => expect(book.asOf).toMatch(/^2026-/));
});

const price = { service: 'ec2', item: 'm7g.large', unit: 'hour', usd: '0.1003', asOf: '2026-10', confidence: 'high', source: 'a list' };
const file = (prices: readonly object[], head: object = {}): BookFile => ({
  name: 'aws/x.json',
  text: JSON.stringify({ version: 1, provider: 'aws', region: 'x', prices, ...head }),
});

describe('a wrong file', () => {
  it.each([
    ['cut off', { name: 'aws/x.json', text: file([price]).text.slice(0, -9) }, '', /is not complete JSON .*cut off/],
    ['of a newer version', file([price], { version: 2 }), 'version', /^2 is not a version that this dojang reads \(1\)/],
    ['with a negative price', file([{ ...price, usd: '-0.1' }]), 'prices[0].usd', /^-0\.1 is negative/],
    ['with a number for a price', file([{ ...price, usd: 0.1003 }]), 'prices[0].usd', /^0\.1003 must be text like "0\.1003"/],
    ['with words for a price', file([{ ...price, usd: 'a lot' }]), 'prices[0].usd', /^"a lot" is not an amount/],
    ['without a price', file([{ ...price, usd: undefined }]), 'prices[0]', /needs either usd or tiers/],
    ['with an unknown unit', file([{ ...price, unit: 'fortnight' }]), 'prices[0].unit', /invalid option/],
    ['with an unknown field', file([{ ...price, cheap: true }]), 'prices[0]', /unknown: cheap/],
    ['of an unknown provider', file([price], { provider: 'azure' }), 'provider', /invalid option/],
    ['with a wrong date', file([{ ...price, asOf: 'last week' }]), 'prices[0].asOf', /^"last week" is not a year, month or day/],
    ['with tiers that do not begin at 0', file([tiered(['5', '1'])]), 'prices[0].tiers', /must begin at "0" and grow/],
    ['with tiers that shrink', file([tiered(['0', '1'], ['9', '1'], ['8', '1'])]), 'prices[0].tiers', /must begin at "0" and grow/],
    ['with one price twice', file([price, price]), '', /aws ec2 x m7g\.large is there twice, first in aws\/x\.json/],
  ])('%s says so', (_, wrong, path, message) => {
    const [fault] = faultsOf([wrong]);
    expect(fault).toMatchObject({ file: 'aws/x.json', path, message: expect.stringMatching(message) });
  });

  it('has all its faults reported at once, of all files', () => {
    const other = { name: 'aws/y.json', text: '{' };
    const faults = faultsOf([
      file([
        { ...price, usd: '-1' },
        { ...price, item: 'other', unit: 'x' },
      ]),
      other,
    ]);
    expect(faults.map((fault) => `${fault.file} ${fault.path}`)).toEqual([
      'aws/x.json prices[0].usd',
      'aws/x.json prices[1].unit',
      'aws/y.json ',
    ]);
  });
});

function tiered(...tiers: readonly (readonly [string, string])[]): object {
  return { ...price, usd: undefined, tiers: tiers.map(([from, usd]) => ({ from, usd })) };
}

function faultsOf(files: readonly BookFile[]) {
  try {
    parseBook(files);
  } catch (error) {
    if (error instanceof PriceBookError) return error.faults;
  }
  throw new Error('no fault was found');
}

const amount = fc
  .tuple(fc.nat(10 ** 9), fc.integer({ min: 0, max: 12 }))
  .map(([digits, places]) => Big(digits.toString()).times(Big('0.1').pow(places)));
const anyPrice: fc.Arbitrary<Price> = fc
  .record({
    provider: fc.constantFrom(...(providers as readonly Provider[])),
    service: fc.stringMatching(/^[a-z]{1,8}$/),
    region: fc.stringMatching(/^[a-z]{1,8}-[0-9]$/),
    item: fc.string({ minLength: 1 }),
    unit: fc.constantFrom('hour' as const, 'gb' as const),
    steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 10 ** 6 }), amount), { maxLength: 4 }),
    first: amount,
    free: fc.option(amount, { nil: undefined }),
    asOf: fc.constantFrom('unknown', '2026', '2026-07', '2026-10-01'),
    source: fc.string({ minLength: 1 }),
    confidence: fc.constantFrom('high' as const, 'low' as const),
  })
  .map(({ steps, first, free, ...rest }) => {
    let from = Big('0');
    const later = steps.map(([step, usd]) => {
      from = from.plus(step.toString());
      return { from, usd };
    });
    return { ...rest, tiers: [{ from: Big('0'), usd: first }, ...later], ...(free && { free, pool: 'p' }) };
  });

it('a book that was written is read back exactly', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyPrice, { selector: keyText, maxLength: 20 }), (prices) => {
      const read = parseBook(bookFiles(prices));
      expect(read.prices.length).toBe(prices.length);
      for (const one of prices) expect(plain(read.find(one))).toEqual(plain(one));
    }),
  );
});

const plain = (one: Price | undefined): unknown => JSON.parse(JSON.stringify(one));

it('a price is only certain when its allowance was read too', () => {
  const certain = parseBook(committedFiles()).prices.filter(({ free, confidence }) => free && confidence === 'high');
  expect(certain.map((one) => keyText(one)).toSorted()).toEqual(['gcp egress us-central1 internet, premium tier']);
});

describe('sustained use', () => {
  it.each([
    ['n1', '-0.3'],
    ['NVIDIA T4', '-0.3'],
    ['n2', '-0.2'],
    ['g2', '0'],
  ])('takes %s %s off a full month', (what, share) => expect(sustainedUse(what)?.share.toFixed()).toBe(share));

  it('agrees with its own bands, to the digit that is published', () => {
    for (const what of ['n1', 'n2', 'e2', 'NVIDIA T4']) {
      const rule = sustainedUse(what);
      const mean = rule?.bands.reduce((sum, band) => sum.plus(band), Big('0')).div('4');
      expect(mean?.toFixed(2)).toBe(rule?.fullMonth.toFixed(2));
    }
  });

  it('does not guess for an unknown family', () => expect(sustainedUse('c3')).toBeUndefined());
});

describe('the exchange rate', () => {
  const written = { version: 1, krwPerUsd: '1359.15', asOf: '2026-09-15', source: 'x', confidence: 'low' };
  const read = (rate: object) => parseExchangeRate({ name: 'exchange.json', text: JSON.stringify(rate) });

  it('is of a day', () => expect(read(written)).toMatchObject({ krwPerUsd: Big('1359.15'), asOf: '2026-09-15' }));
  it.each(['0', '-1', 1359])('is not %j', (krwPerUsd) => expect(() => read({ ...written, krwPerUsd })).toThrow('krwPerUsd'));
});
