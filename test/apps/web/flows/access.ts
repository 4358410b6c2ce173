/** Every page for everybody: axe in both schemes and languages, no page wider than a phone, targets that a finger can hit. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { advance, submitted } from '../fake/contracts.ts';
import { type Ending, type FakeState, someone } from '../fake/state.ts';
import { phone, type Site, smallPhone } from '../site.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Case {
  readonly name: string;
  readonly path: string;
  readonly signedOut?: boolean;
  /** Brings the page into the state that is meant. */
  readonly act?: (page: Page) => Promise<void>;
}

const press = (selector: string) => async (page: Page) => page.locator(selector).first().click();

const cases: readonly Case[] = [
  { name: 'home', path: '/' },
  { name: 'home of a stranger', path: '/', signedOut: true },
  { name: 'easy contract', path: '/contracts', act: draft },
  { name: 'easy contract of a stranger', path: '/contracts', signedOut: true },
  { name: 'waiting', path: '/contracts/c1' },
  { name: 'explanation', path: '/contracts/c2' },
  { name: 'late answer', path: '/contracts/c3' },
  { name: 'unreadable contract', path: '/contracts/c4' },
  { name: 'checklist', path: '/checklist?note=1', act: press('summary') },
  { name: 'checklist of a stranger', path: '/checklist', signedOut: true },
  { name: 'house notes', path: '/notes', act: press('main input[type=checkbox]') },
  { name: 'new note with errors', path: '/notes/new', act: press('button[type=submit]') },
  { name: 'note and its deletion', path: '/notes/1', act: press('form ~ div > button') },
  { name: 'comparison', path: '/notes/compare?ids=1,2' },
  { name: 'listings', path: '/listings' },
  { name: 'listings without any', path: '/listings?query=nothing' },
  { name: 'listing', path: '/listings/8' },
  { name: 'new listing', path: '/listings/new' },
  { name: 'account', path: '/', act: press('[popovertarget]') },
  { name: 'a failure', path: '/contracts/none' },
  { name: 'signed in', path: '/signed-in' },
  { name: 'nothing', path: '/nowhere' },
];

export function describeAccess(site: () => Site): void {
  const open = async ({ path, signedOut = false, act }: Case, options: object) => {
    furnish(site().state, signedOut);
    const page = await site().visit(path, options);
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    await act?.(page);
    return page;
  };

  describe.each(cases)('the page "$name"', (each) => {
    it.each(['ko-KR', 'en-US'])('has nothing that axe objects to, in %s, light and dark', async (locale) => {
      const page = await open(each, { locale, reducedMotion: 'reduce' });
      const found = await objections(page);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect([...found, ...(await objections(page))]).toEqual([]);
    });

    it.each(['ko-KR', 'en-US'])('fits on a small phone and can be hit by a finger, in %s', async (locale) => {
      const page = await open(each, { ...smallPhone, locale });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(smallPhone.width);
      expect(await page.evaluate<string[]>(smallTargets)).toEqual([]);
    });
  });

  it('axe objects to nothing on a phone either', async () => {
    for (const each of cases.slice(0, 6)) expect(await objections(await open(each, { ...phone, reducedMotion: 'reduce' }))).toEqual([]);
  });
}

async function draft(page: Page): Promise<void> {
  const buffer = Buffer.from('제1조');
  await page.locator('input[multiple]').setInputFiles([
    { name: '하나.txt', mimeType: 'text/plain', buffer },
    { name: '그림.gif', mimeType: 'image/gif', buffer },
  ]);
  await page.getByRole('alert').waitFor();
}

function furnish(state: FakeState, signedOut: boolean): void {
  state.reset();
  state.person = signedOut ? null : someone;
  const house = {
    address: '망원동',
    monthlyRent: 0,
    memo: '조용함',
    visitedOn: '2026-11-14',
    checked: ['water'],
    createdAt: '2026-11-14T00:00:00Z',
  };
  state.notes = [
    { ...house, id: '1', title: '망원동 투룸', deposit: 350_000_000 },
    { ...house, id: '2', title: '성수동 오피스텔', deposit: 10_000_000 },
  ];
  const room = {
    district: '망원동',
    monthlyRent: 500_000,
    areaM2: 23.5,
    description: '남향',
    author: { name: '이나래' },
    createdAt: '2026-11-20T00:00:00Z',
  };
  state.listings = [{ ...room, id: '8', title: '햇빛 드는 방', deposit: 10_000_000, mine: true }];
  contract(state, 'c1');
  for (const [id, ending] of [
    ['c2', 'answered'],
    ['c3', 'late'],
    ['c4', 'unreadable'],
  ] as const)
    contract(state, id, ending);
}

function contract(state: FakeState, id: string, ending?: Ending): void {
  const made = submitted(state, 3);
  state.contracts = state.contracts.map((each) => (each.id === made.id ? { ...each, id } : each));
  if (!ending) return;
  state.ending = ending;
  while (advance(state, id) !== ending);
}

async function objections(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`));
}

/** What can be pressed and is smaller than 44 px both ways; links within a sentence are as high as its lines. */
const smallTargets = `[...document.querySelectorAll('a, button, select, summary, input:not(.unseen), textarea, label:has(input)')]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).clipPath === 'none')
  .filter((element) => !(element.matches('input[type=checkbox]') && element.closest('label')))
  .map((element) => ({ element, box: element.getBoundingClientRect() }))
  .filter(({ element, box }) => box.height < 43.5 || (box.width < 43.5 && !element.matches('a')))
  .filter(({ element }) => !(element.matches('a') && getComputedStyle(element, '::after').position === 'absolute'))
  .map(({ element, box }) => element.tagName + ' ' + element.textContent.slice(0, 40) + ' ' + box.width + 'x' + box.height)`;
