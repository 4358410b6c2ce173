/**
 * What a GPU costs by how much it is asked: seconds of RunPod, workers and machines that always
 * run, or a hosted model.
 */

import { secondsAMonth } from '../../../../../lib/cost/decimal.ts';
import { sustainedUse } from '../../../../../lib/cost/prices/sustained-use.ts';
import { Big } from '../../../../../lib/values/decimal.ts';
import { hours, pricesOf } from '../figures/prices.ts';
import { bracketed, given, over, plus, times } from '../figures/reckon.ts';
import type { CompareInput } from '../figures/section.ts';

export interface Load {
  readonly requests: Big;
  /** Daily users that ask so much; undefined for one GPU that is always busy. */
  readonly users: string | undefined;
  /** USD a month by the name of the choice. */
  readonly choices: ReadonlyMap<string, Big | undefined>;
}

export const choices = ['flex', 'active', 'g4dn.xlarge', 'N1 + T4', 'external'] as const;
type Choice = (typeof choices)[number];

const gpu = '24 GB (L4, A5000, 3090)';
const days = new Big('30');
/** As infra-decision-options: 3 s of work; 15 USD for 50 requests a day of an external model. */
const work = new Big('3');
const external = over(given('15'), bracketed(times(given('50'), given('30'))));

/**
 * Requests a day of 30, 500 and 5,000 daily users as the document has them (50 for 30), and of one
 * GPU that is always busy.
 */
export function loads(input: CompareInput): Load[] {
  const perUser = new Big('50').div('30');
  const byUsers = ['30', '500', '5000'].map((users) => loadOf(perUser.times(users), users, input));
  return [...byUsers, loadOf(secondsAMonth.div(days).div(work), undefined, input)];
}

function loadOf(requests: Big, users: string | undefined, input: CompareInput): Load {
  const monthly = requests.times(days);
  const busy = monthly.times(work).round(6);
  // What always runs is bought whole: as many as are busy at the same time on average.
  const whole = busy.div(secondsAMonth).round(0, 3 /* up */);
  const units = unitPrices(input);
  const amount = (choice: Choice) => units[choice]?.times(choice === 'flex' ? busy : choice === 'external' ? monthly : whole);
  return { requests: requests.round(0), users, choices: new Map(choices.map((choice) => [choice, amount(choice)])) };
}

/** Of a busy second, of a month of one that always runs, or of a request. */
function unitPrices({ book }: CompareInput): Record<Choice, Big | undefined> {
  const prices = pricesOf(book);
  const share = (what: string) => given(sustainedUse(what)?.fullMonth.toFixed() ?? '1');
  const cores = times(given('2'), prices.gcp('compute', 'N1 predefined core'));
  const memory = times(given('7.5'), prices.gcp('compute', 'N1 predefined RAM'));
  const n1 = times(bracketed(plus(cores, memory)), given(hours), share('n1'));
  return {
    flex: prices.runpod(`${gpu} flex`).value,
    active: prices.runpod(`${gpu} active`).value?.times(secondsAMonth),
    'g4dn.xlarge': times(prices.machine('g4dn.xlarge'), given(hours)).value,
    'N1 + T4': plus(n1, times(prices.gcp('gpu', 'NVIDIA T4'), given(hours), share('NVIDIA T4'))).value,
    external: external.value,
  };
}
