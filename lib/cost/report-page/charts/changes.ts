/** What a change adds and takes away, line by line. */
import type { Big } from '../../../values/decimal.ts';
import { usdChangeText } from '../../../values/money.ts';
import { sum } from '../../decimal.ts';
import type { CostDifference, LineChange } from '../../estimate/report.ts';
import { ink } from '../colours.ts';
import type { Html } from '../html.ts';
import { componentName } from './names.ts';
import { chart } from './render.ts';

const most = 12;
const rowHeight = 40;

export function changeChart({ lines }: CostDifference): Html {
  const bars = barsOf(lines);
  const bounds = Math.max(...bars.map(({ change }) => Math.abs(Number(change.toFixed(2)))), 1);
  return chart('changes', 'what each line adds or takes away a month', bars.length * rowHeight + 16, (width) => ({
    grid: { left: 4, right: 4, top: 8, bottom: 8 },
    // Room on both sides for the amounts.
    xAxis: { type: 'value', show: false, min: -bounds * (width < 500 ? 1.9 : 1.3), max: bounds * (width < 500 ? 1.9 : 1.3) },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      position: 'left',
      axisLabel: { inside: true, margin: 0, verticalAlign: 'bottom', padding: [0, 0, 9, 0], color: ink.text, fontSize: 13 },
      z: 10,
    },
    series: [
      {
        type: 'bar',
        silent: true,
        emphasis: { disabled: true },
        barWidth: 9,
        data: bars.map(({ change }) => ({
          value: Number(change.toFixed(2)),
          itemStyle: { color: change.gt('0') ? ink.more : ink.less, borderRadius: 2 },
          label: { position: change.gt('0') ? 'right' : 'left', formatter: usdChangeText(change) },
        })),
        label: { show: true, color: ink.text, fontSize: 13 },
      },
    ],
  }));
}

interface Bar {
  readonly name: string;
  readonly change: Big;
}

/**
 * What is discounted and its discount are one bar, as in the chart of components. The largest
 * first.
 */
function barsOf(lines: readonly LineChange[]): Bar[] {
  const known = lines.filter(({ change }) => change !== undefined);
  const groups = Map.groupBy(known, ({ resource, before, after }) =>
    [resource.provider, resource.id, (after ?? before)?.price.item].join('\n'),
  );
  return [...groups.values()]
    .map((members) => ({ name: nameOf(members), change: sum(members.flatMap(({ change }) => change ?? [])) }))
    .filter(({ change }) => !change.round(2).eq('0'))
    .toSorted((one, other) => other.change.abs().cmp(one.change.abs()))
    .slice(0, most);
}

/** Called after the line itself, not after its discount. */
function nameOf(members: readonly LineChange[]): string {
  const main = members.find(({ before, after }) => !(after ?? before)?.share) ?? members[0];
  return main ? componentName(main.resource.provider, main.name, [main.before?.price.item, main.after?.price.item]) : '';
}
