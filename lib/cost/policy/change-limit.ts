/** How much one change may add to a month. */

import type { Big } from 'big.js';
import { listText } from '../../values/list-text.ts';
import { usdChangeText, usdText } from '../../values/money.ts';
import { exact } from '../decimal.ts';
import type { Finding, Policy } from './policy.ts';
import { uncompared, unpricedFinding } from './unpriced.ts';

export const changeLimit: Policy = {
  id: 'change-limit',
  about: 'One change adds no more to a month than policies.changeLimit.',
  evaluate({ cost }, policies) {
    const { amount, percent } = policies.changeLimit;
    if (!amount && !percent) return undefined;
    // What is known: a machine whose price is no longer known is no money saved.
    const { before, known: change } = cost;
    const tooMuch: string[] = [];
    if (amount && change.gt(exact(amount.amount) ?? '0')) tooMuch.push(`${usdChangeText(change)} USD a month is more than ${amount}`);
    // Of nothing, everything is more than any percentage: a first plan is judged by the amounts
    // alone.
    if (percent && before.total.gt('0') && change.times('100').gt(before.total.times(String(percent)))) {
      tooMuch.push(`${usdChangeText(change)} USD is ${share(change, before.total)} % of ${usdText(before.total)}, more than ${percent} %`);
    }
    const right = `${usdChangeText(change)} of at most ${listText([...(amount ? [`+${amount}`] : []), ...(percent ? [`+${percent} %`] : [])])}`;
    const open = unpricedFinding(uncompared(cost), `${usdChangeText(change)} USD`, policies);
    return { right, findings: [...tooMuch.map(finding), ...open] };
  },
};

function finding(message: string): Finding {
  return { level: 'fail', message, next: 'split the change, or raise policies.changeLimit in the same change' };
}

/** A percentage rounded up, so that what is more than the limit never reads like the limit. */
function share(part: Big, whole: Big): string {
  return part.times('100').div(whole).round(1, 3).toFixed(1);
}
