/** What an error of the OpenID Connect client means for the person. */
import * as oidc from 'openid-client';
import { Problem } from '../errors.ts';

/** The provider or the way to it is at fault, not this attempt. */
const unavailable = new Set(['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR']);

export function explainFailure(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (cause instanceof oidc.AuthorizationResponseError) {
    return new Problem(403, 'sign-in-refused', 'Signing in was refused', { detail: `The provider said ${cause.error}.`, cause });
  }
  if (isOfThisAttempt(cause)) {
    return new Problem(400, 'sign-in-failed', 'Signing in did not work', { detail: 'Please begin again.', cause });
  }
  return signInUnavailable('The sign-in provider does not answer.', cause);
}

export function signInUnavailable(detail: string, cause?: unknown): Problem {
  return new Problem(503, 'sign-in-unavailable', 'Sign-in is not available', { detail, headers: { 'retry-after': '10' }, cause });
}

function isOfThisAttempt(cause: unknown): boolean {
  if (cause instanceof oidc.ResponseBodyError) return cause.error === 'invalid_grant';
  return cause instanceof oidc.ClientError && !unavailable.has(cause.code ?? '');
}
