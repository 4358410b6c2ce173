import { expect, it } from 'vitest';
import service from '../../dojang.config.ts';
import { environmentOf } from '../../lib/config/environment.ts';
import { trustParameters } from '../../lib/config/names.ts';
import { Secret } from '../../lib/values/secret.ts';
import { requireGivenSecrets } from '../../scripts/given-secrets.ts';
import { MemorySecrets } from './memory-secrets.ts';

const prod = environmentOf(service, 'prod');

it('up stops before it deploys what could not start', async () => {
  const secrets = new MemorySecrets();
  await expect(requireGivenSecrets(prod, secrets)).rejects.toMatchObject({
    code: 'no-secret',
    next: expect.stringContaining('dojang secret set oidc-client-secret --env prod'),
  });
  await secrets.put(trustParameters(prod).aws['oidc-client-secret'], Secret.of('given'), 'secret');
  await expect(requireGivenSecrets(prod, secrets)).resolves.toBeUndefined();
});

it('nothing is asked where nobody signs in, or where the provider is embedded', async () => {
  const secrets = new MemorySecrets();
  await expect(requireGivenSecrets({ ...prod, signIn: undefined }, secrets)).resolves.toBeUndefined();
  await expect(requireGivenSecrets(environmentOf(service, 'local'), secrets)).resolves.toBeUndefined();
});
