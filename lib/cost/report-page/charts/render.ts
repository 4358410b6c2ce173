/**
 * A chart as SVG text, computed without a browser. Twice: a picture for a wide page, scaled down,
 * could not be read on a phone.
 */
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { Html, html } from '../html.ts';

use([BarChart, GridComponent, LegendComponent, LineChart, SVGRenderer]);

/** Widths that fit a page of 1000 pixels and a phone of 360. */
const widths = { wide: 900, narrow: 320 } as const;

type Drawing = (width: number) => EChartsCoreOption;

/** Both pictures; the style sheet shows the one that fits. */
export function chart(name: string, about: string, height: number, drawing: Drawing): Html {
  const picture = (kind: 'wide' | 'narrow') => svg(`${name}-${kind}`, widths[kind], height, drawing);
  return html`<div class="chart" role="img" aria-label="${about}"><div class="wide">${picture('wide')}</div><div class="narrow">${picture('narrow')}</div></div>`;
}

function svg(name: string, width: number, height: number, drawing: Drawing): Html {
  const made = init(null, null, { renderer: 'svg', ssr: true, width, height });
  made.setOption({ animation: false, textStyle: { fontFamily: 'inherit', fontSize: 13 }, ...drawing(width) });
  const text = made.renderToSVGString();
  made.dispose();
  // The library numbers what it makes on and on; with numbers of their own the same report is the
  // same page.
  const numbers = new Map<string, number>();
  return new Html(text.replaceAll(/\bzr\d+-[\w-]+/g, (id) => `${name}-${numbers.get(id) ?? numbers.set(id, numbers.size).size - 1}`));
}
