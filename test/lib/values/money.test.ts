import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Big } from '../../../lib/values/decimal.ts';
import { amountText, krwText, percentText, usdChangeText, usdText } from '../../../lib/values/money.ts';

describe('dollars', () => {
  it.each([
    ['0', '0.00'],
    ['73.219', '73.22'],
    ['0.005', '0.01'],
    ['0.0049', '<0.01'],
    ['-0.0049', '>-0.01'],
    ['1234567.5', '1,234,567.50'],
    ['-999.999', '-1,000.00'],
  ])('of %s read %s', (amount, text) => expect(usdText(Big(amount))).toBe(text));

  it('are a dash when they are unknown, never 0', () => {
    expect([usdText(undefined), usdChangeText(undefined), amountText(undefined), krwText(undefined, Big('1400'))]).toEqual([
      '-',
      '-',
      '-',
      '-',
    ]);
  });

  it.each([
    ['31.2', '+31.20'],
    ['-31.2', '-31.20'],
    ['0', '0.00'],
    ['0.001', '<0.01'],
  ])('of a change of %s read %s', (amount, text) => expect(usdChangeText(Big(amount))).toBe(text));

  it('lose nothing but what is less than half a cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 9 }), (cents) => {
        const text = usdText(Big(cents.toString()).times('0.01'));
        expect(text.replaceAll(',', '')).toBe(Big(cents.toString()).times('0.01').toFixed(2));
      }),
    );
  });

  it('of a price keep every digit', () => expect(amountText(Big('0.00000035'))).toBe('0.00000035'));
});

describe('won', () => {
  it.each([
    ['31.2', 'KRW 43,700'],
    ['0.5', 'KRW 700'],
    ['-31.2', 'KRW -43,700'],
    ['0', 'KRW 0'],
    ['10000', 'KRW 14,000,000'],
  ])('for %s dollars read %s', (usd, text) => expect(krwText(Big(usd), Big('1400'))).toBe(text));
});

it('refuses binary fractions', () => expect(() => Big(0.1)).toThrow());

it.each([
  ['20.456', '+20.5 %'],
  ['-3', '-3.0 %'],
])('percent %s', (percent, text) => expect(percentText(Big(percent))).toBe(text));
