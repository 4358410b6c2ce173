/**
 * How the clouds of an environment are reached: a value that is computed once from variables and
 * passed to every client and session.
 */
import type { Variables } from './process/process-environment.ts';

export interface Connection {
  readonly endpoints: Endpoints;
  /**
   * Of a stand-in for AWS. Undefined for the real one: the official SDK then looks for them itself
   * (variables, profiles, roles).
   */
  readonly credentials: AwsCredentials | undefined;
  /**
   * Milliseconds between two questions while AWS works. It throttles those who ask often; a
   * stand-in for it answers at once.
   */
  readonly pollInterval: number;
  /** All variables of the processes that work on these clouds: the Pulumi engine, gcloud. */
  readonly variables: Variables;
}

/** Addresses of stand-ins; undefined, the providers' own are used. */
interface Endpoints {
  readonly aws: string | undefined;
  readonly google: Readonly<Partial<Record<GoogleApi, string>>>;
}

interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
}

/** The variable that names another endpoint of each API, as Google's provider calls it. */
const googleVariables = {
  compute: 'GOOGLE_COMPUTE_CUSTOM_ENDPOINT',
  serviceusage: 'GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT',
  cloudbilling: 'GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT',
  billingbudgets: 'GOOGLE_BILLING_CUSTOM_ENDPOINT',
  monitoring: 'GOOGLE_MONITORING_CUSTOM_ENDPOINT',
} as const;

export type GoogleApi = keyof typeof googleVariables;

/** The connection that these variables describe, as the official SDKs and tools read them. */
export function connectionFrom(variables: Variables): Connection {
  const { AWS_ENDPOINT_URL: aws, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  const { AWS_SESSION_TOKEN: sessionToken } = variables;
  const google = Object.entries(googleVariables).flatMap(([api, name]) => (variables[name] ? [[api, variables[name]]] : []));
  return {
    endpoints: { aws: aws || undefined, google: Object.fromEntries(google) },
    credentials:
      aws && accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } : undefined,
    pollInterval: aws ? 200 : 5000,
    variables,
  };
}

/** What an SDK client of AWS is made with. */
export function awsClientConfig({ endpoints: { aws: endpoint }, credentials }: Connection, region: string) {
  return {
    region,
    // A stand-in has one address, whatever kind a profile asks for.
    ...(endpoint !== undefined && { endpoint, useFipsEndpoint: false, useDualstackEndpoint: false }),
    ...(credentials && { credentials }),
  };
}
