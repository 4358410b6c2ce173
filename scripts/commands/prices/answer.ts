/** What `dojang prices ...` answers. */
import { z } from 'zod';
import type { PriceKey } from '../../../lib/cost/component.ts';
import type { Refused } from '../../../lib/cost/prices/refresh/published-price.ts';
import { decimal, provider } from '../../runtime/answers/cost.ts';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { list, texts } from '../../runtime/answers/parts.ts';

const keyFields = {
  provider,
  service: z.string().describe('of the provider, like ec2'),
  region: z.string().describe('global where the price is the same everywhere'),
  item: z.string().describe('what is priced, like m7g.large'),
};

const priceFields = {
  ...keyFields,
  unit: z.string().describe('what the price is for: hour, gb-month'),
  asOf: z.string().describe('day or month it was read; unknown when nothing says'),
  source: z.string().describe('where it is from'),
};

const first = decimal.optional().describe('USD for a unit, of the first tier');

const refused = z.strictObject({
  key: z.strictObject(keyFields) satisfies z.ZodType<PriceKey>,
  sku: z.string().describe('of the provider'),
  reason: z.string().describe('why it cannot be taken'),
}) satisfies z.ZodType<Refused>;

const skipped = z.record(z.string(), z.number()).describe('how many, by kind of product');

export const pricesRefreshAnswer = objectAnswer(
  { command: 'prices refresh', version: 1, about: 'What the lists of the providers change in the price book.' },
  {
    written: z.boolean().describe('whether the book was written'),
    changes: list(
      z.strictObject({
        ...priceFields,
        before: first,
        after: first,
        percent: decimal.optional().describe('change of the first tier; missing for a new price and one that was 0'),
        asks: z.string().optional().describe('why the operator must agree; missing when that is not needed'),
      }),
    ),
    confirmed: z.number().describe('how many prices are as they were, with a new date'),
    refused: list(refused).describe('what a list names and cannot be taken'),
    missing: list(z.strictObject(priceFields)).describe('prices of the book that the lists do not have: kept as they are'),
    skipped: z
      .strictObject({ unnamed: skipped, unwanted: skipped })
      .describe('products that have no name in the book, and those that it does not hold'),
  },
);

export const pricesCheckAnswer = objectAnswer(
  { command: 'prices check', version: 1, about: 'Which prices are old, of unknown date, or not certain.' },
  {
    asOf: z.string().describe('date of the newest price'),
    prices: z.number().describe('how many there are'),
    weak: list(z.strictObject({ ...priceFields, reasons: texts.describe('what is weak about it') })),
  },
);
