/** What a preflight asks of a GCP project. */
import type { compute_v1 } from '@googleapis/compute';
import type { Environment } from '../../../../lib/config/environment.ts';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { GcpImage, GcpProject, GcpQuota } from '../../../../lib/ports/preflight.ts';
import type { Connection } from '../../connection.ts';
import { askGoogle } from './ask-google.ts';
import { findImage, type ImageQuestion } from './images.ts';

/** The project through Google's REST APIs. Every question waits for `access`. */
export function projectFacts({ gcp: { project } }: Environment, connection: Connection): GcpProject {
  let known: Promise<void> | undefined;
  const access = () => {
    known ??= visible(project, connection);
    return known;
  };
  const ask = async (api: Parameters<typeof askGoogle>[1], path: string) => {
    await access().catch((error: unknown) => Promise.reject(notAsked(error)));
    return askGoogle(connection, api, path, project);
  };
  const once = new Map<string, Promise<unknown>>();
  const compute = (path: string) => {
    const answer = once.get(path) ?? ask('compute', path);
    once.set(path, answer);
    return answer;
  };
  return {
    access,
    enabled: async (apis) => enabledOf(await ask('serviceusage', servicesPath(project, apis))),
    billingAccount: async () => billingOf(await ask('cloudbilling', `projects/${project}/billingInfo`)),
    quotas: async () => quotasOf(await compute(`projects/${project}`)),
    region: async (name) => regionOf(await compute(`projects/${project}/regions/${name}`)),
    image: async (link) =>
      imageOf(link, await findImage(link, async (question) => (await compute(imagePath(question))) as compute_v1.Schema$Image | undefined)),
    machine: async (name) => machineOf(await compute(machinesPath(project, name))),
  };
}

/** The reason is given with its remedy once, by the check of the credentials. */
function notAsked(error: unknown): DojangError {
  return new DojangError('not-asked', `not asked: ${messageOf(error).replace(/^not asked: /, '')}`, { cause: error });
}

/** Service Usage is asked first: every user of the project may ask it. */
async function visible(project: string, connection: Connection): Promise<void> {
  const answer = await askGoogle(connection, 'serviceusage', servicesPath(project, ['serviceusage.googleapis.com']), project);
  if (answer !== undefined) return;
  throw new DojangError('no-project', `there is no project ${project}`, {
    next: `gcloud projects create ${project}, or correct gcp.project`,
  });
}

function servicesPath(project: string, apis: readonly string[]): string {
  const names = apis.map((api) => `names=projects/${project}/services/${api}`);
  return `projects/${project}/services:batchGet?${names.join('&')}`;
}

interface Services {
  readonly services?: readonly { readonly name: string; readonly state: string }[];
}

/** Names are like `projects/123/services/compute.googleapis.com`. */
function enabledOf(answer: unknown): string[] {
  const { services = [] } = (answer ?? {}) as Services;
  return services.filter(({ state }) => state === 'ENABLED').map(({ name }) => lastPart(name));
}

interface BillingInfo {
  readonly billingEnabled?: boolean;
  /** Like `billingAccounts/012345-6789AB-CDEF01`. */
  readonly billingAccountName?: string;
}

function billingOf(answer: unknown): string | undefined {
  const { billingEnabled, billingAccountName } = (answer ?? {}) as BillingInfo;
  return billingEnabled && billingAccountName ? lastPart(billingAccountName) : undefined;
}

function quotasOf(answer: unknown): GcpQuota[] {
  const { quotas = [] } = (answer ?? {}) as { quotas?: readonly compute_v1.Schema$Quota[] };
  return quotas.map(({ metric, limit, usage }) => ({ metric: metric ?? '', limit: limit ?? 0, usage: usage ?? 0 }));
}

function regionOf(answer: unknown): Awaited<ReturnType<GcpProject['region']>> {
  return answer === undefined ? undefined : { status: (answer as compute_v1.Schema$Region).status ?? '', quotas: quotasOf(answer) };
}

/** A family is asked for the image it is now. */
function imagePath(question: ImageQuestion): string {
  const name = 'family' in question ? `family/${question.family}` : question.image;
  return `projects/${question.project}/global/images/${name}`;
}

function imageOf(link: string, found: Awaited<ReturnType<typeof findImage>>): GcpImage | undefined {
  if (found === 'not-asked') throw new DojangError('short-image', `not asked: ${link} does not name its project`);
  if (!found) return undefined;
  const { name, diskSizeGb, deprecated } = found;
  return { name: name ?? '', sizeGib: Number(diskSizeGb ?? 0), deprecated: deprecated?.state ?? undefined };
}

function machinesPath(project: string, name: string): string {
  return `projects/${project}/aggregated/instances?filter=${encodeURIComponent(`name = "${name}"`)}`;
}

function machineOf(answer: unknown): Awaited<ReturnType<GcpProject['machine']>> {
  const { items } = (answer ?? {}) as compute_v1.Schema$InstanceAggregatedList;
  const [machine] = Object.values(items ?? {}).flatMap(({ instances = [] }) => instances);
  return machine && { gpus: (machine.guestAccelerators ?? []).reduce((sum, { acceleratorCount }) => sum + (acceleratorCount ?? 0), 0) };
}

function lastPart(name: string): string {
  return name.split('/').at(-1) ?? name;
}
