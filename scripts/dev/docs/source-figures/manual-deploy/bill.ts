/**
 * The true bill of the planned environment beside what the document counted of it: line by line,
 * with each price's source.
 */

import type { Provider } from '../../../../../lib/cost/component.ts';
import { sum, zero } from '../../../../../lib/cost/decimal.ts';
import type { CostLine, CostReport } from '../../../../../lib/cost/estimate/report.ts';
import { Big } from '../../../../../lib/values/decimal.ts';

interface BillLine {
  readonly provider: Provider;
  readonly resource: string;
  readonly line: CostLine;
  /** What the document has for it; undefined when it left the line out. */
  readonly stated: Big | undefined;
}

export interface Bill {
  readonly lines: readonly BillLine[];
  readonly total: Big;
  readonly stated: Big;
  /** Sum of the lines that the document left out, and of the discounts that it left out. */
  readonly leftOut: Big;
  readonly discounts: Big;
}

/** What manual-deploy-two-clouds counts, by the price that its line has. */
const counted: readonly { readonly service: string; readonly item: RegExp; readonly stated: string }[] = [
  { service: 'ec2', item: /^[a-z]\d\w*\.\w+$/, stated: '59' },
  { service: 'compute', item: /core$/, stated: '89' },
  { service: 'gpu', item: /^NVIDIA/, stated: '270' },
];

export function billOf({ resources, total }: CostReport): Bill {
  const lines = resources.flatMap(({ resource, lines: its }) =>
    its.map((line) => ({ provider: resource.provider, resource: resource.id, line, stated: statedFor(line) })),
  );
  const stated = sum(lines.flatMap((line) => line.stated ?? []));
  const amounts = lines.filter((each) => !isCounted(each)).map(({ line }) => line.amount ?? zero);
  return { lines, total, stated, leftOut: sum(amounts.filter((usd) => usd.gt('0'))), discounts: sum(amounts.filter((usd) => usd.lt('0'))) };
}

function statedFor({ price, share }: CostLine): Big | undefined {
  const row = counted.find(({ service, item }) => service === price.service && item.test(price.item));
  return row && !share ? new Big(row.stated) : undefined;
}

/** The document has one figure for the cores and the memory of a machine. */
function isCounted({ stated, line }: BillLine): boolean {
  return stated !== undefined || (line.price.service === 'compute' && !line.share);
}
