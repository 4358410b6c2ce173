/** What `dojang cost ...` answers. */
import { z } from 'zod';
import type { Absent } from '../../../lib/cost/sources/template.ts';
import {
  asked,
  assumption,
  atLeast,
  byProvider,
  change,
  confidence,
  creditUntil,
  decimal,
  knownMonthly,
  leftOut,
  monthly,
  openLine,
  openRunway,
  period,
  provider,
  runway,
  unknownLine,
  unknownReason,
  usd,
} from '../../runtime/answers/cost.ts';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { environment, list, resourceName, texts } from '../../runtime/answers/parts.ts';

const price = z.strictObject({
  provider,
  service: z.string().describe('of the provider, like ec2'),
  region: z.string().describe('global where the price is the same everywhere'),
  item: z.string().describe('what is priced, like m7g.large'),
  tiers: list(
    z.strictObject({ from: decimal.describe('quantity from which it holds'), usd: decimal.describe('USD for a unit') }),
  ).optional(),
  free: decimal.optional().describe('quantity a month that is free for the whole account'),
  sku: z.string().optional().describe('of the provider'),
  asOf: z.string().optional().describe('day or month it was read; unknown when nothing says'),
  source: z.string().optional().describe('where the price is from'),
  confidence: confidence.optional(),
});

const line = z.strictObject({
  name: z.string(),
  quantity: decimal.nullable().describe('a month, in the unit; null when it is not known'),
  unit: z.string().describe('hour, gb-month, ...'),
  basis: z
    .union([
      z.literal('fixed'),
      z.strictObject({
        usage: z.string().describe('entry of the usage file'),
        shared: z.literal(true).optional().describe('the entry is divided among all that follow it'),
      }),
    ])
    .describe('fixed: billed whether it is used or not'),
  share: decimal.optional().describe('part of the price; negative for a discount; missing for the whole'),
  amount: monthly.nullable().describe('USD a month; null when it is not known'),
  reason: z.string().optional().describe('why quantity or price is not known'),
  price: price.describe('the price that is looked up; without tiers when the book has none'),
});

const resource = z.strictObject({
  provider,
  region: z.string().describe('where its prices are looked up; unknown when nothing says'),
  ...resourceName,
  as: z.enum(['billed', 'free', 'unsupported']).describe('unsupported: nothing is known of what it costs'),
  reason: z.string().optional().describe('why it is free'),
  amount: knownMonthly,
  atLeast,
  lines: list(line),
});

const rate = z
  .strictObject({
    krwPerUsd: decimal.describe('won for a dollar'),
    asOf: z.string().describe('day of the rate'),
    source: z.string().describe('who publishes it'),
    confidence: confidence.optional(),
    note: z.string().optional(),
  })
  .optional();

export const costAnswer = objectAnswer(
  { command: 'cost', version: 1, about: 'What an environment costs a month, or what --from names, line by line.' },
  {
    title: z.string().describe('environment or file'),
    unit: z.string().describe('of all amounts, in words'),
    total: knownMonthly,
    atLeast,
    byProvider,
    rate: rate.describe('exchange rate that won are worked out by'),
    resources: list(resource),
    unknown: list(
      z.strictObject({
        provider,
        ...resourceName,
        line: z.string().optional().describe('name of the line; missing for the whole resource'),
        reason: unknownReason,
      }),
    ),
    others: texts.describe('types of providers that the book has no prices of'),
    absent: list(
      z.strictObject({
        stack: z.string(),
        id: z.string(),
        condition: z.string().describe('name of the condition'),
      }) satisfies z.ZodType<Absent>,
    ).describe('resources of a template whose condition is false with the defaults'),
    unused: texts.describe('entries of the usage file that nothing asks for'),
    leftOut,
    assumptions: list(assumption).describe('what the usage is computed from'),
  },
);

export const costRunwayAnswer = objectAnswer(
  { command: 'cost runway', version: 1, about: 'How long the credits of the configuration last.' },
  {
    environment,
    runways: list(runway),
    unknown: z.number().describe('how many lines and resources have no amount: the credits end sooner'),
    leftOut,
    notes: texts.describe('with --actual: where the spend is from, and which bill could not be read'),
  },
);

export const costWhatIfAnswer = objectAnswer(
  { command: 'cost what-if', version: 1, about: 'What another region, machine, GPU or shape would cost.' },
  {
    environment,
    asked,
    before: knownMonthly,
    after: knownMonthly,
    change,
    lines: list(
      z.strictObject({
        provider,
        stack: resourceName.stack,
        id: resourceName.id,
        name: z.string(),
        before: monthly.nullable().describe('USD a month; null when it is not known, or was not there'),
        after: monthly.nullable().describe('the same afterwards'),
        change: change.nullable().describe('USD a month; null when either amount is not known'),
      }),
    ).describe('lines that differ, the largest change first'),
    runways: z.strictObject({
      before: list(runway),
      after: list(runway),
      open: list(provider).describe(`for which providers: ${openRunway}`),
    }),
    opened: list(openLine).describe('what has no amount afterwards and had one, or is new'),
    leftOut,
  },
);

export const costCompareAnswer = objectAnswer(
  { command: 'cost compare', version: 1, about: 'An environment beside other shapes, machines and GPUs, the cheapest first.' },
  {
    environment,
    region: texts.describe('where every choice is priced, like aws=us-east-1; empty for where it is'),
    gpuHours: z.number().nullable().describe('hours a day that a machine with a GPU runs; null for always'),
    pricesOf: z.string().describe('date of the newest price'),
    leftOut,
    choices: list(
      z.strictObject({
        name: z.string(),
        planned: z.boolean().describe('whether it is the plan itself'),
        asked: asked.nullable().describe('what cost what-if takes; null for the plan itself'),
        means: z.string().nullable().describe('what would be different; null for the plan itself'),
        deployable: z.boolean().describe('whether settings of the configuration are enough for dojang up'),
        notDeployable: z.string().nullable().describe('why dojang up does not do it; null when it does'),
        total: knownMonthly,
        byProvider,
        change: change.nullable().describe('USD a month against the plan; null when nothing of it is known'),
        atLeast,
        unknown: list(z.strictObject({ id: resourceName.id, type: resourceName.type, line: unknownLine, reason: unknownReason })),
        creditUntil,
      }),
    ),
  },
);

export const costActualAnswer = objectAnswer(
  { command: 'cost actual', version: 1, about: 'What was spent beside the estimate of the same days.' },
  {
    environment,
    period,
    part: decimal.describe('part of a month of 730 hours'),
    spent: z.record(z.string(), usd).describe('USD by provider; only those whose bill was read'),
    lines: list(
      z.strictObject({
        provider,
        component: z.string().describe('what is compared: machines, storage, traffic'),
        off: z.boolean().describe('whether the two differ by more than a fifth and more than 1 USD'),
        estimated: usd.nullable().describe('USD; null when the estimate has no such line'),
        spent: usd.nullable().describe('USD; null when the bill has no such line'),
        difference: usd,
        rows: list(z.strictObject({ what: z.string().describe('as the bill names it'), usd })).describe(
          'lines of the bill that were not estimated',
        ),
      }),
    ),
    notes: texts.describe('where the answers come from, and why the bill of a cloud is not among them'),
  },
);
