/**
 * manual-deploy-two-clouds: ten vendors of a GPU, with what each asks, gives, and leaves to pay
 * over the project's 12 weeks.
 */

import { one, zero } from '../../../../../lib/cost/decimal.ts';
import { sustainedUse } from '../../../../../lib/cost/prices/sustained-use.ts';
import { type EarnedDiscount, spentIn } from '../../../../../lib/cost/runway/spending.ts';
import type { Big } from '../../../../../lib/values/decimal.ts';
import { hours, pricesOf } from '../figures/prices.ts';
import { bracketed, given, plus, type Reckoned, times } from '../figures/reckon.ts';
import type { CompareInput } from '../figures/section.ts';

export interface Vendor {
  readonly name: string;
  /** Credit that can be used for a GPU; undefined when there is none. */
  readonly credit: Big | undefined;
  /** USD a month as the document has it; undefined when it names no price. */
  readonly stated: Reckoned | undefined;
  /** USD a month at the book's prices; undefined for a vendor that the book does not have. */
  readonly today: Reckoned | undefined;
  /** What 12 weeks cost beyond the credit, by the book's price where there is one. */
  readonly owed: Big | undefined;
  readonly note: string;
}

interface Row {
  readonly name: string;
  readonly credit?: Reckoned;
  readonly stated?: Reckoned;
  readonly today?: Reckoned;
  /** Of `today`, in which they are already taken off. */
  readonly discounts?: readonly EarnedDiscount[];
  readonly note: string;
}

export function vendors(input: CompareInput): Vendor[] {
  const won = wonOf(input);
  return [...ownClouds(input, won), ...others(won)].map(({ name, credit, stated, today, discounts, note }) => ({
    name,
    credit: credit?.value,
    stated,
    today,
    owed: owedOf((today ?? stated)?.value, { credit: credit?.value, discounts }, input.since),
    note,
  }));
}

type Won = (amount: string) => Reckoned;

function wonOf({ rate }: CompareInput): Won {
  return (amount) => ({
    ...given(amount),
    value: given(amount).value?.div(rate.krwPerUsd),
    text: `${amount} KRW / ${rate.krwPerUsd.toFixed()}`,
  });
}

function ownClouds(input: CompareInput, won: Won): Row[] {
  const prices = pricesOf(input.book);
  const list = plus(
    times(given('2'), prices.gcp('compute', 'N1 predefined core')),
    times(given('7.5'), prices.gcp('compute', 'N1 predefined RAM')),
  );
  const [machineList, t4List] = [times(bracketed(list), given(hours)), times(prices.gcp('gpu', 'NVIDIA T4'), given(hours))];
  const machine = times(machineList, sustainedShare('n1'));
  const t4 = times(t4List, sustainedShare('NVIDIA T4'));
  const pod = times(prices.pod('L4 24 GB, on demand'), given(hours));
  return [
    {
      name: 'GCP',
      credit: given('300'),
      stated: given('359'),
      today: plus(machine, t4),
      discounts: [...discountOf('n1', machineList), ...discountOf('NVIDIA T4', t4List)],
      note: 'n1-standard-2 + T4; credit usable on a paid account',
    },
    {
      name: 'AWS',
      credit: given('700'),
      stated: given('372'),
      today: times(prices.machine('g5g.xlarge'), given(hours)),
      note: 'g5g.xlarge; the same credit has to carry the host',
    },
    {
      name: 'RunPod',
      credit: given('210'),
      stated: won('450000'),
      today: pod,
      note: `one L4 pod that always runs: ${inWon(pod, input)}; stated are 300 to 450 thousand KRW`,
    },
  ];
}

function inWon({ value }: Reckoned, { rate }: CompareInput): string {
  return value ? `${value.times(rate.krwPerUsd).div('1000').toFixed(0)} thousand KRW` : '- KRW';
}

function sustainedShare(what: string): Reckoned {
  return given(sustainedUse(what)?.fullMonth.toFixed() ?? '1');
}

function others(won: Won): Row[] {
  return [
    { name: 'Azure', note: 'credit of 200 USD that GPU machines mostly refuse; no price named' },
    { name: 'NHN Cloud', stated: won('500000'), note: 'smallest machine' },
    { name: 'KT Cloud', stated: won('5000000'), note: 'smallest machine' },
    { name: 'NCP', stated: won('500000'), note: 'smallest machine' },
    { name: 'Elice Cloud', stated: won('240000'), note: 'smallest machine; 4 hours are free' },
    { name: 'Oracle Cloud', note: 'credit of 300 USD not for GPUs; no price named' },
    { name: 'Gabia', credit: won('300000'), stated: won('300000'), note: 'smallest machine; the credit needs an application' },
  ];
}

/**
 * What 12 weeks cost beyond the credit, from the day on which the credits begin; a discount is
 * earned within each calendar month.
 */
function owedOf(
  monthly: Big | undefined,
  { credit, discounts = [] }: Pick<Row, 'discounts'> & { readonly credit: Big | undefined },
  since: string,
) {
  if (!monthly) return undefined;
  const to = new Date(Date.parse(since) + 12 * 7 * 86_400_000).toISOString().slice(0, 10);
  const left = spentIn({ monthly, discounts }, { since, from: since, to }).minus(credit ?? '0');
  return left.lt('0') ? zero : left;
}

/** What a whole month of a thing gives back. */
function discountOf(what: string, list: Reckoned): EarnedDiscount[] {
  const rule = sustainedUse(what);
  return rule && list.value ? [{ amount: list.value.times(rule.share), earned: { bands: rule.bands, running: one } }] : [];
}
