import { expect, it } from 'vitest';
import { attemptSeconds } from '../../../../apps/api/src/auth/attempt.ts';
import { callbackLimits, limitZones } from '../../../../lib/host/nginx/limits.ts';

/** nginx keeps a rate as whole thousandths of a request a second. */
function perSecond(zone: string): number {
  const [, count = '', unit = ''] = new RegExp(`zone=${zone}:\\S+ rate=(\\d+)r/([sm])`).exec(limitZones([])) ?? [];
  return Math.floor((Number(count) * 1000) / (unit === 'm' ? 60 : 1)) / 1000;
}

it('a sign-in that has begun is good for 11 returns, so that 50 returns a second need more than 4 beginnings a second', () => {
  const burst = Number(/zone=attempt burst=(\d+)/.exec(callbackLimits)?.[1]);
  const returns = 1 + burst + Math.floor(attemptSeconds * perSecond('attempt'));
  expect(returns).toBe(11);
  expect(perSecond('sign-in-end') / returns).toBeGreaterThan(4);
});
