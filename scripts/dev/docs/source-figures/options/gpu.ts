/**
 * infra-decision-options and runpod-serverless-strategy: a GPU that always runs, one that is paid
 * by the second, or a hosted model.
 */
import { Big } from '../../../../../lib/values/decimal.ts';
import { type Figure, figure } from '../figures/figure.ts';
import { america, hours, type Prices, pricesOf, thirtyDays } from '../figures/prices.ts';
import { bracketed, given, minus, over, plus, type Reckoned, shown, times } from '../figures/reckon.ts';
import type { CompareInput, Section } from '../figures/section.ts';

const gpu = '24 GB (L4, A5000, 3090)';
/**
 * Seconds that a worker waits for more work before it stops, RunPod's own default; they are billed.
 */
const idle = given('5 s');
const work = given('3 s');
const requests = times(given('50 requests'), given('30 days'));

export function gpuChoice(input: CompareInput): Section {
  const prices = pricesOf(input.book);
  const flex = given('0.00019');
  const active = given('0.00013');
  return {
    title: 'infra-decision-options: GPU',
    unit: 'as named',
    figures: [
      alwaysOn(prices),
      figure({
        subject: 'flex, USD an hour',
        stated: '0.68',
        ways: [times(flex, given('3600 s'))],
        today: times(prices.runpod(`${gpu} flex`), given('3600 s')),
      }),
      figure({
        subject: 'active, USD an hour',
        stated: '0.47',
        ways: [times(active, given('3600 s'))],
        today: times(prices.runpod(`${gpu} active`), given('3600 s')),
        off: staleActive(prices),
      }),
      figure({
        subject: 'active saves, %, 20 to',
        stated: '30',
        ways: [times(bracketed(minus(given('1'), over(active, flex))), given('100 %'))],
        off: ['its own two prices differ by more than the 20 to 30 % that it names'],
      }),
      figure({
        subject: 'GPU seconds a month',
        stated: '4500',
        ways: [times(requests, work)],
        today: times(requests, bracketed(plus(work, idle))),
        off: [
          'the worker is billed while it starts and for 5 s that it waits; at 50 requests a day nearly every one finds it stopped. Seconds to start are not known',
        ],
      }),
      figure({ subject: 'GPU hours a month', stated: '1.25', ways: [over(times(requests, work), given('3600 s'))] }),
      figure({
        subject: 'flex, USD a month',
        stated: '0.9',
        ways: [times(requests, work, flex)],
        today: times(requests, bracketed(plus(work, idle)), prices.runpod(`${gpu} flex`)),
      }),
      externalModel(prices),
    ],
    notes: whenActive(prices),
  };
}

function alwaysOn(prices: Prices): Figure {
  const american = prices.machine('g4dn.xlarge', america.aws);
  return figure({
    subject: 'g4dn.xlarge, USD a month',
    stated: '380',
    step: '10',
    ways: [times(american, given(hours)), times(american, given(thirtyDays)), times(prices.machine('g4dn.xlarge'), given(hours))],
    today: times(prices.machine('g4dn.xlarge'), given(hours)),
  });
}

function staleActive(prices: Prices): string[] {
  return prices.runpod(`${gpu} active`).prices.flatMap(({ asOf, note }) => (note ? [`price of ${asOf}: ${note}`] : []));
}

function externalModel(prices: Prices): Figure {
  const each = over(given('15'), requests);
  const input = times(given('0.001 Mtok'), prices.model('anthropic', 'Claude Haiku 4.5 input'));
  const output = times(given('0.0005 Mtok'), prices.model('anthropic', 'Claude Haiku 4.5 output'));
  return figure({
    subject: 'external API, USD a month',
    stated: '15',
    ways: [],
    today: times(requests, bracketed(plus(input, output))),
    off: [
      `names neither model nor tokens; 15 USD are ${shown(each.value)} a request. Beside it: 1,000 tokens in and 500 out of a small model`,
    ],
  });
}

/**
 * From which load on a worker that always runs is cheaper, and what the document's 500 daily users
 * are.
 */
