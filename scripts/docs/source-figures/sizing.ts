/** manual-deploy-two-clouds: how large the first release was planned, and how long its releases take. */
import { type FigureInput, figure } from './figure.ts';
import { given, over, plus, type Reckoned, times } from './reckon.ts';
import type { Section } from './section.ts';

const row = (subject: string, stated: string, way: Reckoned, rest: Partial<FigureInput> = {}) =>
  figure({ subject, stated, ways: [way], ...rest });

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
      row('monthly users, from', '200', times(given('70000'), given('0.003')), { step: '20' }),
      row('monthly users, to', '400', times(given('100000'), given('0.004'))),
      row('at once at 50 a day', '15', times(given('50'), given('0.3'))),
      row('at once at 100 a day', '30', times(given('100'), given('0.3'))),
      row('calls a day', '1500', times(given('75 users'), given('20 calls')), { off: ['of 75 daily users, the middle of 50 and 100'] }),
      row('calls of the AI a day, from', '100', times(given('50 users'), given('2 calls'))),
      row('calls of the AI a day, to', '200', times(given('100 users'), given('2 calls'))),
      row('minutes of a full release', '25', plus(given('5'), given('12'), given('8'))),
      row('wait for the API, s', '60', times(given('12 tries'), given('5 s'))),
      row('wait for the AI server, s', '30', times(given('6 tries'), given('5 s'))),
    ],
    notes: ['100 queries a second and 5 requests a second are limits of a peak; 1,500 calls a day are one every 58 s'],
  };
}
