/** Sentences of a comment's summary: the headline, what prices alone do, how long credits last. */
import { type Holding, holdingOf } from '../../../inventory/stateful-resources.ts';
import { usdChangeText, usdText } from '../../../values/money.ts';
import { isOpen } from '../../difference/difference.ts';
import { providerName } from '../../render/format.ts';
import { isRefused, type Review } from '../review.ts';
import type { RiskKind } from '../risks.ts';
import type { RunwayChange } from '../runways.ts';
import { headlineText } from './headline.ts';

/** How much of the bill's change comes from prices alone. */
export function byPricesText({ byPrices }: Review): string[] {
  if (!byPrices || byPrices.lines.length === 0) return [];
  const { before, after, known } = byPrices;
  const beside = isOpen(byPrices) ? ', besides what could not be priced at one of them' : '';
  return [
    `New prices alone change what was there before by ${usdChangeText(known)} (${usdText(before.total)} → ${usdText(after.total)})${beside}.`,
  ];
}

/** `+31.20 USD a month (KRW 42,400)`, and what else must not be overlooked. */
export function headline(review: Review): string {
  return [headlineText(review), ...alarms(review)].join(' · ');
}

function alarms(review: Review): string[] {
  return [
    ...alarm('⛔ loses', review, 'lose'),
    ...alarm('⛔ leaves behind', review, 'leave'),
    ...(isRefused(review) ? ['❌ refused by policy'] : []),
  ];
}

function alarm(verb: string, { risks }: Review, kind: RiskKind): string[] {
  const held = new Set(risks.filter((risk) => risk.kind === kind).flatMap(({ change }) => holdingOf(change.type) ?? []));
  return held.size === 0 ? [] : [`${verb} ${[...held].map((holding) => heldWord[holding]).join(', ')}`];
}

const heldWord: Record<Holding, string> = { data: 'data', address: 'an address', machine: 'a machine' };

export function runwayText(runways: readonly RunwayChange[]): string[] {
  if (runways.length === 0) return [];
  return [`Credit lasts: ${runways.map(lasting).join('; ')}.`];
}

function lasting({ provider, before, after, open, lost }: RunwayChange): string {
  const day = (text: string | undefined) => (text ? `until ${text}` : 'unused');
  const unused = lost.gt('0') ? ` (${usdText(lost)} USD of it lost unused)` : '';
  const sooner = open ? ' or sooner, as something of it could not be priced' : '';
  return `${providerName[provider]} ${before === after ? day(after) : `${day(before)} → **${day(after)}**`}${sooner}${unused}`;
}
