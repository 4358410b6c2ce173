/** Sums, spans of time and sizes as people read and type them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSum, sumField, sumWords, unitOf } from '../../../apps/web/src/words/money.ts';
import { agoWords, dayWords, languageOf, retryAfterSeconds, sizeWords, spanWords } from '../../../apps/web/src/words/spans.ts';

const won = fc.integer({ min: 0, max: 1_000_000_000_000 });
const languages = fc.constantFrom('ko' as const, 'en' as const);

describe('a sum', () => {
  it.each([
    [350_000_000, '3억 5,000만원', '₩350,000,000'],
    [10_000, '1만원', '₩10,000'],
    [850_000, '85만원', '₩850,000'],
    [100_000_000, '1억원', '₩100,000,000'],
    [12_345, '1만 2,345원', '₩12,345'],
    [1_200_000_000_000, '1조 2,000억원', '₩1,200,000,000,000'],
    [0, '0원', '₩0'],
  ])('%d is said as %s and %s', (sum, korean, english) => {
    expect(sumWords(sum, 'ko')).toBe(korean);
    expect(sumWords(sum, 'en')).toBe(english);
  });

  it.each([
    ['3억 5,000', 350_000_000],
    ['3억 5천', 350_000_000],
    ['3억5천만원', 350_000_000],
    ['1.5억', 150_000_000],
    ['5천', 50_000_000],
    ['5000만', 50_000_000],
    ['35,000', 350_000_000],
    ['85', 850_000],
    ['12만 3456원', 123_456],
    ['850,000원', 850_000],
    ['0', 0],
  ])('typed as %s in Korean is %d won', (text, sum) => expect(parseSum(text, unitOf('ko'))).toBe(sum));

  it.each([
    ['350,000,000', 350_000_000],
    ['₩350,000,000', 350_000_000],
    ['3억 5천', 350_000_000],
  ])('typed as %s in English is %d won', (text, sum) => expect(parseSum(text, unitOf('en'))).toBe(sum));

  it.each(['', '많이', '-5', '3억억', '1e9', '만', '5,0.0.0'])('is not "%s"', (text) => expect(parseSum(text, 1)).toBeUndefined());

  it('is understood as it is said', () => {
    fc.assert(
      fc.property(won, languages, (sum, language) => {
        const below = sum % 1_000_000_000_000;
        expect(parseSum(sumWords(below, language), unitOf(language))).toBe(below);
      }),
    );
  });

  it('stands in a field so that the same sum is read out of it', () => {
    fc.assert(
      fc.property(won, languages, (sum, language) => {
        expect(parseSum(sumField(sum, language), unitOf(language))).toBe(sum);
      }),
    );
  });
});

describe('a span of time', () => {
  it.each([
    [45, '45초', '45 seconds'],
    [72, '1분 12초', '1 minute 12 seconds'],
    [12_000, '3시간 20분', '3 hours 20 minutes'],
    [3600, '1시간', '1 hour'],
    [90_000, '1일 1시간', '1 day 1 hour'],
    [0, '0초', '0 seconds'],
  ])('of %d seconds is %s', (seconds, korean, english) => {
    expect(spanWords(seconds, 'ko')).toBe(korean);
    expect(spanWords(seconds, 'en')).toBe(english);
  });

  it('is read from Retry-After in seconds or as a date', () => {
    const now = Date.parse('2026-11-21T00:00:00Z');
    expect(retryAfterSeconds('120', now)).toBe(120);
    expect(retryAfterSeconds('Sat, 21 Nov 2026 00:01:30 GMT', now)).toBe(90);
    expect(retryAfterSeconds('soon', now)).toBeUndefined();
    expect(retryAfterSeconds(null, now)).toBeUndefined();
  });

  it('since a moment is shown in the largest unit', () => {
    const now = Date.parse('2026-11-21T12:00:00Z');
    expect(agoWords('2026-11-18T11:00:00Z', now, 'ko')).toBe('3일 전');
    expect(agoWords('2026-11-21T10:30:00Z', now, 'en')).toBe('1 hour ago');
    expect(agoWords('2026-11-21T13:00:00Z', now, 'en')).toBe('now');
  });
});

it('a day is the same day in every time zone', () => {
  expect(dayWords('2026-03-05', 'ko')).toBe('2026년 3월 5일');
  expect(dayWords('2026-03-05', 'en')).toBe('March 5, 2026');
});

it('sizes are shown in KB and MB', () => {
  expect(sizeWords(1, 'ko')).toBe('1 KB');
  expect(sizeWords(20 * 1024 * 1024, 'ko')).toBe('20 MB');
  expect(sizeWords(4_400_000, 'en')).toBe('4.2 MB');
});

it('text without a language gets the one that it is written in', () => {
  expect(languageOf('보증금')).toBe('ko');
  expect(languageOf('The deposit')).toBe('en');
});
