/**
 * What each type is billed by and how far that is covered: for the documentation, and for reports
 * about what they leave out.
 */
import { counted } from '../../values/counted.ts';
import type { BilledDimension } from '../component.ts';
import { billedTypes, modelOf } from '../resources/registry.ts';
import type { CostReport } from './report.ts';

/** One entry a type, as docs/cost.md has it. */
export function coverageList(): string {
  return billedTypes.map((type) => [`- \`${type}\``, ...coverageLines(modelOf(type)?.billed ?? [])].join('\n')).join('\n');
}

const headings: readonly (readonly [from: BilledDimension['from'], heading: string])[] = [
  ['plan', 'from the plan'],
  ['usage', 'from the usage file'],
  ['elsewhere', 'billed elsewhere'],
  ['nothing', 'not covered'],
];

function coverageLines(billed: readonly BilledDimension[]): string[] {
  return headings.flatMap(([from, heading]) => {
    const its = billed.filter((one) => one.from === from);
    return its.length === 0 ? [] : [`  - ${heading}: ${its.map(described).join('; ')}`];
  });
}

function described({ what, note }: BilledDimension): string {
  return note === undefined ? what : `${what} (${note})`;
}

/**
 * Of the types in a report, what they are billed by too and no line of it says: one text a type.
 */
export function leftOut({ resources }: CostReport): string[] {
  const billed = resources.filter(({ known }) => known.as === 'billed');
  return [...Map.groupBy(billed, ({ resource }) => resource.type)].flatMap(([type, costs]) => {
    const names = new Set(costs.flatMap(({ lines }) => lines.map(({ name }) => name)));
    const missing = (modelOf(type)?.billed ?? []).filter(
      ({ from, lines }) => from === 'nothing' || (from === 'usage' && !isThere(lines, names)),
    );
    return missing.length === 0 ? [] : [`${type}: ${missing.map(({ what }) => what).join(', ')}`];
  });
}

/** One sentence for reports without room for the list; none when nothing is left out. */
export function leftOutSummary(report: CostReport): string[] {
  const types = leftOut(report).length;
  if (types === 0) return [];
  return [`${counted(types, 'type is', 'types are')} billed by more than the lines say, where it is used (dojang cost lists it)`];
}

function isThere(lines: BilledDimension['lines'], names: ReadonlySet<string>): boolean {
  return lines.some((line) => (typeof line === 'string' ? names.has(line) : [...names].some((name) => line.test(name))));
}
