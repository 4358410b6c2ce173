import { afterEach, expect, it, vi } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { connectClouds } from '../../../../scripts/runtime/clouds/connect.ts';

afterEach(() => vi.unstubAllEnvs());

it.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_EC2', 'PULUMI_DEBUG_PROVIDERS', 'GOOGLE_COMPUTE_CUSTOM_ENDPOINT'])(
  'a real environment is refused in a shell with %s',
  async (name) => {
    vi.stubEnv(name, 'http://localhost:1');
    const report = { tasks: vi.fn(), task: vi.fn(), line: vi.fn(), note: vi.fn() };
    const context = { environment: environmentOf(service, 'prod'), report, options: { dryRun: false, approve: [] } };
    await expect(connectClouds(context, { start: true, machines: 'none' })).rejects.toMatchObject({
      code: 'stand-in',
      message: expect.stringContaining(name),
    });
  },
);
