import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { Secret } from '../../../../lib/values/secret.ts';
import { requireGivenSecrets } from '../../../../scripts/commands/up/given-secrets.ts';
import { up } from '../../../../scripts/commands/up/up.ts';
import type { Clouds } from '../../../../scripts/runtime/context.ts';
import { portsWith } from '../../../lib/ports/preflight.ts';
import { MemoryClouds } from '../../memory-clouds.ts';
import { MemorySecrets } from '../../memory-secrets.ts';

const prod = environmentOf(service, 'prod');

it('up stops before it deploys what could not start', async () => {
  const secrets = new MemorySecrets();
  await expect(requireGivenSecrets(prod, secrets)).rejects.toMatchObject({
    code: 'no-secret',
    next: expect.stringContaining('dojang secret set oidc-client-secret --env prod'),
  });
  await secrets.put(prod.names.parameters.trust.aws['oidc-client-secret'], Secret.of('given'), 'secret');
  await expect(requireGivenSecrets(prod, secrets)).resolves.toBeUndefined();
});

describe('up without the secret', () => {
  const clouds = () => {
    const secrets = new MemorySecrets();
    const preflight = portsWith({ aws: { optIn: async () => 'not-opted-in' }, secrets: { describe: (names) => secrets.describe(names) } });
    return { hosts: { shell: {} }, secrets, preflight } as unknown as Clouds;
  };
  const tried = async (only: readonly string[]) => {
    const memory = new MemoryClouds(prod);
    const error = await up(memory.context(), async () => clouds(), { only, cloudsOnly: false }).catch((each: unknown) => each);
    return { error, notes: memory.notes.join('\n') };
  };

  it('says so in the preflight, together with every other fault', async () => {
    const { error, notes } = await tried(['preflight', 'provision']);
    expect(error).toMatchObject({ code: 'not-ready' });
    expect(notes).toContain('secret oidc-client-secret');
    expect(notes).toContain('is not enabled for the account');
  });

  it('stops at once where the preflight is left out', async () => {
    expect((await tried(['provision'])).error).toMatchObject({ code: 'no-secret' });
  });
});

it('nothing is asked without a sign-in, or where the provider is embedded', async () => {
  const secrets = new MemorySecrets();
  await expect(requireGivenSecrets({ ...prod, signIn: undefined }, secrets)).resolves.toBeUndefined();
  await expect(requireGivenSecrets(environmentOf(service, 'local'), secrets)).resolves.toBeUndefined();
});
