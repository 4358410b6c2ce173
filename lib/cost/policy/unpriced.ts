/** What a change has no amount for: a limit that it is not counted in is not known to be kept. */
import type { CostDifference, CostReport } from '../estimate/report.ts';
import type { Finding, Policies } from './policy.ts';

/** Named by resource and line; a resource without a model has no line. */
type Unpriced = Pick<CostReport['unknown'][number], 'resource'> & { readonly line?: { readonly name: string } };

/** What has no known change, but costs something after it. What is gone can only save. */
export function uncompared({ lines, opened }: CostDifference): Unpriced[] {
  const open = lines.filter(({ change, after }) => change === undefined && after);
  return [...open.map(({ resource, name }) => ({ resource, line: { name } })), ...opened.filter(({ line }) => !line)];
}

/** @param counted what it is missing from: `73.00 of 500 USD`. */
export function unpricedFinding(what: readonly Unpriced[], counted: string, { unpriced: level }: Policies): Finding[] {
  const names = what.slice(0, most).map(({ resource, line }) => `${resource.id}${line ? ` ${line.name}` : ''}`);
  if (names.length === 0) return [];
  const more = what.length > most ? ` and ${what.length - most} more` : '';
  return [{ level, message: `${counted} is without ${names.join(', ')}${more}, which could not be priced`, next }];
}

const most = 3;
const next =
  'look up what it costs before this goes in; a price in the book (dojang prices refresh), or what is used of it (--usage), ends this';
