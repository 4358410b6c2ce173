/**
 * What Google answers to the questions of a preflight: quotas, APIs, billing and images, with the
 * faults that were asked for.
 */
import { join } from 'node:path';
import { preflightApis } from '../../../../lib/config/google-apis.ts';
import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { readJson, writeJson } from '../../../io/state.ts';
import { type CloudFaults, readFaults } from '../faults/faults.ts';
import { Refused } from '../provider/refusals.ts';
import type { Call, Route } from './route.ts';
import { disabledApi } from './services.ts';

const project = '/compute/v1/projects/([^/]+)';

export const preflightRoutes: readonly Route[] = [
  ['GET', /^\/serviceusage\/v1\/projects\/([^/]+)\/services:batchGet$/, services],
  ['GET', /^\/cloudbilling\/v1\/projects\/([^/]+)\/billingInfo$/, billingInfo],
  [
    'GET',
    new RegExp(`^${project}$`),
    ({ store, at: [name = ''] }) => ({ kind: 'compute#project', name, quotas: gpuQuotas(store, 'GPUS_ALL_REGIONS', 'gcp-gpus') }),
  ],
  ['GET', new RegExp(`^${project}/regions/([^/]+)$`), region],
  ['GET', new RegExp(`^${project}/aggregated/instances$`), instances],
];

/** What was asked for and granted: the most T4s that one machine takes. */
const gpusGranted = 4;
const projectFile = (folder: string) => join(folder, 'project.json');

/** Lets this billing account pay for the project, as `gcloud billing projects link` does. */
export function linkBilling(folder: string, account: string): void {
  writeJson(projectFile(folder), { account });
}

/** @throws Refused when the whole API is out of reach: credentials, permission, not enabled. */
export function refusePreflight(faults: CloudFaults, path: string): void {
  const api = path.split('/')[1] ?? '';
  if (shows(faults, 'gcp-credentials') && api !== 'health') {
    throw new Refused(401, 'Request had invalid authentication credentials. Expected OAuth 2 access token.', 'UNAUTHENTICATED');
  }
  if (shows(faults, 'gcp-permission') && api === 'serviceusage') {
    throw new Refused(403, 'Permission denied to get service.', 'PERMISSION_DENIED');
  }
  if (shows(faults, 'gcp-billing-denied') && api === 'cloudbilling') {
    throw new Refused(403, 'The caller does not have permission', 'PERMISSION_DENIED');
  }
  if (shows(faults, 'gcp-apis') && api === 'compute') throw disabledApi('compute', path.split('/')[4] ?? '');
  if (shows(faults, 'gcp-image') && path.includes('/global/images/')) {
    throw new Refused(404, `The resource '${path.slice('/compute/v1/'.length)}' was not found`, 'notFound');
  }
}

function shows({ preflight = [] }: CloudFaults, name: string): boolean {
  return preflight.includes(name);
}

/** The project of the embedded cloud has what it needs enabled from the start. */
function services({ store, at: [name = ''], query }: Call): Json {
  const off = disabledIn(readFaults(store.folder)).map((api) => `${api}.googleapis.com`);
  const on = preflightApis.filter((api) => !off.includes(api));
  const wanted = query.getAll('names').map((each) => each.split('/').at(-1) ?? '');
  return {
    services: wanted.map((api) => ({ name: `projects/${name}/services/${api}`, state: on.includes(api) ? 'ENABLED' : 'DISABLED' })),
  };
}

/** An API that refuses some requests only was enabled a moment ago. */
function disabledIn(faults: CloudFaults): string[] {
  const always = Object.entries(faults.serviceDisabled ?? {}).flatMap(([api, requests]) => (requests === 'always' ? [api] : []));
  return shows(faults, 'gcp-apis') ? [...always, 'compute', 'cloudresourcemanager'] : always;
}

function billingInfo({ store, at: [name = ''] }: Call): Json {
  const faults = readFaults(store.folder);
  const base = { name: `projects/${name}/billingInfo`, projectId: name };
  if (shows(faults, 'gcp-billing')) return { ...base, billingAccountName: '', billingEnabled: false };
  const linked = readJson<{ readonly account: string }>(projectFile(store.folder))?.account;
  const account = shows(faults, 'gcp-billing-account') ? '0FFFFF-0FFFFF-0FFFFF' : linked;
  if (!account) return { ...base, billingAccountName: '', billingEnabled: false };
  return { ...base, billingAccountName: `billingAccounts/${account}`, billingEnabled: true };
}

/** The usage is what is deployed. */
function gpuQuotas(store: Call['store'], metric: string, fault: string): Properties[] {
  const gpus = store.all('gcp:compute/instance:Instance').flatMap(({ inputs }) => inputs.guestAccelerators ?? []);
  const usage = gpus.flat().reduce((sum: number, gpu) => sum + (isObject(gpu) ? Number(gpu.count) : 0), 0);
  return [{ metric, limit: shows(readFaults(store.folder), fault) ? 0 : gpusGranted, usage }];
}

function region({ store, at: [name, region = ''] }: Call): Json {
  if (shows(readFaults(store.folder), 'gcp-region')) {
    throw new Refused(404, `The resource 'projects/${name}/regions/${region}' was not found`, 'notFound');
  }
  return { kind: 'compute#region', name: region, status: 'UP', quotas: gpuQuotas(store, 'NVIDIA_T4_GPUS', 'gcp-t4') };
}

function instanceJson({ name = '', guestAccelerators }: Properties): Json {
  const gpus = Array.isArray(guestAccelerators) ? guestAccelerators.filter(isObject) : [];
  return { name, guestAccelerators: gpus.map(({ type = '', count = 0 }) => ({ acceleratorType: type, acceleratorCount: count })) };
}

function instances({ store, at: [project], query }: Call): Json {
  const [, wanted] = /^name = "(.+)"$/.exec(query.get('filter') ?? '') ?? [];
  const found = store
    .all('gcp:compute/instance:Instance')
    .filter(({ inputs }) => inputs.project === project && (wanted === undefined || inputs.name === wanted));
  const items = Object.fromEntries(found.map(({ inputs }) => [`zones/${inputs.zone}`, { instances: [instanceJson(inputs)] }]));
  return { kind: 'compute#instanceAggregatedList', items };
}
