/** What a change does to the bill: two reports, line by line. */
import type { BilledResource } from '../component.ts';
import { sum, zero } from '../decimal.ts';
import type { CostDifference, CostLine, CostReport, LineChange, ResourceCost } from '../estimate/report.ts';
import { merelyMoved, movedFrom, sameResource } from './moved.ts';

/**
 * A resource is the same one when provider, stack, type and id are the same, as in a plan; a line
 * by its name. One that is only in another stack is the same for the bill: whatever else the move
 * does, it costs what it did.
 */
export function costDifference(before: CostReport, after: CostReport): CostDifference {
  const pairs = paired(byIdentity(before), byIdentity(after));
  const lines = pairs.flatMap(changesOf).sort(bySize);
  const known = sum(lines.flatMap(({ change }) => change ?? []));
  const [opened, closed] = [
    onlyHere(after, pairs, { here: 'after', there: 'before' }),
    onlyHere(before, pairs, { here: 'before', there: 'after' }),
  ];
  return { before, after, change: after.total.minus(before.total), known, lines, opened, closed };
}

/** Whether there is more to a difference than `known` says. */
export function isOpen({ lines, opened, closed }: CostDifference): boolean {
  return opened.length > 0 || closed.length > 0 || lines.some(({ change }) => change === undefined);
}

type Identified = ReadonlyMap<string, ResourceCost>;

/** A resource before and after; one of them is missing when it comes or goes. */
interface Pair {
  readonly before?: ResourceCost;
  readonly after?: ResourceCost;
}

/** What is there after, in its order, then what is gone. */
function paired(old: Identified, now: Identified): Pair[] {
  const moved = movedFrom(old, now);
  const taken = new Set(moved.values());
  const there = [...now].map(([identity, after]) => ({ before: old.get(identity) ?? moved.get(after), after }));
  const gone = [...old].flatMap(([identity, before]) => (now.has(identity) || taken.has(before) ? [] : { before }));
  return [...there, ...gone];
}

/**
 * What is unknown on one side and not on the other, by what it is and not by how much there is of
 * it.
 */
function onlyHere(
  { unknown }: CostReport,
  pairs: readonly Pair[],
  { here, there }: { here: keyof Pair; there: keyof Pair },
): CostReport['unknown'] {
  if (unknown.length === 0) return [];
  const others = new Map(pairs.flatMap((pair) => (pair[here] ? [[pair[here].resource, pair[there]] as const] : [])));
  return unknown.filter(({ resource, line }) => {
    const other = others.get(resource);
    if (!other) return true;
    if (!line) return !sameResource(resource, other.resource) && !merelyMoved(resource, other.resource);
    const same = lineNamed(other.lines, line.name);
    return !same || same.amount !== undefined;
  });
}

/**
 * Every resource by what it is. A second one of the same name, as in a preview of several programs,
 * gets a number.
 */
function byIdentity({ resources }: CostReport): Map<string, ResourceCost> {
  const found = new Map<string, ResourceCost>();
  for (const cost of resources) {
    const { provider, stack, type, id } = cost.resource;
    const identity = `${provider}\n${stack}\n${type}\n${id}`;
    found.set(found.has(identity) ? numbered(found, identity) : identity, cost);
  }
  return found;
}

function numbered(found: ReadonlyMap<string, unknown>, identity: string): string {
  let number = 2;
  while (found.has(`${identity}\n${number}`)) number += 1;
  return `${identity}\n${number}`;
}

function changesOf({ before, after }: Pair): LineChange[] {
  const resource = (after ?? before)?.resource;
  if (!resource) return [];
  const [old, now] = [before?.lines ?? [], after?.lines ?? []];
  const isMoved = before !== undefined && after !== undefined && merelyMoved(before.resource, after.resource);
  const same = isMoved ? sameButReason : sameLine;
  const changed = now.flatMap((line) => changeOf(resource, lineNamed(old, line.name), line, same));
  const gone = old.filter(({ name }) => !lineNamed(now, name)).flatMap((line) => changeOf(resource, line, undefined, same));
  return [...changed, ...gone];
}

function lineNamed(lines: readonly CostLine[], name: string): CostLine | undefined {
  return lines.find((line) => line.name === name);
}

function changeOf(
  resource: BilledResource,
  before: CostLine | undefined,
  after: CostLine | undefined,
  same: typeof sameLine,
): LineChange[] {
  if (before && after && same(before, after)) return [];
  const [old, now] = [amountOf(before), amountOf(after)];
  return [{ resource, name: (after ?? before)?.name ?? '', before, after, change: old && now?.minus(old) }];
}

/** A line that is not there costs nothing; one whose amount is unknown is unknown. */
function amountOf(line: CostLine | undefined) {
  return line ? line.amount : zero;
}

/**
 * Where no amount is known, another reason is another thing: a machine type without a price in
 * place of another one.
 */
function sameLine(one: CostLine, other: CostLine): boolean {
  return sameButReason(one, other) && one.reason === other.reason;
}

/** A reason may say which stack a reference is to, which is another one after a move. */
function sameButReason(one: CostLine, other: CostLine): boolean {
  return (
    one.price.item === other.price.item &&
    one.price.region === other.price.region &&
    one.price.service === other.price.service &&
    sameAmount(one.quantity, other.quantity) &&
    sameAmount(one.amount, other.amount)
  );
}

function sameAmount(one: CostLine['amount'], other: CostLine['amount']): boolean {
  return one && other ? one.eq(other) : one === other;
}

/** The largest change first, up or down; what is not known comes last. */
function bySize({ change: one }: LineChange, { change: other }: LineChange): number {
  if (!one || !other) return Number(one === undefined) - Number(other === undefined);
  return other.abs().cmp(one.abs());
}
