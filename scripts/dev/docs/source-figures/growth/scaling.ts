/** scaling-to-100k-mau: from one server to a hundred thousand monthly users in four phases. */
import { type FigureInput, figure } from '../figures/figure.ts';
import { pricesOf } from '../figures/prices.ts';
import { bracketed, given, minus, over, plus, type Reckoned, shown, times } from '../figures/reckon.ts';
import type { CompareInput, Section } from '../figures/section.ts';

const document = 'scaling-to-100k-mau';

const row = (subject: string, stated: string, way: Reckoned | undefined, rest: Partial<FigureInput> = {}) =>
  figure({ subject, stated, ways: way ? [way] : [], ...rest });

export function scaling(input: CompareInput): Section[] {
  return [users(), targets(), phases(input), replicas(input), loads(), alarms()];
}

function users(): Section {
  const share = (part: string, of: string) => times(over(given(part), given(of)), given('100 %'));
  const phase = (users: string, concurrent: string, stated: string) =>
    row(`${concurrent} at once of ${users} a day, %`, stated, share(concurrent.replace(',', ''), users.replace(',', '')), {
      off: ['the document counts 10 to 17 % of a day’s users as concurrent; its phases do not'],
    });
  return {
    title: `${document}: users`,
    unit: 'as named',
    figures: [
      row('daily of monthly users, %', '30', share('30000', '100000')),
      row('3,000 at once of daily users, %', '10', share('3000', '30000')),
      row('5,000 at once of daily users, %', '17', share('5000', '30000')),
      phase('5,000', '1,000', '17'),
      phase('15,000', '5,000', '17'),
      phase('30,000', '10,000', '17'),
    ],
    notes: [],
  };
}

function targets(): Section {
  const later = (subject: string, stated: string, off: string) => row(subject, stated, undefined, { off: [off] });
  return {
    title: `${document}: targets`,
    unit: 'as named',
    figures: [
      row('99.9 % of a month, minutes down', '43', times(given('30 days'), given('1440 minutes'), given('0.001'))),
      row(
        'peak, requests/s of 5,000 users',
        '100',
        times(given('5000 users'), bracketed(over(given('20 requests/s'), given('1000 users')))),
      ),
      row(
        'spike, requests/s of 10,000 users',
        '500',
        times(given('10000 users'), bracketed(over(given('20 requests/s'), given('1000 users')))),
        {
          off: ['at the rate of the other two scenarios 10,000 users ask 200 a second; the spike takes each for 2.5 times as busy'],
        },
      ),
      later('normal, requests/s, 10 to', '20', 'a target; the server of today does 10 to 15 by the document itself'),
      later('p50, ms', '500', 'a target'),
      later('p95, s', '2', `a target: at 100 requests a second at most ${shown(times(given('100'), given('2')).value)} are in progress`),
      later('p99, s', '5', 'a target'),
      later('errors, %', '0.1', 'a target'),
      later('CPU, %', '70', 'a target, and where replicas are added'),
      later('memory, %', '80', 'a target, and where replicas are added'),
    ],
    notes: [],
  };
}

function phases({ book }: CompareInput): Section {
  const prices = pricesOf(book);
  const sum = (...parts: readonly string[]) => {
    const [first = given('0'), ...rest] = parts.map(given);
    return plus(first, ...rest);
  };
  const servers = times(given('3'), prices.machine('m7g.large'), given('730 h'));
  const database = times(prices.database('PostgreSQL db.m7g.large single-AZ'), given('730 h'));
  const cache = times(prices.cache('Valkey cache.r7g.large'), given('730 h'));
  return {
    title: `${document}: a month by phase`,
    unit: 'USD a month',
    figures: [
      row('phase 1, servers, from', '200', undefined, { today: servers, off: ['today: three m7g.large'] }),
      row('phase 1, PostgreSQL, from', '150', undefined, { today: database, off: ['today: one db.m7g.large without storage'] }),
      row('phase 1, Redis, from', '100', undefined, { today: cache, off: ['today: one cache.r7g.large with Valkey'] }),
      row('phase 1, from', '450', sum('200', '150', '100'), { today: plus(servers, database, cache) }),
      row('phase 1, to', '900', sum('400', '300', '200')),
      row('phase 3, from', '1800', sum('500', '800', '200', '300')),
      row('phase 3, to', '3600', sum('1000', '1500', '500', '600')),
      row('phase 4, from', '6000', sum('3000', '1000', '2000')),
      row('phase 4, to', '12000', sum('6000', '2000', '4000')),
    ],
    notes: [
      'phase 2 (200 requests a second, 5,000 at once, queues and a gateway) has no price in the document',
      'backups, traffic and public addresses are in none of the phases, nor is the work of running it all',
    ],
  };
}

