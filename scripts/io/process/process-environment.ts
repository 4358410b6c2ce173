/**
 * The variables of this process: the only module beside `bin` that reads or writes `process.env`.
 * Everything else is given a `Connection`, or the variables of the process that it starts.
 */
import { delimiter } from 'node:path';

/** Environment variables by name; undefined when one is not set. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that the operator, the CI or the parent process has set. */
export function processVariables(): Variables {
  return process.env;
}

/** The folders of PATH, in the order in which a command is looked for. */
export function pathFolders({ PATH = '' }: Variables = processVariables()): readonly string[] {
  return PATH.split(delimiter);
}

/** Variables that would lead the AWS SDK past an endpoint and credentials that were given. */
const overriding = /^AWS_(PROFILE|SESSION_TOKEN|IGNORE_CONFIGURED_ENDPOINT_URLS|ENDPOINT_URL_.+)$/;

/** These variables without those that would lead the AWS SDK elsewhere. */
export function withoutOverriding(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !overriding.test(name)));
}

/**
 * Directs the CDK toolkit of this process to a stand-in for AWS. It makes its own SDK clients, and
 * neither its `SdkConfig` (`baseCredentials`, `httpOptions`) nor its asset publishing takes an
 * endpoint: both read this variable alone. Nothing else of the product reads it from here.
 */
export function directToolkit(endpoint: string, env = process.env): void {
  for (const name of Object.keys(env).filter((each) => overriding.test(each))) delete env[name];
  env.AWS_ENDPOINT_URL = endpoint;
}

/**
 * Whether this is a machine of Google is read from its BIOS. The default of Google's client asks
 * the metadata server too, waits for it where there is none, and prints a warning beside our own
 * message; the choice is a variable alone. A metadata server that is named stays in use.
 * https://cloud.google.com/nodejs/docs/reference/gcp-metadata/latest/overview
 * (METADATA_SERVER_DETECTION)
 */
export function detectMachineByBios(env = process.env): void {
  if (env.GCE_METADATA_HOST || env.GCE_METADATA_IP) return;
  env.METADATA_SERVER_DETECTION ??= 'bios-only';
}
