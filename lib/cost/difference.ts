/** What a change does to the bill: two reports, line by line. */
import { sameValue } from '../inventory/normalise.ts';
import type { BilledResource } from './component.ts';
import { sum, zero } from './exact.ts';
import type { CostDifference, CostLine, CostReport, LineChange, ResourceCost } from './report.ts';

/** A resource is the same one when provider, stack, type and id are the same, as in a plan; a line by its name. */
export function costDifference(before: CostReport, after: CostReport): CostDifference {
  const [old, now] = [byIdentity(before), byIdentity(after)];
  const changed = [...now].flatMap(([identity, cost]) => changesOf(old.get(identity), cost));
  const gone = [...old].flatMap(([identity, cost]) => (now.has(identity) ? [] : changesOf(cost, undefined)));
  const lines = [...changed, ...gone].sort(bySize);
  const known = sum(lines.flatMap(({ change }) => change ?? []));
  const [opened, closed] = [onlyHere(after, now, old), onlyHere(before, old, now)];
  return { before, after, change: after.total.minus(before.total), known, lines, opened, closed };
}

/** Whether there is more to a difference than `known` says. */
export function isOpen({ lines, opened, closed }: CostDifference): boolean {
  return opened.length > 0 || closed.length > 0 || lines.some(({ change }) => change === undefined);
}

type Identified = ReadonlyMap<string, ResourceCost>;

/** What is unknown on one side and not on the other, by what it is and not by how much there is of it. */
function onlyHere({ unknown }: CostReport, here: Identified, there: Identified): CostReport['unknown'] {
  if (unknown.length === 0) return [];
  const identities = new Map([...here].map(([identity, { resource }]) => [resource, identity]));
  return unknown.filter(({ resource, line }) => {
    const other = there.get(identities.get(resource) ?? '');
    if (!other) return true;
    if (!line) return !sameResource(resource, other.resource);
    const same = lineNamed(other.lines, line.name);
    return !same || same.amount !== undefined;
  });
}

function sameResource(one: BilledResource, other: BilledResource): boolean {
  return one.region === other.region && sameValue(one.properties, other.properties);
}

/** Every resource by what it is. A second one of the same name, as in a project of somebody else, gets a number. */
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

function changesOf(before: ResourceCost | undefined, after: ResourceCost | undefined): LineChange[] {
  const resource = (after ?? before)?.resource;
  if (!resource) return [];
  const [old, now] = [before?.lines ?? [], after?.lines ?? []];
  const changed = now.flatMap((line) => changeOf(resource, lineNamed(old, line.name), line));
  const gone = old.filter(({ name }) => !lineNamed(now, name)).flatMap((line) => changeOf(resource, line, undefined));
  return [...changed, ...gone];
}

function lineNamed(lines: readonly CostLine[], name: string): CostLine | undefined {
  return lines.find((line) => line.name === name);
}

function changeOf(resource: BilledResource, before: CostLine | undefined, after: CostLine | undefined): LineChange[] {
  if (before && after && sameLine(before, after)) return [];
  const [old, now] = [amountOf(before), amountOf(after)];
  return [{ resource, name: (after ?? before)?.name ?? '', before, after, change: old && now?.minus(old) }];
}

/** A line that is not there costs nothing; one whose amount is unknown is unknown. */
function amountOf(line: CostLine | undefined) {
  return line ? line.amount : zero;
}

function sameLine(one: CostLine, other: CostLine): boolean {
  return (
    one.price.item === other.price.item &&
    one.price.region === other.price.region &&
    one.price.service === other.price.service &&
    sameAmount(one.quantity, other.quantity) &&
    sameAmount(one.amount, other.amount) &&
    // Where nobody knows the amount, another reason is another thing: a host that nobody has prices of, instead of another one.
    one.because === other.because
  );
}

function sameAmount(one: CostLine['amount'], other: CostLine['amount']): boolean {
  return one && other ? one.eq(other) : one === other;
}

/** The largest change first, up or down; what nobody can say comes last. */
function bySize({ change: one }: LineChange, { change: other }: LineChange): number {
  if (!one || !other) return Number(one === undefined) - Number(other === undefined);
  return other.abs().cmp(one.abs());
}
