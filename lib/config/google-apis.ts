/**
 * The Google APIs of the GCP side: the program enables what it calls, a preflight asks whether they
 * are on.
 */

const names = ['billingbudgets', 'cloudresourcemanager', 'compute', 'iam', 'iap', 'logging', 'monitoring', 'oslogin'] as const;

/**
 * As Service Usage calls them. A new project has none of them on, Cloud Resource Manager included.
 */
export const googleApis: readonly string[] = names.map(inFull);

/** Those, and what only a preflight asks: who pays for the project, and which APIs are on. */
export const preflightApis: readonly string[] = [...names, 'cloudbilling', 'serviceusage'].sort().map(inFull);

function inFull(name: string): string {
  return `${name}.googleapis.com`;
}

/**
 * Switches APIs on in a project. Run twice it does nothing the second time.
 * @default all that a new project needs
 */
export function enableApisCommand(project: string, apis: readonly string[] = preflightApis): string {
  return `gcloud services enable ${apis.join(' ')} --project=${project}`;
}
