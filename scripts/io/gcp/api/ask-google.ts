/** Reads from Google's REST APIs, and says in one way why an answer is refused. */
import { enableApisCommand } from '../../../../lib/config/google-apis.ts';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Connection, GoogleApi } from '../../connection.ts';
import { googleAuth } from './google-auth.ts';

/** Google's own address of each API. */
const roots = {
  compute: 'https://compute.googleapis.com/compute/v1/',
  serviceusage: 'https://serviceusage.googleapis.com/v1/',
  cloudbilling: 'https://cloudbilling.googleapis.com/v1/',
} as const satisfies Partial<Record<GoogleApi, string>>;

type AskedApi = keyof typeof roots;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Milliseconds that an API may take. */
const limit = 10_000;

/**
 * The answer of an API; undefined when it says that there is no such thing. The project pays for
 * the question and must have the API enabled: with the login of a user account Google would
 * otherwise charge a project of its own, where the API is off.
 * @throws DojangError `no-credentials`, `api-disabled`, `no-permission`, `google-refused`,
 *   `google-unreachable`
 */
export async function askGoogle(
  { endpoints }: Pick<Connection, 'endpoints'>,
  api: AskedApi,
  path: string,
  project: string,
): Promise<unknown> {
  const endpoint = endpoints.google[api];
  const { status, body } = await (endpoint ? plain(`${endpoint}${path}`) : authorised(`${roots[api]}${path}`, project));
  if (status < 400) return body;
  if (status === 404) return undefined;
  throw refusal(api, project, status, body);
}

async function plain(url: string): Promise<Answer> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(limit) });
  return { status: answer.status, body: await answer.json() };
}

async function authorised(url: string, project: string): Promise<Answer> {
  const google = await googleAuth();
  const headers = { 'x-goog-user-project': project };
  try {
    const { status, data } = await google.request({ url, headers, timeout: limit, validateStatus: () => true });
    return { status, body: data };
  } catch (error) {
    throw loginFailure(error);
  }
}

/**
 * The network is at fault, whatever was asked: the address of Google's login holds the word
 * `token`.
 */
const noNetwork = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONN|EHOSTUNREACH|ENETUNREACH/;

/** No answer came: the network is down, there are no credentials, or they have expired. */
export function loginFailure(error: unknown): DojangError {
  const why = messageOf(error);
  if (!noNetwork.test(why) && /credential|invalid_grant|invalid_rapt|reauth|token|login/i.test(why)) {
    const next = 'gcloud auth application-default login';
    return new DojangError('no-credentials', 'there are no Google credentials that work', { why, next, cause: error });
  }
  return new DojangError('google-unreachable', `Google does not answer: ${why}`, {
    next: 'check the network, then run it again',
    cause: error,
  });
}

interface GoogleError {
  readonly error?: { readonly message?: string; readonly details?: readonly { readonly reason?: string }[] };
}

/** https://cloud.google.com/apis/design/errors: the reason is in the details. */
function refusal(api: AskedApi, project: string, status: number, body: unknown): DojangError {
  const { message = `status ${status}`, details = [] } = (body as GoogleError | null)?.error ?? {};
  if (status === 401) {
    const next = 'gcloud auth application-default login';
    return new DojangError('no-credentials', 'Google does not accept the credentials', { why: message, next });
  }
  if (details.some(({ reason }) => reason === 'SERVICE_DISABLED')) {
    const next = `${enableApisCommand(project, [`${api}.googleapis.com`])}, then wait some minutes`;
    return new DojangError('api-disabled', `not asked: ${api}.googleapis.com is not enabled`, { why: message, next });
  }
  if (status === 403) {
    const next = `choose credentials that may use ${project}, or have a role given to these: roles/editor, or to look roles/viewer and roles/serviceusage.serviceUsageConsumer`;
    return new DojangError('no-permission', `no permission: ${message}`, { next });
  }
  return new DojangError('google-refused', `${api} answers ${status}: ${message}`);
}
