/** Deploys the GCP side in the first zone that has a GPU. */
import type { Environment } from '../lib/config/environment.ts';
import { stackNames } from '../lib/config/names.ts';
import { DojangError, NoCapacity } from '../lib/errors.ts';
import { unapproved } from '../lib/inventory/guard.ts';
import { zonesToTry } from '../lib/layers/zones.ts';
import type { GcpInputs, Outputs, Progress } from '../lib/ports.ts';
import type { Clouds, Context } from './context.ts';

/**
 * Tries the zones in order; the static address stays whatever the zone. Answers what a person reads when it is done.
 * @throws DojangError `no-capacity` when no zone has a GPU, or when only moving the data disk would help.
 */
export async function deployGpu(context: Context, clouds: Clouds, zones: readonly string[], progress: Progress): Promise<string> {
  const { environment, report, options } = context;
  const { gcp } = clouds;
  const awsAddress = await elasticIp(environment, clouds);
  const refused: NoCapacity[] = [];
  for (const zone of zonesToTry(zones, (await gcp.inputs())?.zone)) {
    const inputs: GcpInputs = { awsAddress, zone, approved: options.approve };
    if (refused.length > 0) await refuseMovingData(inputs, clouds, refused);
    try {
      return describe(await gcp.up(inputs, progress), refused);
    } catch (error) {
      if (!(error instanceof NoCapacity)) throw error;
      refused.push(error);
      report.note(`${error.message}; trying the next zone`);
    }
  }
  throw exhausted(refused);
}

async function elasticIp(environment: Environment, { aws }: Clouds): Promise<string> {
  const { addresses } = stackNames(environment);
  const { Address } = await aws.outputs([addresses]);
  if (Address) return Address;
  throw new DojangError('no-address', `no Elastic IP in ${addresses}`, {
    why: 'The address is what the GCP firewall lets in, so nothing after it can be built.',
    next: `dojang up --env ${environment.name} --only aws-addresses`,
  });
}

/** A disk lives in one zone: once there is data, another zone means another disk, and that is for a person to decide. */
async function refuseMovingData(inputs: GcpInputs, { gcp }: Clouds, refused: readonly NoCapacity[]): Promise<void> {
  const lost = unapproved(await gcp.changes(inputs), inputs.approved ?? []);
  if (lost.length === 0) return;
  const ids = lost.map(({ id }) => id);
  throw new DojangError(
    'no-capacity',
    `${refused.map(({ message }) => message).join('; ')}, and ${ids.join(', ')} would have to move to ${inputs.zone}`,
    {
      why: 'A disk lives in one zone; in another zone the machine would start with an empty one. The daily snapshot holds the data.',
      next: `run dojang up again later, or move on purpose: dojang up ${ids.map((id) => `--approve ${id}`).join(' ')}`,
    },
  );
}

function describe({ address, zone }: Outputs, refused: readonly NoCapacity[]): string {
  const left = refused.length === 0 ? '' : ` (${refused.map(({ zone: tried }) => tried).join(', ')} had no T4 left)`;
  return `${address}   zone ${zone}${left}`;
}

function exhausted(refused: readonly NoCapacity[]): DojangError {
  const quota = refused.some(({ kind }) => kind === 'quota');
  return new DojangError('no-capacity', `no zone could start the machine: ${refused.map(({ message }) => message).join('; ')}`, {
    why: 'The static address and the network are kept; only the machine is missing.',
    next: quota
      ? 'ask for a GPU quota of 1 (IAM & Admin > Quotas: GPUS_ALL_REGIONS and NVIDIA_T4_GPUS), then run dojang up again'
      : 'run dojang up again later, or add a zone of the same region to gcp.zones',
  });
}
