/**
 * Google's APIs by their official client, with the credentials of the operator or of the machine;
 * none at the embedded cloud.
 */
import type { compute_v1 } from '@googleapis/compute';
import { googleAuth } from './google-auth.ts';

/** The Compute API. Its client is loaded when it is needed. */
export async function computeClient(env: Readonly<Record<string, string>>): Promise<compute_v1.Compute> {
  const { compute_v1 } = await import('@googleapis/compute');
  const endpoint = env.GOOGLE_COMPUTE_CUSTOM_ENDPOINT ?? process.env.GOOGLE_COMPUTE_CUSTOM_ENDPOINT;
  if (endpoint) return new compute_v1.Compute({ rootUrl: endpoint.replace(/compute\/v1\/?$/, '') });
  return new compute_v1.Compute({ auth: await googleAuth() });
}

/**
 * Reads from an API that has no client here. `variable` names the one that points to another
 * endpoint.
 */
export async function getJson(env: Readonly<Record<string, string>>, variable: string, root: string, path: string): Promise<unknown> {
  const endpoint = env[variable] ?? process.env[variable];
  if (endpoint) return (await fetch(`${endpoint}${path}`)).json();
  const { data } = await (await googleAuth()).request({ url: `${root}${path}` });
  return data;
}
