/** All English words, loaded only by those who read English. */
import { common } from './common.ts';
import { contracts } from './contracts.ts';
import { explanation } from './explanation.ts';
import { home } from './home.ts';
import { checklist, field, notes } from './house.ts';
import { listings } from './listings.ts';

export const en = { ...common, home, contracts, explanation, checklist, notes, field, listings };
