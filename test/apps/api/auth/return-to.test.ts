import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeReturnTo, withOutcome } from '../../../../apps/api/src/auth/return-to.ts';
import { publicUrl } from '../app.ts';

describe('the page after signing in', () => {
  it.each(['/', '/notes', '/contracts?tab=1#top', '/목록?검색=망원'])('may be %s', (asked) => {
    expect(decodeURI(safeReturnTo(asked, publicUrl))).toBe(asked);
  });

  it.each([
    ['another site', 'https://evil.example.com/'],
    ['another site without a scheme', '//evil.example.com'],
    ['another site behind a backslash', '/\\evil.example.com'],
    ['another site behind a tab', '/\t/evil.example.com'],
    ['another site behind dots', '/.//evil.example.com'],
    ['a script', 'javascript:alert(1)'],
    ['signing in again', '/api/auth/login'],
    ['signing in again behind dots', '/x/../api/auth/login'],
    ['nothing', ''],
    ['nothing said', undefined],
  ])('is the first one instead of %s', (_, asked) => expect(safeReturnTo(asked, publicUrl)).toBe('/'));

  it('is ours, whatever was asked', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      '?',
      '#',
      '%2f',
      '%5c',
      '\t',
      '\n',
      'https',
      'evil.example.com',
      'api',
      ' ',
      '가',
    );
    const asked = fc.oneof(
      fc.string(),
      fc.array(pieces, { maxLength: 12 }).map((each) => each.join('')),
    );
    fc.assert(
      fc.property(asked, (each) => {
        const page = safeReturnTo(each, publicUrl);
        expect(new URL(page, publicUrl).origin).toBe(publicUrl);
        expect(page).toMatch(/^\/(?![/\\])/);
        expect(page).not.toMatch(/^\/api\//);
        expect(new URL(withOutcome(page, 'failed', publicUrl), publicUrl).origin).toBe(publicUrl);
      }),
      { numRuns: 2_000 },
    );
  });
});
