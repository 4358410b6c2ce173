/**
 * What a change may do to the bill and to what is planned: the rules that `dojang review` judges
 * by.
 */
import * as z from 'zod';
import { usd } from './fields.ts';

/** Like `AWS::EC2::NatGateway` or `gcp:compute/instance:Instance`. */
const resourceType = z.string().regex(/^([A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+|[a-z]+:[\w/]+:\w+)$/, {
  error: (issue) => `${JSON.stringify(issue.input)} is not a resource type like AWS::EC2::NatGateway or gcp:compute/disk:Disk`,
});

export const policies = z.strictObject({
  /** What the whole environment may cost a month. */
  monthlyLimit: usd.optional(),
  /** How much one change may add to a month. */
  changeLimit: z.strictObject({ amount: usd.optional(), percent: z.number().int().min(1).max(1000).optional() }).prefault({}),
  /**
   * What to do when the estimate passes a threshold of a cloud's own budget that it did not pass
   * before.
   */
  budgetCrossed: z.literal(['warn', 'fail']).default('warn'),
  /** What a limit or a budget says of a change that brings lines without a known price. */
  unpriced: z.literal(['warn', 'fail']).default('warn'),
  /** Resource types that may not be planned. */
  forbiddenTypes: z.array(resourceType).default([]),
  /** Tags (labels on GCP) that everything must carry that costs something and can carry any. */
  requiredTags: z.array(z.string().min(1)).default([]),
});
