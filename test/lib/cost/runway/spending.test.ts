/**
 * Discounts for sustained use are earned within each calendar month; a whole month costs what the
 * bill of a month says.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BilledResource } from '../../../../lib/cost/component.ts';
import { hoursAMonth, sum } from '../../../../lib/cost/decimal.ts';
import { costDifference } from '../../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { runwayChanges } from '../../../../lib/cost/review/runways.ts';
import { leastAfter } from '../../../../lib/cost/runway/minimum-spend.ts';
import { runwaysOf } from '../../../../lib/cost/runway/runway.ts';
import { nothingSpent, type Spending, spendingOf, spentIn } from '../../../../lib/cost/runway/spending.ts';
import { Big } from '../../../../lib/values/decimal.ts';
import { book, price, resource, usage } from '../books.ts';
import { day } from '../day.ts';

const prices = book(
  price('gcp compute asia-northeast3', 'N1 predefined core', 'hour', { usd: '0.040618' }),
  price('gcp compute asia-northeast3', 'N1 predefined RAM', 'gb-hour', { usd: '0.005419' }),
  price('gcp gpu asia-northeast3', 'NVIDIA T4', 'hour', { usd: '0.37' }),
  price('gcp egress asia-northeast3', 'internet, premium tier', 'gb', { usd: '0.19' }),
);

const machine = (count = 1) =>
  resource('gcp:compute/instance:Instance', {
    machineType: 'n1-standard-2',
    guestAccelerators: [{ type: 'nvidia-tesla-t4', count }],
    bootDisk: { source: 'kept' },
  });
const sent = usage({ 'gcp:compute/instance:Instance.internet-out-gb': '10' });

function spending(plan: readonly BilledResource[], used = sent): Spending {
  return spendingOf(estimateCost(plan, prices, used, day)).get('gcp') ?? nothingSpent;
}

const aDay = 86_400_000;
const later = (day: string, days: number) => new Date(Date.parse(day) + days * aDay).toISOString().slice(0, 10);
const text = (amount: Big) => amount.toFixed(8);

/**
 * The same by the hour, as the price list words it: each quarter of the calendar month has its own
 * price.
 */
function byTheHour({ since, days }: { since: string; days: number }): Big {
  const gpuAndMachine = 0.1218785 + 0.37;
  let [usd, used, month] = [0, 0, since.slice(0, 7)];
  for (let hour = 0; hour < days * 24; hour += 1) {
    const now = new Date(Date.parse(since) + hour * 3_600_000);
    if (now.toISOString().slice(0, 7) !== month) [used, month] = [0, now.toISOString().slice(0, 7)];
    const hours = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate() * 24;
    usd += gpuAndMachine * ([1, 0.8, 0.6, 0.4][Math.min(Math.floor((used * 4) / hours), 3)] ?? 0) + 1.9 / 730;
    used += 1;
  }
  return new Big(usd.toFixed(12));
}

const firstOfMonth = fc
  .record({ year: fc.integer({ min: 2024, max: 2032 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, '0')}-01`);
const anyDay = fc.tuple(firstOfMonth, fc.nat(27)).map(([day, more]) => later(day, more));

describe('a machine with a discount for sustained use', () => {
  it('costs in a whole calendar month its hours at the amount of a month', () => {
    fc.assert(
      fc.property(firstOfMonth, fc.integer({ min: 0, max: 14 }), (begin, months) => {
        const end = new Date(Date.UTC(Number(begin.slice(0, 4)), Number(begin.slice(5, 7)) + months, 1)).toISOString().slice(0, 10);
        const its = spending([machine()]);
        const hours = String((Date.parse(end) - Date.parse(begin)) / 3_600_000);
        expect(text(spentIn(its, { since: begin, from: begin, to: end }))).toBe(text(its.monthly.times(hours).div(hoursAMonth)));
      }),
    );
  });

  it('costs as much in pieces as at once, and never less for longer', () => {
    fc.assert(
      fc.property(anyDay, fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }), (since, pieces) => {
        const its = spending([machine()]);
        const ends = pieces.map((_, index) =>
          later(
            since,
            pieces.slice(0, index + 1).reduce((days, more) => days + more, 0),
          ),
        );
        const parts = ends.map((to, index) => spentIn(its, { since, from: ends[index - 1] ?? since, to }));
        expect(parts.every((part) => part.gte('0'))).toBe(true);
        expect(text(sum(parts))).toBe(text(spentIn(its, { since, from: since, to: ends.at(-1) ?? since })));
      }),
    );
  });

  it('is charged by the hour as the price list says', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 120 }), (since, days) => {
        const charged = spentIn(spending([machine()]), { since, from: since, to: later(since, days) });
        expect(charged.minus(byTheHour({ since, days })).abs().lt('0.000001')).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['60', '182.5', '300', '600'])('that runs %s hours a month costs in a whole month what the bill says', (hours) => {
    const entries = { 'gcp:compute/instance:Instance.internet-out-gb': '10', 'gcp:compute/instance:Instance.hours': hours };
    const its = spending([machine()], usage(entries));
    const december = spentIn(its, { since: '2026-12-01', from: '2026-12-01', to: '2027-01-01' });
    expect(text(december)).toBe(text(its.monthly.times('744').div(hoursAMonth)));
  });
});

describe('a credit', () => {
  const credit = { provider: 'gcp', usd: new Big('300'), since: '2026-11-23' } as const;

  it('that begins late in a month ends sooner, as that month gives hardly a discount', () => {
    const [runway] = runwaysOf([credit], spendingOf(estimateCost([machine()], prices, sent, day)));
    const [even] = runwaysOf([credit], new Map([['gcp' as const, { ...spending([machine()]), discounts: [] }]]));
    expect([runway?.empty, even?.empty]).toEqual(['2026-12-22', '2026-12-29']);
    expect([29, 30].map((days) => byTheHour({ since: '2026-11-23', days }).lte('300'))).toEqual([true, false]);
    expect(
      runway?.horizon.cost
        .minus(byTheHour({ since: '2026-11-23', days: 84 }))
        .abs()
        .lt('0.000001'),
    ).toBe(true);
  });

  it('is seen the same way in a review, also when a price is no longer known', () => {
    const [before, after] = [[machine()], [{ ...machine(), region: 'mars' }]].map((plan) => estimateCost(plan, prices, sent, day));
    if (!before || !after) throw new Error('no reports');
    const [same] = runwayChanges([credit], costDifference(before, before));
    const [lost] = runwayChanges([credit], costDifference(before, after));
    expect([same?.before, same?.after, lost?.before, lost?.after]).toEqual(Array(4).fill('2026-12-22'));
    expect(leastAfter(costDifference(before, after)).spending.get('gcp')).toEqual(spending([machine()]));
  });
});
