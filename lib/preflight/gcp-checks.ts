/** What GCP must grant before anything is deployed to it. */
import type { Environment } from '../config/environment.ts';
import { enableApisCommand, googleApis, preflightApis } from '../config/google-apis.ts';
import { listImagesCommand, projectOfImage } from '../config/google-images.ts';
import { DojangError } from '../errors/dojang-error.ts';
import type { GcpImage, GcpProject, GcpQuota } from '../ports/preflight.ts';
import { asFault, check, fault, notAsked, ok, type PreflightCheck, unknown, type Verdict, warning } from './check.ts';
import { quotaVerdict, type Room } from './room.ts';

export function gcpChecks(environment: Environment): PreflightCheck[] {
  const { project, region } = environment.gcp;
  return [
    check({
      id: 'gcp-credentials',
      subject: 'gcp',
      title: 'credentials',
      facts: ({ gcp }) => gcp.access(),
      verdict: () => ok(`project ${project}`),
      refused: accessRefused,
    }),
    check({
      id: 'gcp-apis',
      subject: 'gcp',
      title: 'APIs',
      facts: ({ gcp }) => gcp.enabled(preflightApis),
      verdict: (enabled) => apisVerdict(project, enabled),
    }),
    check({
      id: 'gcp-billing',
      subject: 'gcp',
      title: 'billing',
      facts: ({ gcp }) => gcp.billingAccount(),
      verdict: (account) => billingVerdict(environment, account),
    }),
    check({
      id: 'gcp-region',
      subject: 'gcp',
      title: 'region',
      facts: ({ gcp }) => gcp.region(region),
      verdict: (found) => regionVerdict(environment, found?.status),
    }),
    ...gpuChecks(environment),
    check({
      id: 'gcp-image',
      subject: 'gcp',
      title: 'machine image',
      facts: async ({ gcp }) => {
        const [image, machine] = await Promise.all([gcp.image(environment.gcp.image), gcp.machine(environment.names.gcp.machine)]);
        return { image, ours: machine !== undefined };
      },
      verdict: ({ image, ours }) => imageVerdict(environment, image, { ours }),
    }),
  ];
}

/**
 * Only what is certain is a fault: with a permission missing here, or no answer from Google, a
 * deployment may still succeed.
 */
function accessRefused(error: unknown): Verdict {
  const certain = error instanceof DojangError && ['no-credentials', 'no-project', 'api-disabled'].includes(error.code);
  return (certain ? asFault('gcloud auth application-default login') : notAsked)(error);
}

function gpuChecks(environment: Environment): PreflightCheck[] {
  const { project, region, gpu } = environment.gcp;
  const page = `https://console.cloud.google.com/iam-admin/quotas?project=${project}`;
  const of = (metric: string, where: string, quotas: (gcp: GcpProject) => Promise<readonly GcpQuota[] | undefined>) => {
    const remedy = (limit: number) => `ask for ${limit} of ${metric} ${where} at ${page} (it may take two days)`;
    return check({
      id: `gcp-quota-${metric.toLowerCase().replaceAll('_', '-')}`,
      subject: 'gcp',
      title: `quota ${metric}`,
      facts: async ({ gcp }) => {
        const [all, machine] = await Promise.all([quotas(gcp), gcp.machine(environment.names.gcp.machine)]);
        return all && roomOf(all, metric, machine?.gpus ?? 0);
      },
      verdict: (room) => (room ? quotaVerdict(room, gpu.count, remedy) : unknown(`not asked: there is no ${region}`)),
    });
  };
  return [
    of('GPUS_ALL_REGIONS', 'for all regions', (gcp) => gcp.quotas()),
    of('NVIDIA_T4_GPUS', `in ${region}`, async (gcp) => (await gcp.region(region))?.quotas),
  ];
}

/** A metric that is not listed is not granted. */
function roomOf(quotas: readonly GcpQuota[], metric: string, ours: number): Room {
  const { limit, usage } = quotas.find((each) => each.metric === metric) ?? { limit: 0, usage: 0 };
  return { limit, used: usage, ours };
}

/** What only a preflight asks stops no deployment, and is enabled along with the others. */
function apisVerdict(project: string, enabled: readonly string[]): Verdict {
  const off = googleApis.filter((api) => !enabled.includes(api));
  if (off.length === 0) return ok(`${enabled.length} enabled`);
  const all = preflightApis.filter((api) => !enabled.includes(api));
  const names = off.map((api) => api.replace('.googleapis.com', ''));
  return fault(`${names.join(', ')} not enabled`, `${enableApisCommand(project, all)}, then wait some minutes`);
}

function billingVerdict({ name, gcp: { project, billingAccount } }: Environment, account: string | undefined): Verdict {
  const link = `gcloud billing projects link ${project} --billing-account ${billingAccount}`;
  if (account === undefined) return fault(`nothing pays for ${project}`, link);
  if (account === billingAccount) return ok(account);
  const why = 'the budget would watch another account than the one that pays';
  return fault(`${account} pays for ${project}: ${why}`, `${link}, or write ${account} in environments.${name}.gcp.billingAccount`);
}

function regionVerdict({ name, gcp: { region, project } }: Environment, status: string | undefined): Verdict {
  if (status === 'UP') return ok(region);
  if (status !== undefined) return fault(`${region} is ${status}`, 'https://status.cloud.google.com says until when');
  const list = `gcloud compute regions list --project ${project}`;
  return fault(`${region} is not there for ${project}`, `correct environments.${name}.gcp.region; ${list} shows them`);
}

/** `ours`: the machine is there, and needs its image no more. */
function imageVerdict({ name, gcp }: Environment, image: GcpImage | undefined, { ours }: { readonly ours: boolean }): Verdict {
  const path = `environments.${name}.gcp`;
  const another = `name another in ${path}.image; ${listImagesCommand(projectOfImage(gcp.image))} shows them`;
  const unfit = (detail: string, remedy: string) =>
    ours ? warning(`${detail}; the machine runs without it, and could not be replaced`, remedy) : fault(detail, remedy);
  if (!image) return unfit(`${lastPart(gcp.image)} does not exist (any more)`, another);
  if (image.deprecated === 'OBSOLETE' || image.deprecated === 'DELETED')
    return unfit(`${image.name} is ${image.deprecated.toLowerCase()}`, another);
  if (image.sizeGib <= gcp.bootDisk.gib) return ok(image.name);
  return unfit(`${image.name} holds ${image.sizeGib} GiB, the boot disk ${gcp.bootDisk}`, `set ${path}.bootDisk to ${image.sizeGib} GiB`);
}

function lastPart(link: string): string {
  return link.split('/').at(-1) ?? link;
}
