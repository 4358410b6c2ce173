import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Provider } from '../../../../lib/cost/component.ts';
import { type Credit, type Runway, runwaysOf } from '../../../../lib/cost/runway/runway.ts';
import { evenly, type Spending } from '../../../../lib/cost/runway/spending.ts';
import { Big } from '../../../../lib/values/decimal.ts';

const aws: Credit = { provider: 'aws', usd: Big('700'), since: '2026-11-23' };

function runway(credit: Credit, monthly: string, options = {}): Runway {
  const [first] = runwaysOf([credit], new Map<Provider, Spending>([[credit.provider, evenly(Big(monthly))]]), options);
  if (!first) throw new Error('no runway');
  return first;
}

describe('a credit', () => {
  it('lasts as many whole days as it pays for', () => {
    // 700 / 430 of a month of 730 hours are 49.5 days
    expect(runway(aws, '430').empty).toBe('2027-01-11');
  });

  it('is spent by the week of 168 hours', () => {
    const { weekly, weeks } = runway(aws, '730');
    expect(weekly.eq('168')).toBe(true);
    expect(weeks.slice(0, 6).map(({ day, left }) => [day, left.toFixed(2)])).toEqual([
      ['2026-11-23', '700.00'],
      ['2026-11-30', '532.00'],
      ['2026-12-07', '364.00'],
      ['2026-12-14', '196.00'],
      ['2026-12-21', '28.00'],
      ['2026-12-28', '0.00'],
    ]);
  });

  it('of which nothing is spent is never empty', () => {
    expect(runway(aws, '0')).toMatchObject({ empty: undefined, lost: Big('0'), horizon: { owed: Big('0') } });
  });

  it('that expires first is lost', () => {
    const { empty, lost, weeks } = runway({ ...aws, expires: '2026-12-03' }, '73');
    expect(empty).toBe('2026-12-03');
    expect(lost.toFixed(2)).toBe('676.00'); // ten days of 24 hours at 0.1 an hour are used
    expect(weeks.map(({ left }) => left.toFixed(2)).slice(0, 3)).toEqual(['700.00', '683.20', '0.00']);
  });

  it('that expires later than it is used changes nothing', () => {
    expect(runway({ ...aws, expires: '2027-06-01' }, '430')).toEqual(runway(aws, '430'));
  });

  it('goes on from what is known to be spent', () => {
    const spent = new Map<Provider, { usd: Big; until: string }>([['aws', { usd: Big('600'), until: '2026-12-01' }]]);
    expect(runway(aws, '73', { spent })).toMatchObject({ from: '2026-12-01', left: Big('100'), empty: '2027-01-11' });
    const all = new Map<Provider, { usd: Big; until: string }>([['aws', { usd: Big('800'), until: '2026-12-01' }]]);
    expect(runway(aws, '73', { spent: all })).toMatchObject({ left: Big('0'), empty: '2026-12-01' });
  });
});

const cents = fc.integer({ min: 1, max: 10_000_000 }).map((amount) => Big(String(amount)).div('100'));

it('what the horizon costs is paid by the credit or owed, and a dearer month never lasts longer', () => {
  fc.assert(
    fc.property(cents, cents, cents, fc.integer({ min: 1, max: 52 }), (usd, monthly, more, weeks) => {
      const cheap = runway({ ...aws, usd }, monthly.toFixed(2), { weeks });
      const dear = runway({ ...aws, usd }, monthly.plus(more).toFixed(2), { weeks });
      expect(cheap.horizon.owed.gte('0')).toBe(true);
      expect(cheap.horizon.cost.minus(cheap.horizon.owed).lte(usd)).toBe(true);
      expect((dear.empty ?? '') <= (cheap.empty ?? '')).toBe(true);
      expect(cheap.weeks.at(-1)?.left.gt('0') ? cheap.horizon.owed.eq('0') : true).toBe(true);
    }),
  );
});
