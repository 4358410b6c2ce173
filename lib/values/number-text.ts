/**
 * Numbers as people read them: Intl.NumberFormat. An exact decimal goes there as text, which it
 * formats digit by digit: an amount of money never becomes a float.
 */
import type { Big } from './decimal.ts';

/** Groups of three digits, at least `least` and at most `most` digits behind the point. */
export function groupedText(amount: Big, { least, most = least }: { readonly least: number; readonly most?: number }): string {
  const digits = { minimumFractionDigits: least, maximumFractionDigits: most };
  return format({ ...digits, signDisplay: 'negative' }).format(amount.toFixed() as Intl.StringNumericLiteral);
}

/** A measured number with `digits` digits behind the point: `4.1`. */
export function fixedText(value: number, digits: number): string {
  return format({ minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false }).format(value);
}

/** As apt counts, a megabyte is 10^6 bytes: `38.2 MB`; below one, `120 kB`, rounded up. */
export function bytesText(bytes: number): string {
  if (bytes < 1e6) return format({ style: 'unit', unit: 'kilobyte', useGrouping: false }).format(Math.ceil(bytes / 1e3));
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false };
  return format({ ...digits, style: 'unit', unit: 'megabyte' }).format(bytes / 1e6);
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes longer than using it a thousand times. */
function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.NumberFormat('en', options);
  formats.set(key, known);
  return known;
}
