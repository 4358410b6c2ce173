import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Price } from '../../../../../lib/cost/prices/price.ts';
import { keyText, parseBook } from '../../../../../lib/cost/prices/price-book.ts';
import { type Candidate, scopeText } from '../../../../../lib/cost/prices/refresh/published-price.ts';
import { refreshOf } from '../../../../../lib/cost/prices/refresh/refresh.ts';
import { stalePrices } from '../../../../../lib/cost/prices/refresh/stale-prices.ts';
import { Big } from '../../../../../lib/values/decimal.ts';
import { committedFiles } from '../../committed-book.ts';

const book = parseBook(committedFiles());
const m7g = priceOf('aws ec2 ap-northeast-2 m7g.large');

describe('a refresh', () => {
  it('confirms what is the same and renews only its date, source and SKU', () => {
    const { changes, confirmed, prices } = refreshOf(book, [read(candidate(m7g, '0.1003'))]);
    expect(changes).toEqual([]);
    expect(confirmed).toMatchObject([{ item: 'm7g.large', asOf: '2026-11-01', sku: 'SKU', confidence: 'high' }]);
    expect(prices.length).toBe(book.prices.length);
  });

  it.each([
    ['0.1100', undefined],
    ['0.1203', undefined],
    ['0.1204', 'the price changes by more than 20 %'],
    ['0.0802', 'the price changes by more than 20 %'],
    ['0', 'it would be free'],
    ['-0.1', 'the price is negative'],
  ])('to %s asks: %s', (usd, asks) => {
    const [change] = refreshOf(book, [read(candidate(m7g, usd))]).changes;
    expect(change?.asks).toBe(asks);
  });

  it('asks when the unit is another, or a later tier jumps', () => {
    const traffic = priceOf('aws transfer ap-northeast-2 internet out');
    const tiers = traffic.tiers.map((tier, at) => (at === 2 ? { ...tier, usd: tier.usd.times('2') } : tier));
    const { changes } = refreshOf(book, [read({ ...candidate(m7g, '0.1003'), unit: 'second' }, { ...candidate(traffic, '0'), tiers })]);
    expect(changes.map(({ asks }) => asks)).toEqual([
      'it was sold by hour and now by second',
      'the price of a tier changes by more than 20 %',
    ]);
  });

  it.each([
    ['a tier is gone', ['0', '10240', '51200'], 'its tiers began at 0, 10240, 51200, 153600 and now at 0, 10240, 51200'],
    [
      'a tier begins elsewhere',
      ['0', '10240', '99999', '153600'],
      'its tiers began at 0, 10240, 51200, 153600 and now at 0, 10240, 99999, 153600',
    ],
    ['all are one', ['0'], 'its tiers began at 0, 10240, 51200, 153600 and now at 0'],
  ])('asks when %s, though each price is the same', (_, begin, asks) => {
    const traffic = priceOf('aws transfer ap-northeast-2 internet out');
    const tiers = begin.map((from, at) => ({ from: Big(from), usd: traffic.tiers[at]?.usd ?? Big('0') }));
    expect(refreshOf(book, [read({ ...candidate(traffic, '0'), tiers })]).changes).toMatchObject([{ asks }]);
  });

  it.each([
    ['0.0803', undefined],
    ['0.0802', 'the price of a tier changes by more than 20 %'],
    ['100', 'the price of a tier changes by more than 20 %'],
  ])('to a second tier of %s asks: %s', (usd, asks) => {
    const tiers = [
      { from: Big('0'), usd: Big('0.1003') },
      { from: Big('1'), usd: Big(usd) },
    ];
    expect(refreshOf(book, [read({ ...candidate(m7g, '0'), tiers })]).changes.map((change) => change.asks)).toEqual([asks]);
  });

  it('keeps the allowance that the list does not have, with its doubt and the note', () => {
    const traffic = priceOf('aws transfer ap-northeast-2 internet out');
    const { confirmed } = refreshOf(book, [read({ ...candidate(traffic, '0'), tiers: traffic.tiers })]);
    expect(confirmed).toMatchObject([{ free: Big('100'), pool: 'aws internet out', confidence: 'medium', note: traffic.note }]);
    expect(traffic.note).toContain('100 GB');
  });

  it('takes neither of two prices for one name, and one of two SKUs with the same price', () => {
    const twice = [candidate(m7g, '0.11'), { ...candidate(m7g, '0.12'), sku: 'OTHER' }];
    const { changes, refused } = refreshOf(book, [read(...twice)]);
    expect(changes).toEqual([]);
    expect(refused).toMatchObject([{ reason: 'is there at different prices: SKU 0.11, OTHER 0.12' }]);
    expect(refreshOf(book, [read(candidate(m7g, '0.11'), candidate(m7g, '0.11'))]).changes.length).toBe(1);
  });

  it('reports which prices the list should have had', () => {
    const core = priceOf('gcp compute us-central1 N1 predefined core');
    const { missing } = refreshOf(book, [read(candidate(core, '0.031611'))]);
    expect(missing.map(({ item }) => item)).toEqual([
      'N1 predefined RAM',
      'g2-standard-4 (with one L4)',
      'g2-standard-4 spot',
      'n1-standard-2 spot',
    ]);
  });

  it('reckons whole N1 machines anew from cores and memory', () => {
    const core = priceOf('gcp compute asia-northeast3 N1 predefined core');
    const { prices, changes } = refreshOf(book, [read(candidate(core, '0.05'))]);
    expect(changes.map(({ after, asks }) => [after.item, asks])).toEqual([
      ['N1 predefined core', 'the price changes by more than 20 %'],
      ...['1', '2', '4', '8'].map((cores) => [`n1-standard-${cores}`, undefined]),
    ]);
    const find = (region: string) =>
      prices.find((price) => price.region === region && price.item === 'n1-standard-2')?.tiers[0]?.usd.toFixed();
    expect(find('asia-northeast3')).toBe(Big('0.05').times('2').plus(Big('0.005419').times('7.5')).toFixed());
    expect(find('us-central1')).toBe('0.0949995');
  });

  it('changes the prices that the list has and no other, whatever the list', () => {
    const priced = fc.uniqueArray(
      fc.tuple(fc.constantFrom(...book.prices.filter((price) => !/^n1-/.test(price.item))), fc.integer({ min: 1, max: 10 ** 6 })),
      {
        selector: ([price]) => keyText(price),
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(priced, (list) => {
        const fresh = list.map(([price, millionths]) => candidate(price, Big(millionths.toString()).times('0.000001').toFixed()));
        const { prices, changes, confirmed } = refreshOf(book, [read(...fresh)]);
        const reported = [...changes.map((change) => change.after), ...confirmed];
        expect(reported.filter((price) => !/^n1-/.test(price.item)).length).toBe(fresh.length);
        const reportedNow = new Map(reported.map((price) => [keyText(price), price]));
        for (const price of prices) expect(book.find(price) === price || reportedNow.get(keyText(price)) === price).toBe(true);
        const after = new Map(prices.map((price) => [keyText(price), price]));
        for (const { key, tiers } of fresh) expect(after.get(keyText(key))?.tiers).toEqual(tiers);
        const touched = new Set(fresh.map(({ key }) => keyText(key)));
        const untouched = book.prices.filter((price) => !touched.has(keyText(price)) && !/^n1-/.test(price.item));
        for (const price of untouched) expect(after.get(keyText(price))).toBe(price);
      }),
    );
  });
});

describe('weak prices', () => {
  const with_ = (changes: Partial<Price>): Price => ({ ...m7g, asOf: '2026-11', confidence: 'high', ...changes });
  const reasons = (price: Price) =>
    stalePrices({ prices: [price], asOf: '', find: () => undefined }, '2026-11-21', 6).flatMap((weak) => weak.reasons);

  it.each([
    [{}, []],
    [{ asOf: '2026-05' }, []],
    [{ asOf: '2026-04-30' }, ['7 months old']],
    [{ asOf: '2026' }, ['10 months old']],
    [{ asOf: 'unknown' }, ['unknown date']],
    [{ confidence: 'low' as const, asOf: '2022-05' }, ['low confidence', '54 months old']],
  ])('%j: %j', (changes, expected) => expect(reasons(with_(changes))).toEqual(expected));
});

function priceOf(text: string): Price {
  const price = book.prices.find((one) => keyText(one) === text);
  if (!price) throw new Error(`no price ${text}`);
  return price;
}

function candidate(price: Price, usd: string): Candidate {
  const { provider, service, region, item, unit } = price;
  return {
    key: { provider, service, region, item },
    unit,
    tiers: [{ from: Big('0'), usd: Big(usd) }],
    sku: 'SKU',
    asOf: '2026-11-01',
    source: 'a list',
  };
}

function read(...candidates: readonly Candidate[]) {
  return { candidates, refused: [], scopes: [...new Set(candidates.map(({ key }) => scopeText(key)))] };
}
