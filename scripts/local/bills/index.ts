/**
 * The bills of the embedded clouds: they send none, so answers in the form of the real interfaces
 * stand in.
 */
import { join } from 'node:path';
import type { Bills } from '../../../lib/ports/bills.ts';
import { readJson } from '../../io/state.ts';

const file = (name: string) => readJson<unknown>(join(import.meta.dirname, name));

export const recordedBills: Bills = {
  note: 'made-up answers in the form of the real ones stand in: the embedded clouds send no bill',
  aws: async () => [file('cost-and-usage.json')],
  gcp: async () => file('billing-export.json'),
};

/** The days that the answers are of. */
export const recordedPeriod = { from: '2026-11-01', until: '2026-11-15' };
