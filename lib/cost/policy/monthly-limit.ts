/** What the whole environment may cost a month. */
import { usdText } from '../../values/money.ts';
import { exact } from '../decimal.ts';
import type { Policy } from './policy.ts';
import { unpricedFinding } from './unpriced.ts';

export const monthlyLimit: Policy = {
  id: 'monthly-limit',
  about: 'The environment costs no more a month than policies.monthlyLimit.',
  evaluate({ cost: { after, opened } }, policies) {
    const { monthlyLimit: limit } = policies;
    if (!limit) return undefined;
    const total = usdText(after.total);
    const open = unpricedFinding(opened, `${total} of at most ${limit}`, policies);
    const most = exact(limit.amount);
    if (!most || after.total.lte(most)) return { right: `${total} of ${limit}${besides(after.unknown.length)}`, findings: open };
    const message = `${total} USD a month is more than the limit of ${limit}`;
    const next = 'plan something smaller, or raise policies.monthlyLimit in the same change';
    return { right: '', findings: [{ level: 'fail', message, next }, ...open] };
  },
};

/** A limit that is kept only as far as prices are known says so. */
function besides(unknown: number): string {
  return unknown === 0 ? '' : `, not counting ${unknown} that could not be priced`;
}
