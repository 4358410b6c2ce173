import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requiredText, text } from '../../../../../apps/api/src/http/input/fields.ts';
import { hasVisible, pageFault, shownText, textFault } from '../../../../../apps/api/src/http/input/user-text.ts';

const written = [
  '망원동 원룸',
  '보증금 ㈜ é',
  '🙇🏻‍♂️ 감사합니다',
  'عقد إيجار',
  'a\tb\r\nc',
  'e\u0301',
  '보증금'.normalize('NFD'),
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '\ue000 옛글자',
];

/** What has no place in text, with the name that the person is shown. */
const unwanted: readonly (readonly [string, RegExp])[] = [
  ['\u0000', /U\+0000/],
  ['\u001b', /U\+001B/],
  ['\u0085', /U\+0085/],
  ['\u202e', /U\+202E/],
  ['\u202a', /U\+202A/],
  ['\u2066', /U\+2066/],
  ['\u2069', /U\+2069/],
  ['\u200f', /U\+200F/],
  ['\u061c', /U\+061C/],
  ['\uffff', /U\+FFFF/],
  ['\u{1fffe}', /U\+1FFFE/],
  ['\ud83d', /lone surrogate/],
  ['\udc00', /lone surrogate/],
  ['\u0301'.repeat(31), /combining marks/],
];

const invisible = [
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u00ad',
  '\u2060',
  '\u3164',
  '\u115f',
  '\uffa0',
  '\u2800',
  '\u{e0061}',
  '\u0301',
  ' ',
  '\u3000',
  '\n',
];

/** From all of Unicode, with a liking for what is dangerous. */
const anything = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...invisible, ...unwanted.map(([each]) => each), ...written)), {
    maxLength: 6,
  })
  .map((each) => each.join(''));

describe('text that people write', () => {
  it.each(written)('may be %j', (value) => {
    expect(textFault(value)).toBeUndefined();
    expect(pageFault(value)).toBeUndefined();
  });

  it.each(unwanted)('has no %j, and the fault names it', (character, name) => {
    expect(textFault(`앞${character}뒤`)).toMatch(name);
    expect(pageFault(`앞${character}뒤`)).toMatch(name);
  });

  it.each(invisible)('is not %j alone, nor several of it', (character) => {
    for (const value of [character, character.repeat(5)]) {
      expect(hasVisible(value)).toBe(false);
      expect(requiredText(100).safeParse(value).success).toBe(false);
      expect(pageFault(value)).toBe('is empty');
    }
  });

  it('may have page breaks in a file, not in a field', () => {
    expect(pageFault('1쪽\f2쪽')).toBeUndefined();
    expect(textFault('1쪽\f2쪽')).toMatch(/U\+000C/);
  });

  it('never passes with anything that is refused, wherever it stands', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const passed = requiredText(1000).safeParse(value);
        if (!passed.success) return;
        expect(passed.data.isWellFormed()).toBe(true);
        expect(passed.data).not.toMatch(/[\p{Cc}--[\t\n\r]]|\p{Bidi_Control}|\p{Noncharacter_Code_Point}|\p{M}{31}/v);
        expect(passed.data).toMatch(/[\p{L}\p{N}\p{P}\p{S}\p{Co}\p{Cn}\p{Cf}]/u);
      }),
      { numRuns: 3_000 },
    );
  });

  it('passes whenever it is letters, numbers, signs and spaces', () => {
    const plain = fc.stringMatching(/^[가-힣a-zA-Z0-9 .,()%~\-₩㎡]{0,50}$/);
    fc.assert(
      fc.property(plain, (value) => {
        expect(text(50).safeParse(value).success).toBe(true);
      }),
    );
  });

  it('has at most as many characters as it may, and nothing else is looked at beyond', () => {
    expect(
      text(5)
        .safeParse('\u0000'.repeat(6))
        .error?.issues.map(({ message }) => message),
    ).toEqual(['must have at most 5 characters']);
  });

  it('takes time that grows with its length, not with its square', () => {
    const attacks = [...invisible, ...unwanted.map(([each]) => each), 'a\u0301\u0316', '\r', ' a'];
    const begun = performance.now();
    for (const each of attacks) textFault(each.repeat(Math.ceil(400_000 / each.length)));
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('text that is shown', () => {
  it('is fit for it, whatever it was made of, and not longer than it may be', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 50 }), (value, most) => {
        const shown = shownText(value, most);
        expect([...shown].length).toBeLessThanOrEqual(most);
        if (shown !== '') expect(textFault(shown)).toBeUndefined();
        expect(shown).not.toMatch(/[\t\n\r]/);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(written.filter((each) => !/[\t\n\r]/.test(each)))('stays %j', (value) => expect(shownText(value, 100)).toBe(value));
});
