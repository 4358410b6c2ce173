/** What forms, filters, ticks and errors mean, without a page around them. */
import { describe, expect, it } from 'vitest';
import { faultOf, isPassing, problemOf } from '../../../apps/web/src/api/problem.ts';
import { keepTicks, keptTicks, tickedOf, toggled } from '../../../apps/web/src/checklist/ticks.ts';
import { preferred } from '../../../apps/web/src/i18n/preferred.ts';
import { filterOf, isFiltered, searchOf } from '../../../apps/web/src/listings/filter.ts';
import { emptyListing, listingBody, listingRules } from '../../../apps/web/src/listings/listing-words.ts';
import { chosen, lowest } from '../../../apps/web/src/notes/comparison.ts';
import { emptyNote, formOf, noteBody, noteRules } from '../../../apps/web/src/notes/note-words.ts';
import { faultsOf } from '../../../apps/web/src/words/faults.ts';
import { unitOf } from '../../../apps/web/src/words/money.ts';

const man = unitOf('ko');

describe('a house note', () => {
  it('needs a name, and sums that can be read', () => {
    expect(faultsOf(noteRules(man), { ...emptyNote, deposit: '많이' })).toEqual({ title: 'required', deposit: 'sum' });
    expect(faultsOf(noteRules(man), { ...emptyNote, title: '집', deposit: '3억', monthlyRent: '' })).toEqual({});
  });

  it('is sent in won, with null for what was left empty', () => {
    const form = { ...emptyNote, title: ' 망원동 ', deposit: '3억 5천', monthlyRent: '0' };
    expect(noteBody(form, man, ['water'])).toEqual({
      title: '망원동',
      address: null,
      deposit: 350_000_000,
      monthlyRent: 0,
      visitedOn: null,
      memo: null,
      checked: ['water'],
    });
  });

  it('comes back into the form as it was sent', () => {
    const body = noteBody({ ...emptyNote, title: '집', deposit: '35,000', memo: '조용함' }, man, []);
    const form = formOf({ ...body, id: '1', createdAt: '2026-11-21T00:00:00Z' }, 'ko');
    expect(noteBody(form, man, [])).toEqual(body);
  });
});

describe('a listing', () => {
  it('needs a title, a district and both sums; an area is a number above 0', () => {
    expect(faultsOf(listingRules(man), { ...emptyListing, areaM2: '-3' })).toEqual({
      title: 'required',
      district: 'required',
      deposit: 'required',
      monthlyRent: 'required',
      areaM2: 'number',
    });
  });

  it('is sent in won', () => {
    const form = { ...emptyListing, title: '방', district: '망원동', deposit: '1000', monthlyRent: '60', areaM2: '23.5' };
    expect(listingBody(form, man)).toMatchObject({ deposit: 10_000_000, monthlyRent: 600_000, areaM2: 23.5, description: null });
  });
});

describe('a filter', () => {
  it('stands in the address and comes back out of it', () => {
    const filter = { query: '망원동', maxDeposit: 100_000_000, maxRent: undefined };
    expect(searchOf(filter).toString()).toBe(`query=${encodeURIComponent('망원동')}&maxDeposit=100000000`);
    expect(filterOf(searchOf(filter))).toEqual(filter);
    expect(searchOf(filter, '81').get('before')).toBe('81');
  });

  it('ignores invalid values in the address', () => {
    const filter = filterOf(new URLSearchParams('maxDeposit=1e9&maxRent=-1'));
    expect(isFiltered(filter)).toBe(false);
  });
});

describe('homes side by side', () => {
  it('mark the lowest, unless all are equal', () => {
    expect(lowest([3, 1, 2])).toEqual([false, true, false]);
    expect(lowest([1, 1, 2])).toEqual([true, true, false]);
    expect(lowest([2, 2])).toEqual([false, false]);
    expect(lowest([2, undefined, null])).toEqual([false, false, false]);
  });

  it('are three at most', () => {
    expect(chosen(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
    expect(chosen(['a', 'b', 'c'], 'd')).toEqual(['a', 'b', 'c']);
    expect(chosen(['a', 'b', 'c'], 'b')).toEqual(['a', 'c']);
  });
});

describe('ticks', () => {
  const store = (value?: string) => {
    const kept = new Map(value === undefined ? [] : [['dojang.checklist', value]]);
    return { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, text: string) => void kept.set(name, text) };
  };

  it('are kept on the device', () => {
    const device = store();
    keepTicks(device, toggled(toggled([], 'water'), 'noise'));
    expect(keptTicks(device)).toEqual(['water', 'noise']);
    expect(toggled(keptTicks(device), 'water')).toEqual(['noise']);
  });

  it.each(['{', '"water"', '[1]', 'null'])('that cannot be read (%s) count as none', (text) => expect(keptTicks(store(text))).toEqual([]));

  it('count only for items that exist', () => {
    const sections = [{ items: [{ id: 'water' }, { id: 'noise' }] }];
    expect(tickedOf(sections, ['water', 'gone'])).toEqual({ done: 1, total: 2 });
  });
});

describe('a problem', () => {
  it('has its detail and what is wrong with fields', () => {
    const problem = problemOf(422, { title: 'Some fields are not right', errors: [{ field: 'checked.0', message: 'is no item' }] }, 30);
    expect(problem).toMatchObject({ kind: 'refused', status: 422, detail: 'Some fields are not right', retryAfter: 30 });
    expect(faultOf(problem, 'checked')).toBe('is no item');
    expect(faultOf(problem, 'title')).toBeUndefined();
    expect(isPassing(problem)).toBe(false);
  });

  it.each([undefined, '<html>', { errors: 'many' }])('is one even when its body is %j', (body) => {
    expect(problemOf(502, body)).toMatchObject({ status: 502, faults: [] });
    expect(isPassing(problemOf(502, body))).toBe(true);
  });
});

it.each([
  [null, ['en-US', 'ko'], 'en'],
  [null, ['fr-FR', 'ko-KR'], 'ko'],
  [null, ['fr-FR'], 'ko'],
  ['ko', ['en-US'], 'ko'],
  ['en', ['ko-KR'], 'en'],
  ['fr', ['ko-KR'], 'ko'],
] as const)('with %s chosen and a browser in %j the language is %s', (choice, languages, language) =>
  expect(preferred(choice, languages)).toBe(language),
);
