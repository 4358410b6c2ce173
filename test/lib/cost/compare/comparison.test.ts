/** The figures of the source documents, derived from their inputs and from the committed price book. */
import { describe, expect, it } from 'vitest';
import { bookOf } from '../../../../lib/cost/book.ts';
import { comparison } from '../../../../lib/cost/compare/comparison.ts';
import { shown } from '../../../../lib/cost/compare/reckon.ts';
import { costOf } from '../../../../lib/cost/engine.ts';
import type { PriceBook } from '../../../../lib/cost/price.ts';
import { billedOf } from '../../../../lib/cost/sources/inventory.ts';
import { serviceUsage } from '../../../../lib/cost/traffic.ts';
import { parseInventory } from '../../../../lib/inventory/parse.ts';
import { Big } from '../../../../lib/values/decimal.ts';
import prod from '../../../../plans/prod.json' with { type: 'json' };
import { readExchangeRate, readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';

const resources = billedOf(parseInventory(JSON.stringify(prod), 'plans/prod.json'));
const rate = readExchangeRate();

function compared(book: PriceBook) {
  return comparison(costOf(resources, book, serviceUsage(), rate), book, rate);
}

const book = readPriceBook();
const { sections, vendors, loads, bill } = compared(book);
/** Stated, derived and today's by section and subject. */
const figures = new Map(
  sections.flatMap(({ title, figures: its }) =>
    its.map(({ subject, stated, verdict, derived, today }) => [
      `${title.split(': ')[1]}: ${subject}`,
      `${stated} ${verdict} ${shown(derived?.value)} ${shown(today?.value)}`,
    ]),
  ),
);

describe('a figure of a document', () => {
  it.each([
    ['machines: m7g.large', '59 follows 58.75 73.22'],
    ['machines: g5g.xlarge', '372 follows 371.95 377.12'],
    ['machines: g4dn.xlarge', '465 follows 465.84 472.31'],
    ['machines: n1-standard-2', '89 follows 88.97 62.28'],
    ['machines: NVIDIA T4', '270 follows 270.10 189.07'],
    ['machines: GPU machine', '359 follows 359.07 251.35'],
    ['credits over 12 weeks: AWS alone, USD a month', '430 follows 430.70 450.34'],
    ['credits over 12 weeks: of 700 USD in 4 weeks, %', '60 follows 61.43 59.22'],
    ['credits over 12 weeks: AWS alone empty in week', '8 follows 6.51 6.75'],
    ['credits over 12 weeks: saved by 30 % off at night, %', '30 follows 30.00 18.57'],
    ['option A, one machine: t4g.xlarge', '98 follows 98.11 121.47'],
    ['option A, one machine: gp3 100 GB', '11 follows 11.40 9.12'],
    ['option A, one machine: sum', '110 follows 110.00 134.24'],
    ['option B, split, public subnet: db.t4g.micro PostgreSQL', '15 does not follow 13.98 18.25'],
    ['option B, split, public subnet: sum', '47 follows 47.00 62.19'],
    ['option C, split, private subnets: ALB', '18 follows 18.25 16.43'],
    ['option C, split, private subnets: NAT gateway', '35 does not follow 32.85 43.07'],
    ['option C, split, private subnets: sum', '102 follows 102.00 126.51'],
    ['GPU: g4dn.xlarge, USD a month', '380 follows 378.72 472.31'],
    ['GPU: flex, USD an hour', '0.68 follows 0.68 0.68'],
    ['GPU: active, USD an hour', '0.47 follows 0.47 0.47'],
    ['GPU: active saves, %, 20 to', '30 does not follow 31.58 -'],
    ['GPU: GPU seconds a month', '4500 follows 4500.00 12000.00'],
    ['GPU: flex, USD a month', '0.9 follows 0.86 2.28'],
    ['100 at once on 150 USD: concurrent waiters', '100 follows 100.00 -'],
  ])('%s: %s', (subject, said) => expect(figures.get(subject)).toBe(said));

  it('whose price belongs elsewhere says so', () => {
    const off = sections.flatMap(({ figures: its }) => its.flatMap((each) => each.off));
    expect(off).toContain('0.0816 is the price of c7g.large in ap-northeast-2 and of m7g.large in us-east-1; the service is in Seoul');
    expect(off).toContain('it is the price of gp2 storage in ap-northeast-2');
    expect(off).toContain('it is the price of classic load balancer in us-east-1');
  });
});

describe('the comparison', () => {
  it('has ten vendors, and unknown prices stay unknown', () => {
    expect(vendors.map(({ name, owed }) => `${name} ${shown(owed)}`)).toEqual([
      'GCP 394.14',
      'AWS 341.47',
      'RunPod 777.84',
      'Azure -',
      'NHN Cloud 1015.95',
      'KT Cloud 10159.45',
      'NCP 1015.95',
      'Elice Cloud 487.65',
      'Oracle Cloud -',
      'Gabia 388.84',
    ]);
  });

  it('shows from which load on a machine is cheaper than seconds', () => {
    const row = (index: number) => [...(loads[index]?.choices.values() ?? [])].map(shown);
    expect(row(0)).toEqual(['0.86', '341.64', '472.31', '251.35', '15.00']);
    expect(row(3)).toEqual(['499.32', '341.64', '472.31', '251.35', '8760.00']);
  });

  it('has the true bill, and its parts are the whole', () => {
    const counted = bill.total.minus(bill.leftOut).minus(bill.discounts);
    const known = bill.lines.filter(
      ({ line }) => line.price.item === 'm7g.large' || (/^(compute|gpu)$/.test(line.price.service) && !line.share),
    );
    expect(counted.toFixed(6)).toBe(known.reduce((all, { line }) => all.plus(line.amount ?? '0'), new Big('0')).toFixed(6));
    expect(bill.stated.toFixed()).toBe('418');
  });

  it('says nothing of a price that is gone', () => {
    const without = bookOf(book.prices.filter(({ item, region }) => !(item === 'm7g.large' && region === 'ap-northeast-2')));
    const [machines] = compared(without).sections;
    expect(machines?.figures[0]).toMatchObject({ subject: 'm7g.large', verdict: 'follows', today: { value: undefined } });
  });
});
