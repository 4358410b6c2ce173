/** The Google APIs that the GCP side calls: the program enables them, a preflight asks whether they are on. */

const names = ['billingbudgets', 'cloudresourcemanager', 'compute', 'iam', 'iap', 'logging', 'monitoring', 'oslogin'] as const;

/** As Service Usage calls them. A new project has none of them on, Cloud Resource Manager included. */
export const googleApis: readonly string[] = names.map((name) => `${name}.googleapis.com`);

/** Switches all of them on in a project. Run twice it does nothing the second time. */
export function enableApisCommand(project: string): string {
  return `gcloud services enable ${googleApis.join(' ')} --project=${project}`;
}
