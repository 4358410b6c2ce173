/** Every page of the site in every state that it can be in, for those who look at all of them. */
import type { Page } from 'playwright-core';
import { advance, submitted } from '../fake/contracts.ts';
import { type Ending, type FakeState, someone } from '../fake/state.ts';
import type { Site } from '../site.ts';

export interface Case {
  readonly name: string;
  readonly path: string;
  readonly signedOut?: boolean;
  /** Brings the page into the state that is meant. */
  readonly act?: (page: Page) => Promise<void>;
}

const press = (selector: string) => async (page: Page) => page.locator(selector).first().click();

export const cases: readonly Case[] = [
  { name: 'home', path: '/' },
  { name: 'home, signed out', path: '/', signedOut: true },
  { name: 'easy contract', path: '/contracts', act: draft },
  { name: 'easy contract, signed out', path: '/contracts', signedOut: true },
  { name: 'waiting', path: '/contracts/c1' },
  { name: 'explanation', path: '/contracts/c2' },
  { name: 'late answer', path: '/contracts/c3' },
  { name: 'unreadable contract', path: '/contracts/c4' },
  { name: 'checklist', path: '/checklist?note=1', act: press('summary') },
  { name: 'checklist, signed out', path: '/checklist', signedOut: true },
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

/** Opens the page with a service behind it that has something to show. */
export async function openCase(site: Site, { path, act }: Case, options: object): Promise<Page> {
  const page = await site.visit(path, options);
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await act?.(page);
  return page;
}

async function draft(page: Page): Promise<void> {
  const buffer = Buffer.from('제1조');
  await page.locator('input[multiple]').setInputFiles([
    { name: '하나.txt', mimeType: 'text/plain', buffer },
    { name: '그림.gif', mimeType: 'image/gif', buffer },
  ]);
  await page.getByRole('alert').waitFor();
}

export function furnish(state: FakeState, signedOut = false): void {
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
