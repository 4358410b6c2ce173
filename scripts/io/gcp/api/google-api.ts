/**
 * Google's APIs by their official client, with the credentials of the operator or of the machine;
 * none at the embedded cloud.
 */
import type { compute_v1 } from '@googleapis/compute';
import type { Connection, GoogleApi } from '../../connection.ts';
import { googleAuth } from './google-auth.ts';

/** The Compute API. Its client is loaded when it is needed. */
export async function computeClient({ endpoints }: Pick<Connection, 'endpoints'>): Promise<compute_v1.Compute> {
  const { compute_v1 } = await import('@googleapis/compute');
  const endpoint = endpoints.google.compute;
  if (endpoint) return new compute_v1.Compute({ rootUrl: endpoint.replace(/compute\/v1\/?$/, '') });
  return new compute_v1.Compute({ auth: await googleAuth() });
}

/** Reads from an API that has no client here. `root` is Google's own address of it. */
export async function getJson({ endpoints }: Connection, api: GoogleApi, root: string, path: string): Promise<unknown> {
  const endpoint = endpoints.google[api];
  if (endpoint) return (await fetch(`${endpoint}${path}`)).json();
  const { data } = await (await googleAuth()).request({ url: `${root}${path}` });
  return data;
}
