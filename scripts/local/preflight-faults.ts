/** Every fault of a preflight that the embedded clouds can show, and what each means. */
export const preflightFaults = {
  'aws-credentials': 'the AWS credentials have expired',
  'aws-account': 'the AWS credentials belong to another account',
  'aws-region': 'the AWS region is not enabled',
  'aws-elastic-ips': 'AWS allows no further Elastic IP',
  'aws-vcpus': 'AWS allows 1 vCPU',
  'aws-quotas-denied': 'the AWS credentials may not read quotas',
  'aws-image-gone': 'the machine image of AWS does not exist',
  'aws-image-deprecated': 'the machine image of AWS is deprecated',
  'gcp-credentials': 'the Google credentials have expired',
  'gcp-permission': 'the Google credentials may not see the project',
  'gcp-apis': 'two Google APIs are not enabled',
  'gcp-billing': 'no billing account pays for the project',
  'gcp-billing-account': 'another billing account pays for the project',
  'gcp-billing-denied': 'the Google credentials may not see the billing',
  'gcp-region': 'the project has no such region',
  'gcp-gpus': 'the quota GPUS_ALL_REGIONS is 0',
  'gcp-t4': 'the quota NVIDIA_T4_GPUS is 0',
  'gcp-image': 'the machine image of GCP does not exist',
  'domain-elsewhere': 'the domain points at another address',
  'domain-missing': 'the domain does not exist',
  'authority-down': 'the certificate authority answers 503',
} as const satisfies Record<string, string>;

export type PreflightFault = keyof typeof preflightFaults;

export function isPreflightFault(name: string): name is PreflightFault {
  return Object.hasOwn(preflightFaults, name);
}
