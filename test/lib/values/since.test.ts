import { expect, it } from 'vitest';
import { sinceFrom } from '../../../lib/values/since.ts';

const now = new Date('2026-11-28T12:00:00Z');

it.each([
  ['90s', '2026-11-28T11:58:30.000Z'],
  ['10m', '2026-11-28T11:50:00.000Z'],
  ['12h', '2026-11-28T00:00:00.000Z'],
  ['7d', '2026-11-21T12:00:00.000Z'],
  ['2026-11-27', '2026-11-27T00:00:00.000Z'],
  ['2026-11-28T09:30', '2026-11-28T09:30:00.000Z'],
  ['2026-11-28T09:30:15+09:00', '2026-11-28T00:30:15.000Z'],
])('%s is %s', (text, time) => expect(sinceFrom(text, now)?.toISOString()).toBe(time));

it.each(['', '10', 'm', '-1m', '10 m', '1w', '2026-13-01', '2026-11-28T25:00', 'yesterday', '2026-11-29', '999999d'])(
  '%j is no time in the past',
  (text) => expect(sinceFrom(text, now)).toBeUndefined(),
);
