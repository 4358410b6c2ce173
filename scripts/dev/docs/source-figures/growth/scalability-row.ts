/** What the tables of scalability-and-ai-cost share. */
import { type FigureInput, figure } from '../figures/figure.ts';
import type { Reckoned } from '../figures/reckon.ts';

export const document = 'scalability-and-ai-cost';

/** A figure of the document, with one way to come to it. */
export const row = (subject: string, stated: string, way: Reckoned | undefined, rest: Partial<FigureInput> = {}) =>
  figure({ subject, stated, ways: way ? [way] : [], ...rest });
