/** Deploys the GCP side in the first zone that has a GPU. */
import type { Environment } from '../../../lib/config/environment.ts';
import { NoCapacity } from '../../../lib/deployment/no-capacity.ts';
import { zonesToTry } from '../../../lib/deployment/zones.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { Outputs } from '../../../lib/ports/outputs.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import type { Clouds, Context } from '../../runtime/context.ts';

/**
 * Tries the zones in order; the static address stays whatever the zone. Returns the line for the
 * terminal.
 * @throws NoCapacity when data holds the environment in a zone without capacity; DojangError
 *   `no-capacity` when no zone has any.
 */
export async function deployGpu(
  { environment, report, options }: Context,
  clouds: Clouds,
  zones: readonly string[],
  progress: Progress,
): Promise<string> {
  const { gcp } = clouds;
  const awsAddress = await elasticIp(environment, clouds);
  const before = await gcp.outputs();
  const refused: NoCapacity[] = [];
  for (const zone of zonesToTry(zones, (await gcp.inputs())?.zone)) {
    try {
      const outputs = await gcp.up({ awsAddress, zone, approved: options.approve }, progress);
      for (const text of formerDisk(environment, before, outputs)) report.note(text);
      return describe(outputs, refused);
    } catch (error) {
      // A disk lives in one zone: once there is data, another zone means another disk, and the
      // operator decides that.
      if (!(error instanceof NoCapacity) || error.heldBy.length > 0) throw error;
      refused.push(error);
      report.note(`${error.message}; trying the next zone`);
    }
  }
  throw exhausted(refused);
}

/** Named once, where it happens: Google lists disks by their label, as docs/guard.md says. */
function formerDisk({ name, gcp: { project } }: Environment, { dataDisk, zone }: Outputs, now: Outputs): string[] {
  if (dataDisk === undefined || now.dataDisk === undefined || dataDisk === now.dataDisk) return [];
  return [
    `${dataDisk} is no longer the data disk of ${name}: its data stays, no snapshots of it are made, and it is billed`,
    `  Next: gcloud compute disks delete ${dataDisk} --zone=${zone} --project=${project}   once that data is not needed`,
  ];
}

async function elasticIp(environment: Environment, { aws }: Clouds): Promise<string> {
  const { addresses } = environment.names.stacks;
  const { Address } = await aws.outputs([addresses]);
  if (Address) return Address;
  throw new DojangError('no-address', `no Elastic IP in ${addresses}`, {
    why: 'The address is what the GCP firewall lets in, so nothing after it can be built.',
    next: `dojang up --env ${environment.name} --only aws-addresses`,
  });
}

function describe({ address, zone }: Outputs, refused: readonly NoCapacity[]): string {
  const passed = refused.map(({ zone: tried, kind }) => `${tried} ${kind === 'quota' ? 'has no quota' : 'had no T4 left'}`);
  return `${address}   zone ${zone}${passed.length > 0 ? ` (${passed.join(', ')})` : ''}`;
}

function exhausted(refused: readonly NoCapacity[]): DojangError {
  const quota = refused.find(({ kind }) => kind === 'quota')?.quota;
  return new DojangError('no-capacity', `no zone could start the machine: ${refused.map(({ message }) => message).join('; ')}`, {
    why: 'The static address and the network are kept; only the machine is missing.',
    next: quota
      ? `ask for a quota ${quota} of 1 at https://console.cloud.google.com/iam-admin/quotas, then run dojang up again`
      : 'run dojang up again later, or add a zone of the same region to gcp.zones',
  });
}
