/** Google's login of the operator or of the machine that runs the command. */
import type { auth } from '@googleapis/compute';

const scopes = ['https://www.googleapis.com/auth/cloud-platform'];

/** Credentials as Google's clients look for them. The client is loaded when it is needed. */
export async function googleAuth(): Promise<InstanceType<typeof auth.GoogleAuth>> {
  detectMachineByBios();
  const google = await import('@googleapis/compute');
  return new google.auth.GoogleAuth({ scopes });
}

/**
 * Whether this is a machine of Google is read from its BIOS. The default asks the metadata server
 * too, waits for it where there is none, and prints a warning beside our own message. A metadata
 * server that is named stays in use.
 * https://cloud.google.com/nodejs/docs/reference/gcp-metadata/latest/overview
 * (METADATA_SERVER_DETECTION)
 */
export function detectMachineByBios(env = process.env): void {
  if (env.GCE_METADATA_HOST || env.GCE_METADATA_IP) return;
  env.METADATA_SERVER_DETECTION ??= 'bios-only';
}
