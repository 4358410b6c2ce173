/**
 * scalability-and-ai-cost: a learning service on two workers of two threads, and what its model
 * calls cost.
 */
import { pricesOf } from '../figures/prices.ts';
import { bracketed, given, minus, over, plus, type Reckoned, shown, times } from '../figures/reckon.ts';
import type { CompareInput, Section } from '../figures/section.ts';
import { months, revenue } from './scalability-money.ts';
import { document, row } from './scalability-row.ts';

export function scalability(input: CompareInput): Section[] {
  return [requestsAtOnce(), modelCalls(input), remedies(input), months(), revenue(), connections()];
}

function requestsAtOnce(): Section {
  const threads = times(given('2 workers'), given('2 threads'));
  const more = times(given('4 workers'), given('4 threads'));
  const three = times(given('3 instances'), bracketed(more));
  const perUser = over(given('40 requests/s'), given('100 users'));
  const users = (at: Reckoned) => over(times(bracketed(at), given('10 requests/s')), bracketed(perUser));
  const notPercent = (factor: string, percent: string) => [
    `${factor} times as many is ${percent} % more: the document calls the factor an increase`,
  ];
  return {
    title: `${document}: requests at once`,
    unit: 'as named',
    figures: [
      row('at once', '4', threads),
      row('requests a second at 100 ms', '40', over(bracketed(threads), given('0.1 s'))),
      row('users at once', '100', undefined, {
        off: [`needs that a user asks every ${shown(over(given('100'), given('40')).value)} s, which it does not say`],
      }),
      row('at once, 4 x 4', '16', more),
      row('4 x 4 against 2 x 2, % more', '400', times(bracketed(minus(over(more, bracketed(threads)), given('1'))), given('100')), {
        off: notPercent('4', '300'),
      }),
      row('at once, three instances', '48', three),
      row(
        'three instances against 2 x 2, % more',
        '1200',
        times(bracketed(minus(over(three, bracketed(threads)), given('1'))), given('100')),
        { off: notPercent('12', '1,100') },
      ),
      row('users of 4 x 4', '400', users(more)),
      row('users of three instances', '1200', users(three)),
      row('exam peak, users, 200 to', '500', undefined, {
        off: ['by the same rate 4 x 4 serves 400 and three instances 1,200: the second step is needed for an exam'],
      }),
      row('limit of 1,000 requests an hour, each hour', '17', over(given('1000 requests'), given('60 minutes')), {
        isSomethingElse: true,
        off: ['that is by the minute; by the hour it is the 1,000 themselves'],
      }),
    ],
    notes: [
      'a request that asks a model takes seconds, not 100 ms: four of them at once stop everything else, whatever the number of users',
    ],
  };
}

/**
 * A call's tokens at a price of a million; the document does not say which are read and which are
 * written.
 */
const call = (tokens: string, price: Reckoned) => over(times(given(`${tokens} tokens`), price), given('1000000'));

function modelCalls({ book }: CompareInput): Section {
  const prices = pricesOf(book);
  const [sonnet, haiku] = [prices.model('anthropic', 'Claude 3.7 Sonnet output'), prices.model('anthropic', 'Claude 3 Haiku output')];
  const today = prices.model('anthropic', 'Claude Haiku 4.5 output');
  const written = 'as if every token were written; a token that is read costs a fifth';
  const perCall = [
    row('validate, 1,000 tokens', '0.015', call('1000', sonnet), { off: [written] }),
    row('grade, 500 tokens', '0.001', call('500', haiku)),
    row('choices, 2,000 tokens', '0.003', call('2000', haiku)),
    row('question, 3,000 tokens', '0.005', call('3000', haiku), {
      off: ['0.005 USD are 4,000 tokens that are written, or 3,000 and as many that are read'],
    }),
  ];
  const each = (contents: string, reviews: string) =>
    times(given('1000 users'), bracketed(plus(times(given('20 contents'), given(contents)), times(given('50 reviews'), given(reviews)))));
  return {
    title: `${document}: calls of a model`,
    unit: 'USD',
    figures: [
      row('Sonnet, a million written', '15', sonnet),
      row('Sonnet, a million read', '3', prices.model('anthropic', 'Claude 3.7 Sonnet input')),
      row('Haiku, a million written', '1.25', haiku),
      row('Haiku, a million read', '0.25', prices.model('anthropic', 'Claude 3 Haiku input')),
      ...perCall,
      row('a month of 1,000 users, from', '600', each('0.023', '0.001'), {
        step: '50',
        off: ['each content validated once and given choices and a question, each review graded; 600 is more than that'],
      }),
      row('a month of 1,000 users, to', '1500', each('0.024', '0.024'), {
        step: '100',
        off: ['every one of the four calls for each content and each review; no reading of its prices gives 1,500 itself'],
      }),
    ],
    notes: [
      `Sonnet and Haiku are the ones the document names; one to validate by the small model of today (Claude Haiku 4.5) is ${shown(call('1000', today).value)} USD`,
    ],
  };
}

