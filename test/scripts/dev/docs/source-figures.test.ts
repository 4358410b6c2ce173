/**
 * The figures of the source documents, derived from their inputs and from the committed price book.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { serviceUsage } from '../../../../lib/cost/estimate/traffic.ts';
import type { PriceBook } from '../../../../lib/cost/prices/price.ts';
import { createPriceBook } from '../../../../lib/cost/prices/price-book.ts';
import { billedOf } from '../../../../lib/cost/sources/inventory.ts';
import { parseInventory } from '../../../../lib/inventory/parse.ts';
import { Big } from '../../../../lib/values/decimal.ts';
import prod from '../../../../plans/prod.json' with { type: 'json' };
import { currentSourceFigures } from '../../../../scripts/dev/docs/source-figures/current.ts';
import { figure } from '../../../../scripts/dev/docs/source-figures/figures/figure.ts';
import { given, shown, times } from '../../../../scripts/dev/docs/source-figures/figures/reckon.ts';
import { sourceFigures } from '../../../../scripts/dev/docs/source-figures/source-figures.ts';
import { readExchangeRate, readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { root } from '../../../../scripts/io/state.ts';
import { day } from '../../../lib/cost/day.ts';

const resources = billedOf(parseInventory(JSON.stringify(prod), 'plans/prod.json'));
const rate = readExchangeRate();

function compared(book: PriceBook) {
  return sourceFigures(estimateCost(resources, book, serviceUsage(), day, rate), book, rate);
}

const book = readPriceBook();
const { sections, vendors, loads, bill } = compared(book);
/** Stated, derived and today's by section and subject. */
const figures = new Map(
  sections.flatMap(({ title, figures: its }) =>
    its.map(({ subject, stated, verdict, derived, today }) => [
      `${title.split(': ').slice(1).join(': ')}: ${subject}`,
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
    ['credits over 12 weeks: AWS alone empty before week', '8 follows 6.51 6.75'],
    ['credits over 12 weeks: saved by 30 % off at night, %', '30 follows 30.00 18.57'],
    ['option A, one machine: t4g.xlarge', '98 follows 98.11 121.47'],
    ['option A, one machine: gp3 100 GB', '11 does not follow 11.40 9.12'],
    ['option A, one machine: sum', '110 follows 110.00 134.24'],
    ['option B, split, public subnet: db.t4g.micro PostgreSQL', '15 does not follow 18.25 18.25'],
    ['option B, split, public subnet: sum', '47 follows 47.00 62.19'],
    ['option C, split, private subnets: ALB', '18 does not follow 18.25 16.43'],
    ['option C, split, private subnets: NAT gateway', '35 does not follow 32.85 43.07'],
    ['option C, split, private subnets: sum', '102 follows 102.00 126.51'],
    ['GPU: g4dn.xlarge, USD a month', '380 follows 378.72 472.31'],
    ['GPU: flex, USD an hour', '0.68 follows 0.68 0.68'],
    ['GPU: active, USD an hour', '0.47 follows 0.47 0.47'],
    ['GPU: active saves, %, 20 to', '30 does not follow 31.58 -'],
    ['GPU: GPU seconds a month', '4500 follows 4500.00 12000.00'],
    ['GPU: flex, USD a month', '0.9 follows 0.86 2.28'],
    ['100 at once on 150 USD: concurrent waiters', '100 follows 100.00 -'],
    ['100 at once on 150 USD: workers so that place 20 has 10 s', '- nothing to derive it from 7.00 -'],
    ['100 at once on 150 USD: workers so that place 80 has 2 min', '- nothing to derive it from 2.00 -'],
    ['100 at once on 150 USD: workers so that place 100 has 5 min', '- nothing to derive it from 1.00 -'],
    ['sizing: KB of one result in memory', '160 follows 160.00 -'],
    ['sizing: InnoDB buffer pool, GB', '1 nothing to derive it from - -'],
    ['sizing: memory of nginx and the application, GB', '3 nothing to derive it from - -'],
    ['sizing: memory of the machine, GB', '8 does not follow 4.00 -'],
    ['sizing: swap, GB', '4 nothing to derive it from - -'],
    ['sizing: factor of a season, from', '1.3 nothing to derive it from - -'],
    ['sizing: factor of a season, to', '1.5 nothing to derive it from - -'],
    ['sizing: design peak, requests a second', '5 nothing to derive it from - -'],
    ['sizing: a contract is answered within, s', '300 follows 300.00 -'],
    ['100 at once on 150 USD: client waits, s', '300 follows 300.00 -'],
    ['100 at once on 150 USD: client waited before, s', '180 follows 180.00 -'],
    ['remedies: validations of 2,000 credits (pro)', '200 follows 200.00 -'],
    ['requests at once: requests a second at 100 ms', '40 follows 40.00 -'],
    ['requests at once: at once, three instances', '48 follows 48.00 -'],
    ['requests at once: limit of 1,000 requests an hour, each hour', '17 does not follow 16.67 -'],
    ['calls of a model: validate, 1,000 tokens', '0.015 follows 0.015 -'],
    ['calls of a model: question, 3,000 tokens', '0.005 does not follow 0.00375 -'],
    ['calls of a model: a month of 1,000 users, from', '600 does not follow 510.00 -'],
    ['remedies: cheaper model, % saved', '93 follows 93.33 -'],
    ['a month by users: 1,000 users', '1645 follows 1645.00 -'],
    ['a month by users: 1,000 users, optimised', '595 follows 595.00 -'],
    ['revenue at 30 % that buy for 9.99: users to break even', '300 does not follow 13.36 -'],
    ['connections, cache, sessions: connections now', '8 follows 8.00 -'],
    ['users: daily of monthly users, %', '30 follows 30.00 -'],
    ['targets: 99.9 % of a month, minutes down', '43 follows 43.20 -'],
    ['targets: spike, requests/s of 10,000 users', '500 does not follow 200.00 -'],
    ['a month by phase: phase 1, to', '900 follows 900.00 -'],
    ['a month by phase: phase 3, to', '3600 follows 3600.00 -'],
    ['a month by phase: phase 4, to', '12000 follows 12000.00 -'],
  ])('%s: %s', (subject, said) => expect(figures.get(subject)).toBe(said));

  it('whose price belongs elsewhere says so', () => {
    const off = sections.flatMap(({ figures: its }) => its.flatMap((each) => each.off));
    expect(off).toContain('0.0816 is the price of c7g.large in ap-northeast-2 and of m7g.large in us-east-1; the service is in Seoul');
    expect(off).toContain('it is the price of gp2 storage in ap-northeast-2');
    expect(off).toContain('it is the price of classic load balancer in us-east-1');
  });
});

