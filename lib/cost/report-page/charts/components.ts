/** What costs most: one bar for each component, coloured by cloud. */
import type { Big } from '../../../values/decimal.ts';
import { usdText } from '../../../values/money.ts';
import { sum } from '../../decimal.ts';
import type { CostReport, ResourceCost } from '../../estimate/report.ts';
import { colours, ink } from '../colours.ts';
import type { Html } from '../html.ts';
import { componentName } from './names.ts';
import { chart } from './render.ts';

interface Bar {
  readonly name: string;
  readonly amount: Big;
  readonly colour: string;
}

const most = 14;
const rowHeight = 40;

export function componentChart(report: CostReport): Html {
  const bars = barsOf(report);
  return chart('components', 'what each component costs a month', bars.length * rowHeight + 16, () => ({
    grid: { left: 4, right: 76, top: 8, bottom: 8 },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      axisLine: { show: false },
      axisTick: { show: false },
      // The name stands above its bar, so that a long one never takes the bar's room.
      axisLabel: { inside: true, margin: 0, verticalAlign: 'bottom', padding: [0, 0, 9, 0], color: ink.text, fontSize: 13 },
      z: 10,
    },
    series: [
      {
        type: 'bar',
        silent: true,
        emphasis: { disabled: true },
        barWidth: 9,
        data: bars.map(({ amount, colour }) => ({ value: Number(amount.toFixed(2)), itemStyle: { color: colour, borderRadius: 2 } })),
        // Below the name, not behind it.
        barCategoryGap: '60%',
        label: {
          show: true,
          position: 'right',
          color: ink.text,
          fontSize: 13,
          formatter: ({ dataIndex }: { dataIndex: number }) => usdText(bars[dataIndex]?.amount),
        },
      },
    ],
  }));
}

/**
 * Lines of one price are one component: what is discounted and its discount. The dearest first, the
 * small ones together.
 */
function barsOf({ resources }: CostReport): Bar[] {
  const all = resources.flatMap(componentsOf).filter(({ amount }) => amount.round(2).gt('0'));
  const sorted = all.toSorted((one, other) => other.amount.cmp(one.amount));
  const rest = sorted.slice(most);
  const others = rest.length > 0 ? [{ name: `${rest.length} more`, amount: sum(rest.map(({ amount }) => amount)), colour: ink.quiet }] : [];
  return [...sorted.slice(0, most), ...others];
}

function componentsOf({ resource, lines }: ResourceCost): Bar[] {
  const groups = Map.groupBy(lines, ({ price }) => `${price.service} ${price.item}`);
  return [...groups.values()].map((members) => ({
    name: componentName(resource.provider, members[0]?.name ?? '', [members[0]?.price.item]),
    amount: sum(members.flatMap(({ amount }) => amount ?? [])),
    colour: colours[resource.provider],
  }));
}
