/** Words that every rendering of a report shares. */
import type { Big } from '../../values/decimal.ts';
import { amountText } from '../../values/money.ts';
import type { Provider } from '../component.ts';
import type { CostLine, CostReport, ResourceCost } from '../estimate/report.ts';

/** `730 hour x 0.1003`, `-30 % of 730 hour x 0.37`, `18.87 gb, tiers from 0.126`. */
export function workingOf({ quantity, unit, share, found }: CostLine): string {
  if (!quantity) return '-';
  const count = `${share ? `${share.times('100').toFixed()} % of ` : ''}${quantity.toFixed()} ${unit}`;
  if (!found) return count;
  const [first] = found.tiers;
  const price = amountText(first?.usd);
  const free = found.free ? `, ${found.free.toFixed()} free` : '';
  return found.tiers.length === 1 ? `${count} x ${price}${free}` : `${count}, tiers from ${price}${free}`;
}

/** What makes a line less certain than it looks. */
export function doubtOf({ found }: CostLine): string | undefined {
  return found && found.confidence !== 'high' ? `price of ${found.confidence} confidence, ${found.asOf}` : undefined;
}

/** Free resources by the reason, the most frequent first. */
export function freeByReason({ resources }: CostReport): readonly (readonly [reason: string, resources: readonly ResourceCost[]])[] {
  const free = resources.filter(({ known }) => known.as === 'free');
  const byReason = Map.groupBy(free, ({ known }) => (known.as === 'free' ? known.reason : ''));
  return [...byReason].sort(([, one], [, other]) => other.length - one.length);
}

/**
 * What has no amount, once for each reason: `Files Storage and 3 more: the usage file does not say
 * ...`.
 */
export function unknownByReason({ unknown }: CostReport): string[] {
  return [...Map.groupBy(unknown, ({ reason }) => reason)].map(([reason, [first, ...more]]) => {
    const name = first ? `${first.resource.id}${first.line ? ` ${first.line.name}` : ''}` : '';
    return `${name}${more.length > 0 ? ` and ${more.length} more` : ''}: ${reason}`;
  });
}

/**
 * The total as far as it can be said: a part of it when something is unknown, and nothing when
 * nothing is known.
 */
export function knownTotal({ total, unknown, resources }: CostReport): { readonly atLeast: boolean; readonly total: Big | undefined } {
  const isOpen = unknown.length > 0;
  const isKnown = !isOpen || resources.some(hasAmount);
  return { atLeast: isOpen && isKnown, total: isKnown ? total : undefined };
}

/**
 * The same of each provider: undefined where something is unknown and nothing else has an amount.
 */
export function knownByProvider({ byProvider, unknown, resources }: CostReport): ReadonlyMap<Provider, Big | undefined> {
  const open = new Set(unknown.map(({ resource }) => resource.provider));
  const known = new Set(resources.filter(hasAmount).map(({ resource }) => resource.provider));
  return new Map([...byProvider].map(([provider, amount]) => [provider, open.has(provider) && !known.has(provider) ? undefined : amount]));
}

/** The same of a resource. */
export function knownAmount({ known, lines, amount }: ResourceCost): { readonly atLeast: boolean; readonly amount: Big | undefined } {
  const isOpen = known.as === 'unsupported' || lines.some((line) => line.amount === undefined);
  const isKnown = !isOpen || hasAmount({ lines });
  return { atLeast: isOpen && isKnown, amount: isKnown ? amount : undefined };
}

/** Whether a line of it has an amount. That of nothing says nothing about the others. */
function hasAmount({ lines }: Pick<ResourceCost, 'lines'>): boolean {
  return lines.some(({ amount }) => amount !== undefined && !amount.eq('0'));
}

/** Amounts by provider as data: null for one that is not known. */
export function amountsData(amounts: ReadonlyMap<Provider, Big | undefined>): Readonly<Record<string, string | null>> {
  return Object.fromEntries([...amounts].map(([provider, amount]) => [provider, amount?.toFixed() ?? null]));
}

export const providerName: Record<Provider, string> = {
  aws: 'AWS',
  gcp: 'GCP',
  runpod: 'RunPod',
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  google: 'Google AI',
  fireworks: 'Fireworks',
  other: 'Others',
};
