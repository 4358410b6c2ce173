import { describe, expect, it } from 'vitest';
import { counted, plural } from '../../../lib/values/counted.ts';
import { Big } from '../../../lib/values/decimal.ts';
import { listText } from '../../../lib/values/list-text.ts';
import { bytesText, fixedText, groupedText } from '../../../lib/values/number-text.ts';

describe('a number as text', () => {
  it('keeps every digit of an exact decimal, whatever a float could hold', () => {
    expect(groupedText(new Big('12345678901234567890.12'), { least: 2 })).toBe('12,345,678,901,234,567,890.12');
    expect(groupedText(new Big('0.1').plus('0.2'), { least: 0, most: 4 })).toBe('0.3');
    expect(groupedText(new Big('1234.5'), { least: 0, most: 4 })).toBe('1,234.5');
  });

  it('has a sign where it is less than zero, and not for zero', () => {
    expect(groupedText(new Big('-1234.5'), { least: 2 })).toBe('-1,234.50');
    expect(groupedText(new Big('-0'), { least: 2 })).toBe('0.00');
  });

  it.each([
    [4.06, 1, '4.1'],
    [0.25, 1, '0.3'],
    [12_345.6, 0, '12346'],
    [1.005, 2, '1.01'],
  ])('%d has %i digits behind the point', (value, digits, text) => expect(fixedText(value, digits)).toBe(text));

  it.each([
    [900, '1 kB'],
    [119_500, '120 kB'],
    [38_210_000, '38.2 MB'],
    [1_234_560_000, '1234.6 MB'],
  ])('of %d bytes is in the unit that fits', (bytes, text) => expect(bytesText(bytes)).toBe(text));
});

describe('words for several things', () => {
  it('are plural for all numbers but 1', () => {
    expect([0, 1, 2].map((count) => counted(count, 'step'))).toEqual(['0 steps', '1 step', '2 steps']);
    expect([1, 2].map((count) => plural(count, 'is', 'are'))).toEqual(['is', 'are']);
  });

  it('join a list as a sentence does', () => {
    expect([['aws'], ['aws', 'gcp']].map((items) => listText(items))).toEqual(['aws', 'aws and gcp']);
    expect(listText(['plan', 'up', 'wire'], 'or')).toBe('plan, up, or wire');
  });
});
