/** The Google APIs that the GCP side calls, and the command that enables them. */

/**
 * Each without `.googleapis.com`. A new project has none of them on, Cloud Resource Manager
 * included.
 */
export const googleApis = ['billingbudgets', 'cloudresourcemanager', 'compute', 'iam', 'iap', 'logging', 'monitoring', 'oslogin'] as const;

/** Switches all of them on in a project. Done twice it does nothing the second time. */
export function enableApisCommand(project: string): string {
  return `gcloud services enable ${googleApis.map((api) => `${api}.googleapis.com`).join(' ')} --project=${project}`;
}