it('a place is answered in time by whole requests: with one worker fewer it is not', () => {
  const { notes } = sections.find(({ title }) => title.includes('100 at once')) ?? { notes: [] };
  expect(notes.join('\n')).toContain('needs 7 workers (with 6 place 20 is answered after 12 s)');
});

describe('a verdict', () => {
  const price = (item: string) => ({ ...given('0.025'), prices: book.prices.filter((each) => each.item === item).slice(0, 1) });

  it('of ✗ always has a reason', () => {
    const wrong = sections.flatMap(({ figures: its }) => its.filter(({ verdict }) => verdict === 'does not follow'));
    expect(wrong.length).toBeGreaterThan(10);
    expect(wrong.filter(({ off }) => off.every((sentence) => sentence.trim() === ''))).toEqual([]);
    expect(figure({ subject: 'x', stated: '5', ways: [times(given('2'), given('3'))] }).off).toEqual([
      'nothing that it says gives 5; the nearest is 2 x 3 = 6.00',
    ]);
  });

  it('of ✓ is the stated figure by its last digit, or says by which step or bound', () => {
    const right = sections.flatMap(({ figures: its }) => its.filter(({ verdict }) => verdict === 'follows'));
    const unsaid = right.filter(({ stated, derived, near }) => {
      const digits = stated.split('.')[1]?.length ?? 0;
      const rounded = ([0, 3] as const).map((way) => derived?.value?.round(digits, way));
      return near === undefined && !rounded.some((each) => each?.eq(stated));
    });
    expect(unsaid.map(({ subject }) => subject)).toEqual([]);
    const said = new Map(right.flatMap(({ subject, near }) => (near === undefined ? [] : [[subject, near]])));
    expect(said.get('AWS alone empty before week')).toBe('the document says before 8');
    expect(said.get('monthly users, from')).toBe('rounded to 100');
    expect(currentSourceFigures()).toContain('(2405 - 1355) / 1355 x 100; rounded to 10 |');
  });

  it('is not ✓ where a step or a bound is not kept', () => {
    const way = [given('6.5')];
    const verdictOf = (rest: object) => figure({ subject: 'x', stated: '8', ways: way, ...rest }).verdict;
    expect([verdictOf({ step: '4' }), verdictOf({ step: '5' }), verdictOf({ isBound: true })]).toEqual([
      'follows',
      'does not follow',
      'follows',
    ]);
    expect(figure({ subject: 'x', stated: '6', ways: way, isBound: true }).verdict).toBe('does not follow');
  });

  it('is ✗ where the number is the price of another thing, and ✓ where it is that of another region', () => {
    const asIf = (item: string, stated: string) =>
      figure({ subject: 'ALB', stated, ways: [times(price(item), given('730 h'))], today: times(price('ALB'), given('730 h')) }).verdict;
    expect([asIf('classic load balancer', '18.25'), asIf('ALB', '18.25')]).toEqual(['does not follow', 'follows']);
  });
});

it('like for like has both sums: the lines of the document, and those that it left out', () => {
  const notes = sections.filter(({ title }) => title.includes('option ')).map((section) => section.notes[0]);
  expect(notes).toEqual([
    expect.stringMatching(/130\.59 in Seoul; with what it left out 134\.24/),
    expect.stringMatching(/52\.27 in Seoul; with what it left out 62\.19/),
    expect.stringMatching(/111\.76 in Seoul; with what it left out 126\.51/),
  ]);
});

it('docs/source-figures.md is what npm run docs writes', () => {
  expect(readFileSync(join(root, 'docs/source-figures.md'), 'utf8')).toBe(currentSourceFigures());
});

describe('the comparison', () => {
  it('has ten vendors, and unknown prices stay unknown', () => {
    expect(vendors.map(({ name, owed }) => `${name} ${shown(owed)}`)).toEqual([
      'GCP 454.34',
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
    const without = createPriceBook(book.prices.filter(({ item, region }) => !(item === 'm7g.large' && region === 'ap-northeast-2')));
    const [machines] = compared(without).sections;
    expect(machines?.figures[0]).toMatchObject({ subject: 'm7g.large', verdict: 'follows', today: { value: undefined } });
  });
});
