/** scalability-and-ai-cost: what a month costs by users, and what they pay. */
import type { Figure } from '../figures/figure.ts';
import { bracketed, given, minus, over, plus, type Reckoned, shown, times } from '../figures/reckon.ts';
import type { Section } from '../figures/section.ts';
import { document, row } from './scalability-row.ts';

export function months(): Section {
  const rows = [
    ['100 users', '170', ['20', '0', '0', '150']],
    ['500 users', '835', ['50', '25', '10', '750']],
    ['1,000 users', '1645', ['100', '25', '20', '1500']],
    ['1,000 users, optimised', '595', ['100', '25', '20', '450']],
  ] as const;
  return {
    title: `${document}: a month by users`,
    unit: 'USD a month',
    figures: rows.map(([subject, stated, parts]) => row(subject, stated, sumOf(parts))),
    notes: [
      `parts: the platform, the database, the cache, the model; the model is ${shown(over(given('1500'), given('1000')).value)} USD a user in each of the first three`,
      'no traffic, no backup and no mail are in it',
    ],
  };
}

function sumOf(parts: readonly string[]): Reckoned {
  const [first = given('0'), ...rest] = parts.map(given);
  return plus(first, ...rest);
}

export function revenue(): Section {
  const buyers = (users: string) => times(given(`${users} users`), given('0.3'), given('9.99'));
  const rows = [
    ['100', '300', '170', '130'],
    ['500', '1500', '835', '665'],
    ['1000', '3000', '1645', '1355'],
  ] as const;
  const figures = rows.flatMap(([users, stated, cost, profit]): Figure[] => [
    row(`${users} users pay`, stated, buyers(users), { step: '10' }),
    row(`${users} users leave`, profit, minus(given(stated), given(cost))),
  ]);
  const fixed = over(given('20'), bracketed(minus(times(given('0.3'), given('9.99')), given('1.5'))));
  return {
    title: `${document}: revenue at 30 % that buy for 9.99`,
    unit: 'USD a month',
    figures: [
      ...figures,
      row('1,000 users leave, optimised', '2405', minus(given('3000'), given('595'))),
      row(
        'optimised against before, % more',
        '80',
        times(over(bracketed(minus(given('2405'), given('1355'))), given('1355')), given('100')),
        { step: '10' },
      ),
      row('users to break even', '300', fixed, {
        off: [
          'each user brings 3.00 and costs 1.50, so that the 20 USD of the platform are earned by 14; its own table is above zero at 100',
        ],
      }),
    ],
    notes: [
      '30 % that buy is an assumption without a source; at 15 % every user only pays for the model, and what a store or a card takes is left out',
    ],
  };
}
