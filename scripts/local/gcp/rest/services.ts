/**
 * Which Google APIs answer: one that is off, or was enabled a moment ago, refuses every request in
 * Google's words.
 */
import type { Properties } from '../../../../lib/inventory/resource.ts';
import { readFaults, writeFaults } from '../faults/faults.ts';
import { projectNumber } from '../provider/computed.ts';
import { Refused } from '../provider/refusals.ts';

/** Titles by API, as Google prints them. */
const titles: Readonly<Record<string, string>> = {
  billingbudgets: 'Cloud Billing Budget API',
  cloudbilling: 'Cloud Billing API',
  cloudresourcemanager: 'Cloud Resource Manager API',
  compute: 'Compute Engine API',
  iam: 'Identity and Access Management (IAM) API',
  iap: 'Cloud Identity-Aware Proxy API',
  logging: 'Cloud Logging API',
  monitoring: 'Cloud Monitoring API',
  oslogin: 'Cloud OS Login API',
  serviceusage: 'Service Usage API',
};

/** The APIs that can be switched off. */
export const knownApis: readonly string[] = Object.keys(titles);

/**
 * Which API a resource type is made with. To enable an API and to grant a role on a project, the
 * project is read first.
 */
const apiOfModule: Readonly<Record<string, string>> = {
  'gcp:billing': 'billingbudgets',
  'gcp:compute': 'compute',
  'gcp:iap': 'iap',
  'gcp:monitoring': 'monitoring',
  'gcp:projects': 'cloudresourcemanager',
  'gcp:serviceaccount': 'iam',
};

/**
 * @throws Refused when the API of this resource type is off; `doing` is how the provider begins its
 * sentence.
 */
export function refuseDisabledType(folder: string, type: string, { project }: Properties, doing: string): void {
  const [, kind = type] = /:(\w+)$/.exec(type) ?? [];
  refuseDisabledService(folder, apiOfModule[type.split('/')[0] ?? ''], String(project), `Error ${doing} ${kind}: `);
}

/** The API that serves a path of the REST interface. */
export function apiOfPath(path: string): string | undefined {
  const [, first = ''] = path.split('/');
  const apis: Readonly<Record<string, string>> = { billing: 'billingbudgets' };
  return apis[first] ?? (first in titles ? first : undefined);
}

/** @throws Refused when this API is off; counts the request where only so many are refused. */
export function refuseDisabledService(folder: string, api: string | undefined, project: string, prefix = ''): void {
  const faults = readFaults(folder);
  const left = api === undefined ? undefined : faults.serviceDisabled?.[api];
  if (api === undefined || left === undefined || left === 0) return;
  if (left !== 'always') writeFaults(folder, { ...faults, serviceDisabled: { ...faults.serviceDisabled, [api]: left - 1 } });
  const refused = disabledApi(api, project);
  refused.message = `${prefix}${refused.message}`;
  throw refused;
}

/** What Google answers for an API that is off; `name` is the project's. */
export function disabledApi(api: string, name: string): Refused {
  const project = projectNumber(name);
  const service = `${api}.googleapis.com`;
  const serviceTitle = titles[api] ?? service;
  const activationUrl = `https://console.developers.google.com/apis/api/${service}/overview?project=${project}`;
  const sentence = `${serviceTitle} has not been used in project ${project} before or it is disabled. Enable it by visiting ${activationUrl} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`;
  const metadata = { activationUrl, consumer: `projects/${project}`, containerInfo: project, service, serviceTitle };
  return new Refused(403, sentence, 'accessNotConfigured', [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', domain: 'googleapis.com', metadata, reason: 'SERVICE_DISABLED' },
    { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message: sentence },
    {
      '@type': 'type.googleapis.com/google.rpc.Help',
      links: [{ description: 'Google developers console API activation', url: activationUrl }],
    },
  ]);
}
