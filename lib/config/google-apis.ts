/** The Google APIs that an environment needs: the GPU machine's program enables them, a preflight asks whether they are on. */

const names = ['billingbudgets', 'cloudresourcemanager', 'compute', 'iam', 'iap', 'logging', 'monitoring', 'oslogin'] as const;

/** As Service Usage calls them. */
export const googleApis: readonly string[] = names.map((name) => `${name}.googleapis.com`);
