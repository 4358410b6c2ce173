/** The report page as a browser shows it: on a desk, a tablet and a phone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { costDifference } from '../../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { verdictsOf } from '../../../../lib/cost/policy/evaluate.ts';
import { reportPage } from '../../../../lib/cost/report-page/page.ts';
import { creditsOf } from '../../../../lib/cost/runway/credits.ts';
import { runwaysOf } from '../../../../lib/cost/runway/runway.ts';
import { spendingOf } from '../../../../lib/cost/runway/spending.ts';
import { billedOf } from '../../../../lib/cost/sources/inventory.ts';
import { changed } from '../../../../lib/cost/what-if/change.ts';
import { parseInventory } from '../../../../lib/inventory/parse.ts';
import prod from '../../../../plans/prod.json' with { type: 'json' };
import { readExchangeRate, readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { writeText } from '../../../../scripts/io/state.ts';
import { openWatched, startBrowser } from '../../../browser.ts';
import { day } from '../../../lib/cost/day.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-report-'));
const file = join(folder, 'report.html');
let browser: Browser;

beforeAll(async () => {
  const environment = environmentOf(service, 'prod');
  const plan = parseInventory(JSON.stringify(prod), 'plans/prod.json');
  const [book, rate] = [readPriceBook(), readExchangeRate()];
  // Without usage there are lines without a price, and this change has lines that come, go and stay
  // unknown.
  const report = estimateCost(
    changed(billedOf(plan), { region: [], machine: ['aws=m7g.xlarge'], gpu: 'runpod' }, environment.host),
    book,
    noUsage,
    day,
    rate,
  );
  const cost = costDifference(estimateCost(billedOf(plan), book, noUsage, day, rate), report);
  const policies = { ...environment.policies, forbiddenTypes: ['AWS::EC2::Instance', 'gcp:compute/address:Address'] };
  const page = await reportPage({
    title: 'dojang prod',
    report,
    pricesOf: book.asOf,
    runways: runwaysOf(creditsOf(environment), spendingOf(report)),
    difference: { base: 'main (1a2b3c4)', cost },
    verdicts: verdictsOf({ cost, billed: cost, before: plan.resources, after: plan.resources }, policies),
  });
  writeText(file, page);
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

describe.each([
  ['a desk', 1280, false],
  ['a tablet', 800, false],
  ['a phone', 360, true],
])('on %s', (_, width, touch) => {
  it('loads nothing, is never wider than the screen, and no text covers another', async () => {
    const { context, page, errors, outside } = await openWatched(browser, { url: `file://${file}`, width, height: 800, touch });
    await page.goto(`file://${file}`);
    await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
    const seen = await look(page);
    await context.close();
    expect({ errors, outside }).toEqual({ errors: [], outside: [] });
    expect(seen.texts).toBeGreaterThan(150);
    expect(seen.charts).toBe(3);
    expect(seen.covering).toEqual([]);
    expect(seen.small).toEqual([]);
    expect(seen.cut).toEqual([]);
    expect(seen.width).toBeLessThanOrEqual(width);
  });
});

interface Seen {
  readonly texts: number;
  readonly charts: number;
  /** Pairs of texts that cover each other by more than a pixel. */
  readonly covering: readonly string[];
  /** Texts smaller than 12 pixels. */
  readonly small: readonly string[];
  /** Texts that reach beyond the screen. */
  readonly cut: readonly string[];
  readonly width: number;
}

/** Runs in the page: text, as this program's types know no browser. */
const lookScript = `(() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest('style')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom, width, height } of range.getClientRects())
      if (width > 0 && height > 0) texts.push({ text: node.data.trim(), node, left, right, top, bottom });
  }
  const covering = [];
  texts.forEach((one, index) => {
    for (const other of texts.slice(index + 1)) {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (one.node !== other.node && across > 1 && down > 3) covering.push(one.text + ' / ' + other.text);
    }
  });
  const size = ({ node }) => {
    const element = node.parentElement;
    const scale = element.ownerSVGElement ? element.ownerSVGElement.getScreenCTM().a : 1;
    return parseFloat(getComputedStyle(element).fontSize) * scale;
  };
  return {
    texts: texts.length,
    charts: [...document.querySelectorAll('.chart svg')].filter((svg) => svg.checkVisibility()).length,
    covering,
    small: texts.filter((each) => size(each) < 12).map(({ text }) => text),
    cut: texts.filter(({ left, right }) => left < 0 || right > document.documentElement.clientWidth).map(({ text }) => text),
    width: document.documentElement.scrollWidth,
  };
})()`;

function look(page: Page): Promise<Seen> {
  return page.evaluate<Seen>(lookScript);
}
