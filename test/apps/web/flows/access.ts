/** Accessibility of all pages: axe in both schemes and languages, phone width, target sizes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, type Site, smallPhone } from '../site.ts';
import { cases, furnish, openCase } from './cases.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const all: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/**
 * The one rule that looks at colours: all that changes between the schemes, nothing that changes
 * between the sizes.
 */
const contrast = 'color-contrast';
const languages = ['ko-KR', 'en-US'] as const;

export function describeAccess(site: () => Site): void {
  describe.each(cases)('the page "$name"', (each) => {
    it('has nothing that axe objects to, fits on a small phone, and can be hit by a finger', async () => {
      furnish(site().state, each.signedOut);
      const pages = await Promise.all(
        languages.map((locale) => openCase(site(), each, { ...desktop, touch: true, locale, reducedMotion: 'reduce' })),
      );
      expect(await Promise.all(pages.map(faults))).toEqual([[], []]);
    });
  });
}

/** What is wrong with a page on a large screen in both schemes, and on a small phone. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const light = await objections(page, 'light', all);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await objections(page, 'dark', { runOnly: contrast });
  await page.setViewportSize(smallPhone);
  const small = await objections(page, 'on a phone', { ...all, rules: { [contrast]: { enabled: false } } });
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  const wide = width > smallPhone.width ? [`it is ${width} px wide`] : [];
  return [...light, ...dark, ...small, ...wide, ...(await page.evaluate<string[]>(smallTargets))];
}

async function objections(page: Page, where: string, options: RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })})`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${where}: ${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

/**
 * What can be pressed and is smaller than 44 px both ways; links within a sentence are as high as
 * its lines.
 */
const smallTargets = `[...document.querySelectorAll('a, button, select, summary, input:not(.unseen), textarea, label:has(input)')]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).clipPath === 'none')
  .filter((element) => !(element.matches('input[type=checkbox]') && element.closest('label')))
  .map((element) => ({ element, box: element.getBoundingClientRect() }))
  .filter(({ element, box }) => box.height < 43.5 || (box.width < 43.5 && !element.matches('a')))
  .filter(({ element }) => !(element.matches('a') && getComputedStyle(element, '::after').position === 'absolute'))
  .map(({ element, box }) => element.tagName + ' ' + element.textContent.slice(0, 40) + ' ' + box.width + 'x' + box.height)`;
