/**
 * manual-deploy-two-clouds: how large the first release was planned, and how long its releases
 * take.
 */
import { type Figure, type FigureInput, figure } from '../figures/figure.ts';
import { given, over, plus, type Reckoned, shown, times } from '../figures/reckon.ts';
import type { Section } from '../figures/section.ts';

const row = (subject: string, stated: string, way: Reckoned, rest: Partial<FigureInput> = {}) =>
  figure({ subject, stated, ways: [way], ...rest });

/** A target or an assumption, which the document derives from nothing. */
const target = (subject: string, stated: string, ...off: readonly string[]) => figure({ subject, stated, ways: [], off });

export function sizing(): Section {
  const perResult = times(given('10 pages'), given('16 KB'));
  const hot = over(times(given('100 results'), given('30 days'), given('160 KB')), given('1000000'));
  return {
    title: 'manual-deploy-two-clouds: sizing',
    unit: 'as named',
    figures: [
      row('queries a second', '100', times(given('50 users'), given('2'))),
      row('KB of one result in memory', '160', perResult, { off: ['100 KB of text fill 7 pages; the other 3 are for indexes'] }),
      row('GB that are hot in 30 days', '0.5', hot, { off: ['at 100 results a day; at 50 it is half of that'] }),
      ...memory(),
      row('monthly users, from', '200', times(given('70000'), given('0.003')), { step: '100' }),
      row('monthly users, to', '400', times(given('100000'), given('0.004'))),
      row('at once at 50 a day', '15', times(given('50'), given('0.3'))),
      row('at once at 100 a day', '30', times(given('100'), given('0.3'))),
      row('calls a day', '1500', times(given('75 users'), given('20 calls')), { off: ['of 75 daily users, the middle of 50 and 100'] }),
      row('calls of the AI a day, from', '100', times(given('50 users'), given('2 calls'))),
      row('calls of the AI a day, to', '200', times(given('100 users'), given('2 calls'))),
      ...peak(),
      row('minutes of a full release', '25', plus(given('5'), given('12'), given('8'))),
      row('wait for the API, s', '60', times(given('12 tries'), given('5 s'))),
      row('wait for the AI server, s', '30', times(given('6 tries'), given('5 s'))),
    ],
    notes: ['100 queries a second and 5 requests a second are limits of a peak; 1,500 calls a day are one every 58 s'],
  };
}

/** Half a GB that is hot, and what runs beside MySQL. */
function memory(): Figure[] {
  const needed = plus(given('1 GB'), given('3 GB'));
  return [
    target('InnoDB buffer pool, GB', '1', 'twice the 0.48 GB that are hot'),
    target('memory of nginx and the application, GB', '3', 'no parts of it are named'),
    row('memory of the machine, GB', '8', needed, {
      off: ['they fill a machine of 4 GB; 8 GB is the next size, and leaves half of it to the system'],
    }),
    target('swap, GB', '4', 'half of the memory; what swaps is no longer in the buffer pool, so it is for an accident, not for a load'),
  ];
}

function peak(): Figure[] {
  const daily = over(times(given('1500 calls'), given('1.5')), given('86400 s'));
  return [
    target('design peak, requests a second', '5', '30 at once who ask every 6 s; nothing says how often they ask'),
    target('factor of a season, from', '1.3'),
    target(
      'factor of a season, to',
      '1.5',
      `1,500 calls a day x 1.5 are ${shown(daily.value)} a second over a day: the design peak is far above either`,
    ),
    row('a contract is answered within, s', '300', times(given('5 minutes'), given('60 s')), {
      off: ['a target: the limit is where contracts arrive faster than one T4 answers them'],
    }),
  ];
}