function replicas({ book }: CompareInput): Section {
  const prices = pricesOf(book);
  const cost = (count: string, cpu: string, gib: string) =>
    times(
      given(`${count} replicas`),
      bracketed(plus(times(given(`${cpu} vCPU`), prices.fargate('ARM vCPU')), times(given(`${gib} GiB`), prices.fargate('ARM memory')))),
      given('730 h'),
    );
  const derivedOnly = (subject: string, derived: Reckoned | undefined, today?: Reckoned) => ({
    subject,
    stated: '-',
    verdict: 'nothing to derive it from' as const,
    derived,
    today,
    off: [],
  });
  return {
    title: `${document}: 3 to 50 replicas of 0.25 to 0.5 CPU and 256 to 512 MiB`,
    unit: 'as named',
    figures: [
      derivedOnly('vCPU of 3, as asked for', times(given('3'), given('0.25'))),
      derivedOnly('vCPU of 50, at most', times(given('50'), given('0.5'))),
      derivedOnly('GiB of 50, at most', times(given('50'), given('0.5'))),
      derivedOnly('requests/s of each of 50 at 500', over(given('500'), given('50'))),
      derivedOnly('3 on Fargate, USD a month', undefined, cost('3', '0.25', '0.5')),
      derivedOnly('10 on Fargate, USD a month', undefined, cost('10', '0.5', '1')),
      derivedOnly('50 on Fargate, USD a month', undefined, cost('50', '0.5', '1')),
    ],
    notes: [
      'Fargate has no task of 0.25 vCPU with less than 0.5 GB, nor of 0.5 with less than 1 GB, so that those are priced; a cluster of EKS adds 73.00 USD',
      'four workers of gunicorn in 512 MiB have 128 MiB each',
    ],
  };
}

/** Users, seconds and requests a second of a scenario. */
function loads(): Section {
  const requests = (rate: string, seconds: string) => times(given(`${rate} requests/s`), given(`${seconds} s`));
  const spike = minus(requests('500', '300'), over(times(given('500'), given('30 s')), given('2')));
  const rows: readonly (readonly [string, Reckoned, string?])[] = [
    ['normal: requests of 300 s at 20/s', requests('20', '300')],
    ['normal: of them to a model, 10 %', times(requests('20', '300'), given('0.1'))],
    ['peak: requests of 1,800 s at 100/s', requests('100', '1800'), 'fewer by what the exponential ramp leaves out, which has no length'],
    ['spike: requests of 300 s at 500/s, ramp of 30 s', spike],
    ['peak: GPU workers busy at 3 s a call', times(given('100'), given('0.1'), given('3 s'))],
    ['spike: GPU workers busy at 3 s a call', times(given('500'), given('0.1'), given('3 s'))],
  ];
  return {
    title: `${document}: load scenarios`,
    unit: 'as named',
    figures: [
      figure({ subject: 'read, write and model, %', stated: '100', ways: [plus(given('70'), given('20'), given('10'))] }),
      ...rows.map(([subject, derived, off]) => ({
        subject,
        stated: '-',
        verdict: 'nothing to derive it from' as const,
        derived,
        today: undefined,
        off: off ? [off] : [],
      })),
    ],
    notes: [
      'the tenth that asks a model decides: 30 GPUs at the peak and 150 in the spike, where the document has "GPU cluster" without a number',
    ],
  };
}

function alarms(): Section {
  const rows = [
    ['p95 over 2 s for minutes', '2', 'the target itself: the alarm comes when the target has been missed for 2 minutes'],
    ['errors over 1 % for minutes', '1', 'ten times the target of 0.1 %: a day at 0.9 % spends nine days of it in silence'],
    ['connections over 80 % for s', '30', 'no pool size is named'],
    [
      'canary, first %',
      '5',
      'of traffic; then 25, 50 and 100. At 20 requests a second 5 % are 60 a minute: enough to see an error rate of 10 %, not of 0.1 %',
    ],
    ['cache of lists, s', '300', 'at most 12 reads of the database an hour and list, whatever the users'],
    ['cache of predictions, s', '3600', 'one computation an hour and crop'],
    ['cache of the dashboard, s', '60', 'one a minute'],
    ['session, s', '1800', 'who is away for half an hour signs in again'],
  ] as const;
  return {
    title: `${document}: alarms, canary, cache lifetimes`,
    unit: 'as named',
    figures: rows.map(([subject, stated, off]) => row(subject, stated, undefined, { off: [off] })),
    notes: [],
  };
}
