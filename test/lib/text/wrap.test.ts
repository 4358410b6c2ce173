import { describe, expect, it } from 'vitest';
import { hanging, wrapped, wrapText } from '../../../lib/text/wrap.ts';

describe('lines of a terminal', () => {
  it('are no longer than asked, the indent included', () => {
    const lines = wrapped('a price that the lists of the cloud do not have is left as it was', 4, 30);
    expect(lines).toEqual(['    a price that the lists of', '    the cloud do not have is', '    left as it was']);
  });

  it('leave a longer word whole', () => {
    expect(wrapText('see https://example.com/a/long/path here', 12)).toEqual(['see', 'https://example.com/a/long/path', 'here']);
  });

  it('count a wide character as two columns', () => {
    expect(wrapText('가나 다라', 8)).toEqual(['가나', '다라']);
  });

  it('hang below the words that follow a heading', () => {
    const [first, second] = hanging('    -', `${'word '.repeat(15)}last`, 6);
    expect(first).toMatch(/^ {4}- word/);
    expect(second).toBe('      last');
  });

  it('of an empty text are one empty line', () => {
    expect(wrapText('', 10)).toEqual(['']);
  });
});
