/**
 * What is said of a whole type is divided among its resources: the service has one traffic, however
 * many machines send it.
 */
import type { CostComponent } from '../component.ts';
import { whole } from '../decimal.ts';

/** Digits of a share: a single request of a million. */
const digits = 6;
const down = 0;

/**
 * The lines of each resource, with what they share divided equally; the first has what does not
 * divide, so that nothing is lost.
 */
export function shared(lines: readonly (readonly CostComponent[])[]): readonly (readonly CostComponent[])[] {
  const takers = takersOf(lines);
  return lines.map((its, index) => its.map((line) => withShare(line, index, takers)));
}

/** Indexes of the resources that follow an entry together. */
type Takers = ReadonlyMap<string, readonly number[]>;

function takersOf(lines: readonly (readonly CostComponent[])[]): Takers {
  const takers = new Map<string, number[]>();
  for (const [index, its] of lines.entries()) {
    for (const entry of new Set(its.flatMap((line) => entryOf(line) ?? []))) {
      const before = takers.get(entry);
      if (before) before.push(index);
      else takers.set(entry, [index]);
    }
  }
  return takers;
}

/** A line whose quantity is unknown takes no part, so that nothing is lost in it. */
function entryOf({ basis, quantity }: CostComponent): string | undefined {
  return basis !== 'fixed' && basis.shared && quantity ? basis.usage : undefined;
}

function withShare(line: CostComponent, index: number, takers: Takers): CostComponent {
  const entry = entryOf(line);
  const among = (entry !== undefined && takers.get(entry)) || [];
  if (!line.quantity || among.length < 2) return line;
  const equal = line.quantity.div(whole(among.length)).round(digits, down);
  const quantity = index === among[0] ? line.quantity.minus(equal.times(whole(among.length - 1))) : equal;
  return { ...line, quantity };
}
