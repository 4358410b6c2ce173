/** Names and numbers as a review writes them. */
import type { Big } from 'big.js';
import { usdText } from '../../../values/money.ts';
import { groupedText } from '../../../values/number-text.ts';
import type { Unit } from '../../component.ts';

/** A number of something, as many digits as it has up to four. */
export function quantity(amount: Big): string {
  return groupedText(amount.round(4), { least: 0, most: 4 });
}

/** `7.00`, or `at least 7.00` when something that has no amount comes to it. */
export function atLeast(amount: Big, { open }: { readonly open: boolean }): string {
  return `${open ? 'at least ' : ''}${usdText(amount)}`;
}

/** `50 GB-month`, `7 metrics`. */
export function amountOfUnit(amount: Big, unit: Unit): string {
  const word = unitWord[unit];
  const counted = unit.endsWith('-month') && !/[/-]/.test(word) && !amount.eq('1');
  return `${quantity(amount)} ${word}${counted ? 's' : ''}`;
}

/** One of a unit as it is usually written. What is bought for a month is counted. */
export const unitWord: Record<Unit, string> = {
  hour: 'h',
  second: 's',
  'gb-month': 'GB-month',
  gb: 'GB',
  'gb-hour': 'GB-hour',
  mtok: 'million tokens',
  'request-1000': 'thousand requests',
  'request-10k': 'ten thousand requests',
  'request-million': 'million requests',
  'iops-month': 'IOPS-month',
  'mibps-month': 'MiB/s-month',
  'vcpu-hour': 'vCPU-hour',
  'acu-hour': 'ACU-hour',
  'alarm-month': 'alarm',
  'metric-month': 'metric',
  'secret-month': 'secret',
  'parameter-month': 'parameter',
  'key-month': 'key',
  'vm-hour': 'VM-hour',
};
