/**
 * What an operator gives before an environment is brought up, asked for where no preflight does:
 * better before anything is deployed than after both clouds are.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { SecretStore } from '../../../lib/ports/secrets.ts';
import { clientSecretIsGiven } from '../../../lib/preflight/service-checks.ts';

/**
 * The embedded sign-in provider makes its own secret; a real one gives it to the operator.
 * @throws DojangError `no-secret` when people can sign in and the secret for it is missing
 */
export async function requireGivenSecrets(environment: Environment, secrets: Pick<SecretStore, 'describe'>): Promise<void> {
  if (!environment.signIn || !clientSecretIsGiven(environment)) return;
  const name = 'oidc-client-secret';
  const parameter = environment.names.parameters.trust.aws[name];
  if ((await secrets.describe([parameter]))[parameter]) return;
  throw new DojangError('no-secret', `${environment.name} has no ${name}`, {
    why: `${environment.signIn.issuer} knows the service by it; the API does not start without. Nothing has been changed.`,
    next: `dojang secret set ${name} --env ${environment.name}, or leave signIn out of the configuration`,
  });
}
