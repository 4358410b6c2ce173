/** Google's login of the operator or of the machine that runs the command. */
import type { auth } from '@googleapis/compute';
import { detectMachineByBios } from '../../process/process-environment.ts';

const scopes = ['https://www.googleapis.com/auth/cloud-platform'];

/** Credentials as Google's clients look for them. The client is loaded when it is needed. */
export async function googleAuth(): Promise<InstanceType<typeof auth.GoogleAuth>> {
  detectMachineByBios();
  const google = await import('@googleapis/compute');
  return new google.auth.GoogleAuth({ scopes });
}
