/** The comparison as a person reads it in a terminal. */

import { usdText } from '../../values/money.ts';
import { hanging, wrapped } from '../wrap.ts';
import type { Figure, Verdict } from './figure.ts';
import { choices, type Load } from './loads.ts';
import { shown } from './reckon.ts';
import type { Section } from './section.ts';
import type { Vendor } from './vendors.ts';

export interface LineOptions {
  /** Adds how every value came about. */
  readonly how: boolean;
}

const marks: Record<Verdict, string> = { follows: '✓', 'does not follow': '✗', 'nothing to derive it from': '·' };

export const legend = [
  '✓ follows from the document’s inputs   ✗ does not   · nothing to derive it from',
  'Seoul: the same thing in the service’s own regions at the prices of the book',
];

export function sectionLines({ title, unit, figures, notes }: Section, options: LineOptions): string[] {
  return [
    title,
    `  ${unit.padEnd(37)}${'stated'.padStart(10)}${'its inputs'.padStart(14)}${'Seoul'.padStart(13)}`,
    ...figures.flatMap((each) => figureLines(each, options)),
    ...notes.flatMap((note) => hanging('  =>', note, 5)),
    '',
  ];
}

function figureLines({ subject, stated, verdict, derived, today, off }: Figure, { how }: LineOptions): string[] {
  const values = [stated.padStart(10), shown(derived?.value).padStart(14), shown(today?.value).padStart(13)].join('');
  const way = how && derived ? hanging('      inputs', derived.text, 14) : [];
  const ours = how && today && today.text !== '' ? hanging('      Seoul', today.text, 14) : [];
  return [`  ${marks[verdict]} ${subject.padEnd(35)}${values}`, ...way, ...ours, ...off.flatMap((sentence) => wrapped(sentence, 6))];
}

export function vendorLines(vendors: readonly Vendor[]): string[] {
  return [
    'manual-deploy-two-clouds: ten vendors of a GPU',
    `  ${'USD'.padEnd(17)}${'credit'.padStart(10)}${'stated a month'.padStart(17)}${'book a month'.padStart(15)}${'12 weeks beyond'.padStart(19)}`,
    ...vendors.flatMap(({ name, credit, stated, today, owed, note }) => [
      `  ${name.padEnd(17)}${shown(credit).padStart(10)}${shown(stated?.value).padStart(17)}${shown(today?.value).padStart(15)}${shown(owed).padStart(19)}`,
      ...wrapped(note, 6),
    ]),
    '',
  ];
}

export function loadLines(loads: readonly Load[]): string[] {
  return [
    'RunPod flex, active, machines that always run, external API: USD a month',
    `  ${'requests a day'.padEnd(18)}${choices.map((choice) => choice.padStart(12)).join('')}`,
    ...loads.map(({ requests, users, choices: its }) => {
      const load = `${requests.toFixed()} ${users ? `(${users} users)` : '(one full)'}`;
      return `  ${load.padEnd(18)}${[...its.values()].map((usd) => usdText(usd).padStart(12)).join('')}`;
    }),
    ...wrapped('3 s a request; the time to start and to wait, and peaks, are not in it. The last load keeps one GPU busy all month.', 6),
    '',
  ];
}
