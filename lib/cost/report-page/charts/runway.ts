/** What is left of each credit, week by week. */
import { providerName } from '../../render/format.ts';
import type { Runway } from '../../runway/runway.ts';
import { colours, ink } from '../colours.ts';
import type { Html } from '../html.ts';
import { chart } from './render.ts';

export function runwayChart(runways: readonly Runway[]): Html {
  const days = runways[0]?.weeks.map(({ day }) => day) ?? [];
  return chart('runway', 'what is left of each credit, week by week', 300, (width) => ({
    grid: { left: 44, right: 20, top: 40, bottom: 34 },
    legend: {
      top: 0,
      left: 0,
      itemGap: width < 500 ? 14 : 24,
      icon: 'roundRect',
      itemWidth: 14,
      selectedMode: false,
      itemHeight: 4,
      textStyle: { color: ink.text, fontSize: 13 },
    },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: days.map((day) => day.slice(5)),
      axisLabel: { color: ink.quiet, fontSize: 12, interval: everyNth(days.length, width), hideOverlap: true },
      axisLine: { lineStyle: { color: ink.rule } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      axisLabel: { color: ink.quiet, fontSize: 12 },
      splitLine: { lineStyle: { color: ink.rule } },
    },
    series: runways.map(({ provider, weeks }) => ({
      type: 'line',
      silent: true,
      emphasis: { disabled: true },
      name: providerName[provider],
      showSymbol: false,
      lineStyle: { width: 3, color: colours[provider] },
      itemStyle: { color: colours[provider] },
      data: weeks.map(({ left }) => Number(left.toFixed(2))),
    })),
  }));
}

/** So few labels that they stand apart. */
function everyNth(count: number, width: number): number {
  return Math.max(0, Math.ceil(count / Math.floor(width / 70)) - 1);
}
