/**
 * manual-deploy-two-clouds: the machines of the first release, and how long the credits were to
 * last.
 */

import { sustainedUse } from '../../../../../lib/cost/prices/sustained-use.ts';
import { runwaysOf } from '../../../../../lib/cost/runway/runway.ts';
import { Big } from '../../../../../lib/values/decimal.ts';
import { type Figure, figure, whosePrice } from '../figures/figure.ts';
import { hours, type Prices, pricesOf, thirtyDays } from '../figures/prices.ts';
import { bracketed, given, minus, over, plus, type Reckoned, shown, times } from '../figures/reckon.ts';
import type { CompareInput, Section } from '../figures/section.ts';

export function machines(input: CompareInput): Section {
  const prices = pricesOf(input.book);
  const figures = [...awsMachines(input, prices), ...gpuMachine(prices)];
  return {
    title: 'manual-deploy-two-clouds: machines',
    unit: 'USD a month',
    figures,
    notes: [`${ofMonth(figures, thirtyDays)} are of a month of ${thirtyDays}, ${ofMonth(figures, hours)} of one of ${hours}`],
  };
}

function ofMonth(figures: readonly Figure[], month: string): string {
  return figures.flatMap(({ subject, derived }) => (derived?.text.endsWith(month) ? subject : [])).join(', ');
}

function awsMachines({ book }: CompareInput, prices: Prices): Figure[] {
  const rows = [
    ['m7g.large', '59', '0.0816'],
    ['g5g.xlarge', '372', '0.5166'],
    ['g4dn.xlarge', '465', '0.647'],
  ] as const;
  return rows.map(([item, stated, usd]) => {
    const owners = whosePrice(book, usd);
    const wrong = !owners.includes(`${item} in ap-northeast-2`);
    return figure({
      subject: item,
      stated,
      ways: [times(given(usd), given(hours)), times(given(usd), given(thirtyDays))],
      today: times(prices.machine(item), given(hours)),
      off: wrong ? [`${usd} is the price of ${owners.join(' and of ')}; the service is in Seoul`] : [],
    });
  });
}

function gpuMachine(prices: Prices): Figure[] {
  const n1 = sustained(times(bracketed(plus(cores(prices), memory(prices))), given(hours)), 'n1');
  const t4 = sustained(times(prices.gcp('gpu', 'NVIDIA T4'), given(hours)), 'NVIDIA T4');
  const machine = given('0.1218785');
  const gpu = given('0.37');
  return [
    figure({ subject: 'n1-standard-2', stated: '89', ways: [times(machine, given(hours))], today: n1, off: [discountMissing('N1', 'n1')] }),
    figure({
      subject: 'NVIDIA T4',
      stated: '270',
      ways: [times(gpu, given(hours))],
      today: t4,
      off: [discountMissing('a T4', 'NVIDIA T4')],
    }),
    figure({ subject: 'GPU machine', stated: '359', ways: [times(bracketed(plus(machine, gpu)), given(hours))], today: plus(n1, t4) }),
  ];
}

const cores = (prices: Prices) => times(given('2 cores'), prices.gcp('compute', 'N1 predefined core'));
const memory = (prices: Prices) => times(given('7.5 GB'), prices.gcp('compute', 'N1 predefined RAM'));

function sustained(list: Reckoned, what: string): Reckoned {
  const rule = sustainedUse(what);
  return rule ? times(list, given(rule.fullMonth.toFixed())) : list;
}

function discountMissing(name: string, what: string): string {
  const share = sustainedUse(what)?.share.times('-100').toFixed(0) ?? '?';
  return `${name} that runs a whole month costs ${share} % less (sustained use), which is left out`;
}