function whenActive(prices: Prices): string[] {
  const flex = prices.runpod(`${gpu} flex`);
  const active = times(prices.runpod(`${gpu} active`), given('2628000 s'));
  const breakEven = over(active, flex).value;
  const users = over(times(given('50'), given('500 users')), given('30 users'));
  const seconds = times(users, given('30 days'), work).value;
  return [
    `one active worker is ${shown(active.value)} USD a month; flex costs that at ${breakEven?.div('3600').toFixed(0) ?? '-'} busy hours of 730`,
    `500 daily users are ${users.value?.toFixed(0)} requests a day = ${seconds?.div('3600').toFixed(1)} busy hours a month, ${shown(times(flex, { ...given('1'), value: seconds }).value)} USD of flex: the price is no reason to go active there, only the time to start is`,
  ];
}

export function hundredAtOnce(input: CompareInput): Section {
  const prices = pricesOf(input.book);
  const flex = prices.runpod(`${gpu} flex`);
  const seconds = over(given('150'), flex);
  const evening = over(seconds, bracketed(times(given('30 days'), given('3600 s'))));
  return {
    title: 'runpod-serverless-strategy: 100 at once on 150 USD',
    unit: 'as named',
    figures: [
      figure({ subject: 'concurrent waiters', stated: '100', ways: [times(given('4 workers'), given('25 threads'))] }),
      figure({ subject: 'client waits, s', stated: '300', ways: [minutes('5')], off: ['as long as the relay, so that both end together'] }),
      figure({
        subject: 'client waited before, s',
        stated: '180',
        ways: [minutes('3')],
        off: ['less than the 300 s of the relay: places that are answered after 3 minutes saw an error'],
      }),
      ...places(),
    ],
    notes: [
      `150 USD are ${seconds.value?.toFixed(0) ?? '-'} GPU seconds, ${evening.value?.toFixed(1) ?? '-'} hours of one worker every evening of a month`,
      `it costs nothing by day only while no worker is active: one active worker alone is ${shown(times(prices.runpod(`${gpu} active`), given('2628000 s')).value)} USD a month`,
      ...burst(flex),
    ],
  };
}

const minutes = (count: string) => times(given(`${count} minutes`), given('60 s'));

/**
 * How many workers a place needs so that it is answered in time: each answers whole requests of 3
 * s, one after another.
 */
function workersFor(place: string, limit: string): Reckoned {
  const rounds = Math.floor(Number(limit) / 3);
  const workers = Math.ceil(Number(place) / rounds);
  return { value: new Big(String(workers)), text: `${place} places / ${rounds} rounds of 3 s in ${limit} s, rounded up`, prices: [] };
}

function places(): Figure[] {
  const rows = [
    ['workers so that place 20 has 10 s', workersFor('20', '10')],
    ['workers so that place 80 has 2 min', workersFor('80', '120')],
    ['workers so that place 100 has 5 min', workersFor('100', '300')],
  ] as const;
  return rows.map(([subject, derived]) => {
    return { subject, stated: '-', verdict: 'nothing to derive it from' as const, derived, today: undefined, off: [] };
  });
}

function burst(flex: Reckoned): string[] {
  const workers = workersFor('20', '10');
  const count = workers.value?.toFixed(0) ?? '-';
  const longest = times(given(String(Math.ceil(100 / Number(count)))), work).value;
  const seconds = plus(times(given('100 requests'), work), times(workers, idle));
  const cost = times(bracketed(seconds), flex).value;
  return [
    `the first group needs ${count} workers (with ${Number(count) - 1} place 20 is answered after ${Math.ceil(20 / (Number(count) - 1)) * 3} s), and with ${count} the last place waits no longer than ${longest?.toFixed(0)} s: the third group (3-5 min) is one worker alone, so the table mixes two set-ups`,
    `100 at once on ${count} workers cost ${shown(cost)} USD besides the start of the workers; 150 USD pay for ${cost ? given('150').value?.div(cost).toFixed(0) : '-'} such evenings`,
  ];
}
