/**
 * One HTML file that says all of it: nothing is loaded, so that it can be kept, mailed and printed.
 */

import { counted } from '../../values/counted.ts';
import { usdChangeText, usdText } from '../../values/money.ts';
import { isOpen } from '../difference/difference.ts';
import type { CostDifference, CostReport } from '../estimate/report.ts';
import type { Verdict } from '../policy/evaluate.ts';
import { rateText, wonText } from '../prices/exchange-rate.ts';
import { providerName } from '../render/format.ts';
import type { Runway } from '../runway/runway.ts';
import { changeChart } from './charts/changes.ts';
import { componentChart } from './charts/components.ts';
import { runwayChart } from './charts/runway.ts';
import { drawn } from './diagram/draw.ts';
import { graphOf } from './diagram/graph.ts';
import { layoutOf } from './diagram/layout.ts';
import { type Html, html } from './html.ts';
import { style } from './style.ts';
import { changeTable, lineTable, runwayTable } from './tables.ts';

export interface PageInput {
  /** Like `dojang prod`. */
  readonly title: string;
  readonly report: CostReport;
  /** Newest date of the prices. */
  readonly pricesOf: string;
  readonly runways: readonly Runway[];
  /** Against what; undefined when there is nothing to compare with. */
  readonly difference?: { readonly base: string; readonly cost: CostDifference };
  readonly verdicts: readonly Verdict[];
}

export async function reportPage(input: PageInput): Promise<string> {
  const parts = [
    header(input),
    runwayPart(input),
    componentPart(input),
    changePart(input),
    await picturePart(input),
    policyPart(input),
    linePart(input),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${input.title}: cost</title>
<style>${style}</style>
</head>
<body>
${parts}
</body>
</html>
`.text;
}

function header({ title, report, pricesOf }: PageInput): Html {
  const { total, rate, byProvider, unknown } = report;
  const won = rate && html` <small>${wonText(total, rate)}: ${rateText(rate)}</small>`;
  const lacking =
    unknown.length > 0
      ? html`<p>${counted(unknown.length, 'line')} could not be priced: they are not in it, and the last table says why.</p>`
      : undefined;
  return html`<header><h1>${title}: what it costs</h1><p class="quiet">Prices as of ${pricesOf}. A month is 730 hours.</p>
<p class="total">${usdText(total)} USD a month${won}</p>${lacking}
<div class="tiles">${[...byProvider].map(([provider, amount]) => html`<div class="tile ${provider}">${providerName[provider]}<b>${usdText(amount)}</b>${total.gt('0') ? `${amount.div(total).times('100').toFixed(0)} %` : ''}</div>`)}</div></header>`;
}

function runwayPart({ runways }: PageInput): Html | undefined {
  if (runways.length === 0) return undefined;
  return html`<section><h2>How long the credits last</h2>${runwayChart(runways)}${runwayTable(runways)}</section>`;
}

function componentPart({ report }: PageInput): Html {
  return html`<section><h2>What costs most</h2><p class="quiet">USD a month, discounts taken off.</p>${componentChart(report)}</section>`;
}

function changePart({ difference }: PageInput): Html | undefined {
  if (!difference) return undefined;
  const { base, cost } = difference;
  const text = `${usdText(cost.before.total)} at ${base}, ${usdText(cost.after.total)} now: ${usdChangeText(cost.known)} USD a month`;
  const body =
    cost.lines.length > 0
      ? html`${changeChart(cost)}<details><summary>Line by line</summary>${changeTable(cost)}</details>`
      : html`<p>No line ${isOpen(cost) ? 'with a price ' : ''}differs.</p>`;
  return html`<section><h2>What changes</h2><p>${text}</p>${openedPart(cost)}${body}</section>`;
}

/** What the sum above lacks, and did not lack before. */
function openedPart({ opened }: CostDifference): Html | undefined {
  if (opened.length === 0) return undefined;
  const each = opened.map(({ resource, line, reason }) => html`<li>${resource.id}${line ? ` ${line.name}` : ''}: ${reason}</li>`);
  return html`<p>And what could not be priced, and had a price or was not there before:</p><ul>${each}</ul>`;
}

async function picturePart({ report }: PageInput): Promise<Html> {
  const graph = graphOf(report);
  const places = graph.clouds.map(({ name, regions }) => [name, ...regions].join(' ')).join(', ');
  return html`<section><h2>What is planned</h2><p class="quiet">${places}. USD a month in each box.</p>
<div class="scroll">${drawn(await layoutOf(graph), 'what is planned')}</div></section>`;
}

function policyPart({ verdicts }: PageInput): Html | undefined {
  if (verdicts.length === 0) return undefined;
  const said = ({ right, findings }: Verdict) =>
    findings.length === 0
      ? right
      : findings.map(({ message, next }) => html`<div>${message}<br><span class="quiet">Next: ${next}</span></div>`);
  const rows = verdicts.map(
    (each) => html`<li><span class="mark ${each.verdict}">${each.verdict}</span> <b>${each.policy}</b> <span>${said(each)}</span></li>`,
  );
  return html`<section><h2>Policies</h2><ul class="plain">${rows}</ul></section>`;
}

function linePart({ report }: PageInput): Html {
  const unsupported = report.unknown.filter(({ line }) => !line);
  const free = report.resources.filter(({ known }) => known.as === 'free').length;
  const missing =
    unsupported.length > 0
      ? html`<ul>${unsupported.map(({ resource, reason }) => html`<li>${resource.id}: ${reason}</li>`)}</ul>`
      : undefined;
  return html`<section><h2>Every line</h2><p class="quiet">${free} resources cost nothing by themselves.</p>${missing}
<details><summary>Quantity, price, date and source of each</summary>${lineTable(report)}</details></section>`;
}
