/** Sums in won, as people write and type them. */

export type Language = 'ko' | 'en';

const man = 10_000;
const eok = 100_000_000;
const jo = 1_000_000_000_000;

/** `3억 5,000만원` or `₩350,000,000`. */
export function sumWords(won: number, language: Language): string {
  if (language === 'en') return `₩${won.toLocaleString('en-US')}`;
  const parts = [part(Math.floor(won / jo), '조'), part(Math.floor((won % jo) / eok), '억'), part(Math.floor((won % eok) / man), '만')];
  const rest = won % man;
  return `${[...parts, rest === 0 ? '' : rest.toLocaleString('ko-KR')].filter(Boolean).join(' ') || '0'}원`;
}

function part(count: number, unit: string): string {
  return count === 0 ? '' : `${count.toLocaleString('ko-KR')}${unit}`;
}

const number = String.raw`\d+(?:\.\d+)?`;
const typed = new RegExp(`^(?:(?<eok>${number})억)?(?:(?<cheon>${number})천)?(?<rest>${number})?(?<man>만)?(?<won>\\d+)?(?<end>원)?$`);

/**
 * The sum that the user typed: `3억 5천`, `5000만`, `₩350,000,000`. A bare number counts in `unit`
 * won, and what follows 억 in 만, as people say it. Undefined when it is no sum.
 */
export function parseSum(text: string, unit: number): number | undefined {
  const compact = text.replaceAll(/[\s,₩]/g, '');
  const found = typed.exec(compact)?.groups;
  if (compact === '' || !found || !/\d/.test(compact)) return undefined;
  const sum = Math.round(Number(found.eok ?? 0) * eok + middle(found, unit) + Number(found.won ?? 0));
  return Number.isSafeInteger(sum) ? sum : undefined;
}

/** What stands between 억 and the last digits. */
function middle(found: Record<string, string | undefined>, unit: number): number {
  const count = Number(found.cheon ?? 0) * 1000 + Number(found.rest ?? 0);
  if (found.man) return count * man;
  if (found.end) return count;
  return count * (found.eok || found.cheon ? man : unit);
}

/**
 * How much one of a bare number is: people write sums of a lease in 만원 in Korean, in won elsewhere.
 */
export function unitOf(language: Language): number {
  return language === 'ko' ? man : 1;
}

/**
 * The text that stands in a field for a sum that is already known; `parseSum` reads the same sum
 * out of it.
 */
export function sumField(won: number, language: Language): string {
  return language === 'ko' && won % man === 0
    ? (won / man).toLocaleString('ko-KR')
    : `${won.toLocaleString('en-US')}${language === 'ko' ? '원' : ''}`;
}
