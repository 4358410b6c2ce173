/** What each type is billed by and how far that is covered: for the documentation, and for reports about what they leave out. */
import { markdownTable } from 'markdown-table';
import type { BilledDimension } from '../component.ts';
import type { CostReport } from '../report.ts';
import { billedTypes, modelOf } from './table.ts';

/** One row a type, as docs/cost.md has it. */
export function coverageTable(): string {
  const rows = billedTypes.map((type) => {
    const billed = modelOf(type)?.billed ?? [];
    const cell = (from: BilledDimension['from']) =>
      billed
        .filter((one) => one.from === from)
        .map(described)
        .join('; ');
    const others = [cell('nothing'), cell('elsewhere')].filter((text) => text !== '').join('; ');
    return [`\`${type}\``, cell('plan'), cell('usage'), others];
  });
  const head = ['type', 'from the plan', 'from the usage file', '`-`: not covered, or billed elsewhere'];
  return markdownTable([head, ...rows], { alignDelimiters: false, padding: true });
}

function described({ what, note }: BilledDimension): string {
  return note === undefined ? what : `${what} (${note})`;
}

/** Of the types in a report, what they are billed by too and no line of it says: one text a type. */
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

function isThere(lines: BilledDimension['lines'], names: ReadonlySet<string>): boolean {
  return lines.some((line) => (typeof line === 'string' ? names.has(line) : [...names].some((name) => line.test(name))));
}