/** How long credits last, and what the choice of two clouds rests on. */
export function credits(input: CompareInput): Section {
  const prices = pricesOf(input.book);
  const alone = plus(prices.machine('m7g.large'), prices.machine('g5g.xlarge'));
  const documentAlone = plus(given('0.0816'), given('0.5166'));
  const weekly = times(bracketed(alone), given('168 h'));
  return {
    title: 'manual-deploy-two-clouds: credits over 12 weeks',
    unit: 'as named',
    figures: [
      figure({
        subject: 'AWS alone, USD a month',
        stated: '430',
        ways: [times(bracketed(documentAlone), given(thirtyDays))],
        today: times(bracketed(alone), given(hours)),
      }),
      figure({
        subject: 'of 700 USD in 4 weeks, %',
        stated: '60',
        step: '5',
        ways: [times(over(given('430'), given('700')), given('100 %'))],
        today: times(over(times(weekly, given('4 weeks')), given('700')), given('100 %')),
        off: [`a month is counted as 4 weeks; it has ${shown(over(given('730'), given('168')).value)}`],
      }),
      figure({
        subject: 'AWS alone empty before week',
        stated: '8',
        isBound: true,
        ways: [over(given('700'), bracketed(over(given('430'), given('4 weeks'))))],
        today: over(given('700'), bracketed(weekly)),
      }),
      nightOff(),
      ...wonFigures(input),
    ],
    notes: horizon(input),
  };
}

/** Switching the GPU off at night: what is not used any more was the cheapest part. */
function nightOff(): Figure {
  const { bands = [], fullMonth } = sustainedUse('NVIDIA T4') ?? {};
  const [first, second, third] = bands.map((band) => given(band.toFixed()));
  const quarter = given('0.25');
  const ways = [times(given('0.3'), given('100 %'))];
  const off = [
    `the last quarter of a month costs ${bands.at(-1)?.toFixed() ?? '?'} of the list price, so what is switched off is the cheapest part`,
  ];
  if (!(first && second && third && fullMonth)) return figure({ subject: 'saved by 30 % off at night, %', stated: '30', ways });
  const full = given(fullMonth.toFixed());
  const running = plus(times(quarter, first), times(quarter, second), times(given('0.2'), third));
  const today = times(bracketed(over(bracketed(minus(full, bracketed(running))), full)), given('100 %'));
  return figure({ subject: 'saved by 30 % off at night, %', stated: '30', ways, today, off });
}

/** What the documents took a dollar for. */
function wonFigures({ rate }: CompareInput): Figure[] {
  const rows = [
    ['AWS credit, million KRW', '1', '700'],
    ['GCP credit, million KRW', '0.43', '300'],
    ['RunPod credit, million KRW', '0.3', '210'],
  ] as const;
  const krw = given(`${rate.krwPerUsd.toFixed()} KRW`);
  return rows.map(([subject, stated, usd]) => {
    const implied = over(given(`${stated} million`), given(`${usd} USD`))
      .value?.times('1000000')
      .toFixed(0);
    const today = over(times(given(`${usd} USD`), krw), given('1000000'));
    return figure({
      subject,
      stated,
      ways: [],
      today,
      off: [`takes a dollar for ${implied} KRW; the book has ${krw.text} of ${rate.asOf}`],
    });
  });
}

function horizon({ spending, since }: CompareInput): string[] {
  const trial = over(given('300'), bracketed(times(bracketed(plus(given('0.1218785'), given('0.37'))), given('168 h'))));
  const document = `two clouds do not reach week 12 either: at the document's own prices 300 USD of GCP last ${shown(trial.value)} weeks (${trial.text})`;
  const credits = [
    { provider: 'aws', usd: new Big('700'), since },
    { provider: 'gcp', usd: new Big('300'), since },
  ] as const;
  const [aws, gcp] = runwaysOf(credits, spending);
  if (!aws?.empty || !gcp?.empty) return [document];
  return [
    document,
    `as planned today AWS's 700 USD last from ${since} until ${aws.empty} and GCP's 300 USD until ${gcp.empty}`,
    `12 weeks from then cost ${shown(aws.horizon.cost)} USD of AWS and ${shown(gcp.horizon.cost)} of GCP as planned today: one credit cannot pay for the other`,
  ];
}