function remedies({ book }: CompareInput): Section {
  const prices = pricesOf(book);
  const cheaper = times(bracketed(minus(given('1'), over(given('0.001'), given('0.015')))), given('100'));
  const machine = times(prices.machine('g4dn.xlarge', 'us-east-1'), given('730 h'));
  const atMost = (calls: string) => times(given(`${calls} calls`), given('30 days'), given('0.015')).value;
  return {
    title: `${document}: remedies`,
    unit: 'as named',
    figures: [
      row('with 50 % of answers cached, USD', '750', times(given('1500'), given('0.5'))),
      row('with 30 % of answers cached, USD', '1050', times(given('1500'), given('0.7'))),
      row(
        'shorter prompts, % fewer tokens, 40 to',
        '50',
        times(bracketed(minus(given('1'), over(given('800'), given('1500')))), given('100')),
        {
          step: '10',
          off: ['of what is read; answers stay as long, and they are most of the bill'],
        },
      ),
      row('cheaper model, % saved', '93', cheaper, { off: ['of the document’s two prices; by the tokens themselves it is 91.7 %'] }),
      row('own model: machine, USD', '150', undefined, {
        today: times(prices.machine('g4dn.xlarge'), given('730 h')),
        off: [
          `a g4dn.xlarge that always runs is ${shown(machine.value)} USD in us-east-1: 150 pay for ${shown(over(given('150'), prices.machine('g4dn.xlarge', 'us-east-1')).value)} of 730 hours`,
        ],
      }),
      row('own model: all, USD', '450', plus(given('150'), given('300'))),
      row('own model: saved, USD', '1050', minus(given('1500'), given('450'))),
      row('own model: saved, %', '70', times(over(given('1050'), given('1500')), given('100'))),
      row('validations of 100 credits (free)', '10', over(given('100'), given('10 credits'))),
      row('validations of 500 credits (basic)', '50', over(given('500'), given('10 credits'))),
      row('validations of 2,000 credits (pro)', '200', over(given('2000'), given('10 credits'))),
    ],
    notes: [
      `the limits alone are no budget: at 0.015 USD a call 10 a day are ${shown(atMost('10'))} USD a month for a user who pays nothing, 50 are ${shown(atMost('50'))}, and 200 are ${shown(atMost('200'))} for one who pays 9.99`,
      '150 and 300 are one machine for the small work and 300 USD of calls that stay',
    ],
  };
}

function connections(): Section {
  const now = plus(times(given('2 workers'), given('2 threads')), given('4 of Celery'));
  const three = plus(times(given('3 instances'), given('16 threads')), given('4 of Celery'));
  return {
    title: `${document}: connections, cache, sessions`,
    unit: 'as named',
    figures: [
      row('connections now', '8', now),
      row('pool, free', '60', undefined, {
        off: [
          `three instances need ${shown(three.value)} (${three.text}): ${shown(times(over(bracketed(three), given('60')), given('100')).value)} % of it`,
        ],
      }),
      row('pool, paid', '200', undefined, {
        off: ['a connection belongs to a thread, not to a user: 100 users at once need no 100 of them'],
      }),
      row('cache of a validation, s', '86400', times(given('24 h'), given('3600 s'))),
      row('cache of a list, s', '300', times(given('5 minutes'), given('60 s'))),
      row('session queries a day', '20000', times(given('1000 users'), given('20 requests'))),
    ],
    notes: ['each process has a cache of its own, so that what one has stored the other asks for again; a shared one (Redis) ends that'],
  };
}
