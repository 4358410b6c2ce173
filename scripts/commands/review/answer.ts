/** What `dojang review` answers. */
import { z } from 'zod';
import type { PolicyId } from '../../../lib/cost/policy/policy.ts';
import type { RiskKind } from '../../../lib/cost/review/risks.ts';
import { change, decimal, monthly, openRunway, provider, unknownLine, unknownReason, usd } from '../../runtime/answers/cost.ts';
import { objectAnswer } from '../../runtime/answers/format.ts';
import { day, environment, list, resourceChangeFields, resourceName } from '../../runtime/answers/parts.ts';
import type { Posting } from './sticky-comment.ts';

const side = z
  .strictObject({
    quantity: decimal.nullable().describe('a month; null when it is not known'),
    unit: z.string().describe('of the quantity: hour, gb-month'),
    item: z.string().describe('name of its price'),
    amount: monthly.nullable().describe('USD a month; null when it is not known'),
  })
  .optional();

const open = list(z.strictObject({ ...resourceName, line: unknownLine, reason: unknownReason }));

const risk = z.strictObject({
  kind: z
    .enum(['lose', 'leave', 'unprotect', 'stop', 'unbuilt', 'renew'] satisfies RiskKind[])
    .describe('lose: data or an address; leave: it stays behind in another account; stop: down for minutes'),
  ...resourceChangeFields,
  means: z.string().describe('what it means'),
});

const policy = z.strictObject({
  policy: z.enum(['monthly-limit', 'change-limit', 'budget-crossed', 'forbidden-types', 'required-tags'] satisfies PolicyId[]),
  verdict: z.enum(['pass', 'warn', 'fail']).describe('the worst of its findings; fail: the change is refused'),
  says: z.string().describe('what was found right when nothing is wrong'),
  findings: list(
    z.strictObject({
      level: z.enum(['warn', 'fail']).describe('fail: the change is refused'),
      message: z.string().describe('with the value that is wrong'),
      next: z.string().describe('what to do'),
      resource: z.strictObject(resourceName).nullable().describe('null for a finding about a sum'),
    }),
  ),
});

const reviewed = z.strictObject({
  environment,
  before: monthly.describe('USD a month of the plan before, by the prices of after'),
  after: monthly.describe('USD a month of the plan after'),
  change,
  byPrices: z
    .strictObject({ before: monthly.describe('USD a month of the plan before, by the prices of before'), change })
    .nullable()
    .describe('what new prices do to the plan before; null when the prices are the same'),
  clouds: list(
    z.strictObject({
      provider,
      before: monthly,
      after: monthly,
      change,
      open: z.boolean().describe('whether something has no amount that had one, or is new'),
    }),
  ),
  lines: list(
    z.strictObject({
      ...resourceName,
      provider,
      name: z.string(),
      before: side.describe('missing when there was no such line'),
      after: side.describe('missing when there is no such line any more'),
      change: change.nullable().describe('USD a month; null when either amount is not known'),
    }),
  ).describe('lines that differ, the largest change first'),
  unknown: open.describe('what has no amount after'),
  opened: open.describe('what has no amount after and had one, or is new'),
  closed: open.describe('what had no amount and has one now, or is gone'),
  risks: list(risk),
  policies: list(policy),
  runways: list(
    z.strictObject({
      provider,
      credit: usd,
      before: day.nullable().describe('day on which nothing is left; null when nothing is spent'),
      after: day.nullable().describe('the same after the change'),
      open: z.boolean().describe(openRunway),
    }),
  ),
});

export const reviewAnswer = objectAnswer(
  {
    command: 'review',
    version: 1,
    about: 'What a change does to the bill, the machines and the data. `--format json` prints the same without `posting`.',
  },
  {
    base: z.string().describe('revision that it is compared with'),
    head: z.string().describe('revision of the change'),
    environments: list(reviewed),
    prices: z
      .strictObject({
        files: list(z.string()).describe('files of prices/ that differ'),
        changed: z.number().describe('prices with another amount'),
      })
      .nullable()
      .describe('what the change does to the price book; null when nothing'),
    posting: z
      .strictObject({
        did: z.enum(['added', 'updated', 'left as it is', 'not needed'] satisfies Posting['did'][]),
        url: z.string().optional(),
      })
      .optional()
      .describe('what became of the comment; missing without --post'),
  },
);
