/**
 * Rules by which Google takes less for a machine that runs the whole month, from
 * `prices/sustained-use.json`.
 */
import * as z from 'zod';
import written from '../../../prices/sustained-use.json' with { type: 'json' };
import type { Big } from '../../values/decimal.ts';
import { one, whole, zero } from '../decimal.ts';
import { decimal, provenance, providers, version } from './price-book-schema.ts';

export interface SustainedUse {
  /** Part of the list price that each quarter of the month costs. */
  readonly bands: readonly Big[];
  /** Part of the list price that a whole month costs: 0.7 for N1. */
  readonly fullMonth: Big;
  /** What the discount line takes as its share: -0.3 for N1, 0 where there is no discount. */
  readonly share: Big;
  readonly asOf: string;
  readonly source: string;
  readonly confidence: string;
}

const file = z.strictObject({
  version,
  rules: z.array(
    z.strictObject({
      provider: z.enum(providers),
      applies: z.array(z.string()),
      bands: z.array(decimal).length(4),
      fullMonth: decimal,
      ...provenance,
    }),
  ),
});

const rules = new Map(
  file.parse(written).rules.flatMap(({ applies, ...rule }) => applies.map((what) => [what, { ...rule, share: rule.fullMonth.minus('1') }])),
);

/**
 * For a machine family (`n1`) or a GPU as the book names it (`NVIDIA T4`); undefined when it is not
 * known whether there is a discount.
 */
export function sustainedUse(what: string): SustainedUse | undefined {
  return rules.get(what);
}

/**
 * Hours' worth of list price that are given back.
 * @param running hours that the thing has run in the month
 * @param month hours that the month has
 * @param bands part of the list price that each equal part of the month costs
 */
export function savedHours(running: Big, month: Big, bands: readonly Big[]): Big {
  const length = month.div(whole(bands.length));
  return bands.reduce((saved, band, index) => {
    const within = running.minus(length.times(whole(index)));
    const here = within.lt('0') ? zero : within.gt(length) ? length : within;
    return saved.plus(here.times(one.minus(band)));
  }, zero);
}
