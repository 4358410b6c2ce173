import { expect, it } from 'vitest';
import { domain } from '../../../../scripts/commands/local/domain.ts';
import type { Clouds, Context } from '../../../../scripts/runtime/context.ts';
import { local } from '../../../lib/doctor/subject.ts';

const report: Context['report'] = {
  tasks: (_, work) => work(),
  task: (_, work) => work(() => undefined),
  line: () => undefined,
  note: () => undefined,
};
const named = { ...local, domain: 'contracts.dojang.example', tls: 'letsencrypt' } as const;
const nothingDeployed = async () => ({ aws: { outputs: async () => ({}) } }) as unknown as Clouds;
const ask = (environment: Context['environment'], options: Parameters<typeof domain>[2]) =>
  domain({ environment, report, options: { approve: [], dryRun: false } }, nothingDeployed, options);

it('an environment without a domain has no record to set', async () => {
  await expect(ask(local, { pointsTo: 'aws' })).rejects.toMatchObject({ code: 'no-domain', next: expect.stringContaining('letsencrypt') });
});

it.each([
  [{ pointsTo: 'nowhere' }, 'wrong-option', /--points-to nowhere is neither aws, none nor an IPv4 address/],
  [{ pointsTo: '2001:db8::1' }, 'wrong-option', /IPv4/],
  [{ pointsTo: 'aws' }, 'no-address', /no Elastic IP in dojang-local-addresses/],
  [{ certificateLifetime: '90d' }, 'wrong-option', /90d is no number of seconds/],
  [{ certificateLifetime: '0' }, 'wrong-option', /0 is no number of seconds/],
])('%j is refused', async (options, code, message) => {
  await expect(ask(named, options)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
    next: expect.stringMatching(/dojang/),
  });
});
