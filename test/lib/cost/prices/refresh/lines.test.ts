/** One of a thing is said in the singular. */
import { expect, it } from 'vitest';
import { refreshLines } from '../../../../../lib/cost/prices/refresh/lines.ts';
import { big, price } from '../../books.ts';

it.each([
  [1, /^1 price changed, /],
  [2, /^2 prices changed, /],
])('a refresh with %i changes', (count, text) => {
  const after = price('aws ebs ap-northeast-2', 'gp3 storage', 'gb-month');
  const change = { before: undefined, after, percent: big('1'), asks: undefined };
  const none = {
    confirmed: [],
    refused: [],
    missing: [],
    skipped: { unnamed: new Map<string, number>(), unwanted: new Map<string, number>() },
  };
  const refresh = { ...none, changes: Array.from({ length: count }, () => change) } as unknown as Parameters<typeof refreshLines>[0];
  expect(refreshLines(refresh, { written: false })[0]).toMatch(text);
});
