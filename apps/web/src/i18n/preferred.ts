/** The supported language that suits the user best. */
import type { Language } from '../words/money.ts';

/** What was chosen before; else the first of the browser's languages that we speak; else Korean. */
export function preferred(chosen: string | null, languages: readonly string[]): Language {
  const known = [chosen ?? '', ...languages].map((tag) => tag.slice(0, 2)).find((tag) => tag === 'ko' || tag === 'en');
  return known === 'en' ? 'en' : 'ko';
}
