/** What one contract may hold, and how its progress is shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../apps/api/src/contracts/submission/limits.ts';
import { signInPath } from '../../../apps/web/src/api/me.ts';
import { admit, limits, mediaTypeOf, moved, type Sized, totalSize } from '../../../apps/web/src/contracts/submission/limits.ts';
import { elapsedSeconds, reconnectDelay, stepsOf } from '../../../apps/web/src/contracts/waiting/progress.ts';

const page = (name: string, size = 1000, type = 'image/jpeg'): Sized => ({ name, size, type });
const MiB = 1024 * 1024;

describe('a page', () => {
  it('is taken as long as the contract has room', () => {
    const { taken, refused } = admit([page('1', 12 * MiB)], [page('2', 6 * MiB), page('3', 3 * MiB), page('4', 2 * MiB)]);
    expect(taken.map(({ name }) => name)).toEqual(['2', '4']);
    expect(refused).toEqual([{ page: page('3', 3 * MiB), reason: 'bytes' }]);
  });

  it('is refused beyond 30, empty, or of a kind that cannot be read', () => {
    const full = Array.from({ length: 30 }, (_, index) => page(String(index)));
    expect(admit(full, [page('one more')]).refused[0]?.reason).toBe('pages');
    expect(admit([], [page('empty', 0)]).refused[0]?.reason).toBe('empty');
    expect(admit([], [page('a.heic', 5, 'image/heic')]).refused[0]?.reason).toBe('type');
  });

  it('of text is refused beyond the characters of a page and of all pages', () => {
    const text = (characters: number): Sized => ({ ...page('a.txt', characters, 'text/plain'), characters });
    expect(admit([], [text(limits.pageCharacters)]).refused).toEqual([]);
    expect(admit([], [text(limits.pageCharacters + 1)]).refused[0]?.reason).toBe('characters');
    const full = Array.from({ length: limits.characters / limits.pageCharacters }, () => text(limits.pageCharacters));
    expect(admit([], full).refused).toEqual([]);
    expect(admit(full, [text(1)]).refused[0]?.reason).toBe('characters');
    expect(admit(full, [page('scan.jpg')]).refused).toEqual([]);
  });

  it('has the limits that the server has', () => {
    const { pages, bytes, pageCharacters, characters } = limits;
    expect({ maxPages: pages, maxBytes: bytes, maxPageCharacters: pageCharacters, maxCharacters: characters }).toEqual(defaultLimits);
  });

  it('never makes a contract larger than the limits, and none is lost', () => {
    const pages = fc.array(
      fc.nat(4 * MiB).map((size) => page('p', size)),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(pages, pages, (present, more) => {
        const start = admit([], present).taken;
        const { taken, refused } = admit(start, more);
        expect(start.length + taken.length).toBeLessThanOrEqual(limits.pages);
        expect(totalSize([...start, ...taken])).toBeLessThanOrEqual(limits.bytes);
        expect(taken.length + refused.length).toBe(more.length);
      }),
    );
  });

  it('is what its name says when the browser does not know', () => {
    expect(mediaTypeOf({ name: '계약서.TXT', type: '' })).toBe('text/plain');
    expect(mediaTypeOf({ name: 'scan.JPG', type: 'image/jpg' })).toBe('image/jpeg');
    expect(mediaTypeOf({ name: 'a.png', type: 'image/png' })).toBe('image/png');
    expect(mediaTypeOf({ name: 'a.docx', type: 'application/msword' })).toBe('application/msword');
  });

  it('moves by places and stays at the ends', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });
});

describe('the way back from signing in', () => {
  const backFrom = (page: string) => new URL(signInPath(page), 'https://any.example').searchParams.get('returnTo') ?? '';
  it('is the whole page, or the page without its query when the server would keep no longer one', () => {
    expect(backFrom('/listings?query=망원')).toBe('/listings?query=망원');
    expect(backFrom(`/listings?query=${'망'.repeat(200)}`)).toBe('/listings');
    fc.assert(
      fc.property(fc.webPath({ size: 'large' }), fc.string({ unit: 'grapheme', maxLength: 2_000, size: 'max' }), (path, query) => {
        const { pathname, search } = new URL(`https://any.example${backFrom(`/${path}?q=${query}`)}`);
        expect(pathname.length + search.length).toBeLessThanOrEqual(1_200);
      }),
    );
  });
});

describe('progress', () => {
  const shown = (status: string) => stepsOf(status).map(({ name, state }) => `${name} ${state}`);
  it('counts as done only what has happened', () => {
    expect(shown('waiting')).toEqual(['received done', 'line now', 'reading next', 'ready next']);
    expect(shown('running')).toEqual(['received done', 'line done', 'reading now', 'ready next']);
    expect(shown('answered')).toEqual(['received done', 'line done', 'reading done', 'ready done']);
  });

  it('never shows a negative time', () => {
    const now = Date.parse('2026-11-21T00:01:12Z');
    expect(elapsedSeconds('2026-11-21T00:00:00Z', now)).toBe(72);
    expect(elapsedSeconds('2026-11-21T00:05:00Z', now)).toBe(0);
  });

  it('is looked for again soon, then every 15 seconds', () => {
    expect([0, 1, 2, 3, 4, 40].map(reconnectDelay)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });
});
