/** All Korean words: the ones that every other language has to have too. */
import { common } from './common.ts';
import { contracts } from './contracts.ts';
import { explanation } from './explanation.ts';
import { home } from './home.ts';
import { checklist, field, notes } from './house.ts';
import { listings } from './listings.ts';

export const ko = { ...common, home, contracts, explanation, checklist, notes, field, listings };

/** The same keys with other words. A language with a singular form adds `_one` beside `_other`. */
export type Translation<T> = { [K in keyof T]: T[K] extends string ? string : Translation<T[K]> } & {
  [K in keyof T as K extends `${infer Stem}_other` ? `${Stem}_one` : never]?: string;
};
