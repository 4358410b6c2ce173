import { afterEach, expect, it, vi } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { billsOf } from '../../../../scripts/commands/cost/bills.ts';

const period = { from: '2026-11-01', until: '2026-11-15' };

afterEach(() => vi.unstubAllEnvs());

it('the bill of a real environment is not asked of a stand-in', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
  const prod = environmentOf(service, 'prod');
  const { bills } = await billsOf(prod, period);
  await expect(bills.aws(prod, period)).rejects.toMatchObject({ code: 'stand-in', message: expect.stringContaining('AWS_ENDPOINT_URL') });
});
