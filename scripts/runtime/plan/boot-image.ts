/**
 * Whether new machines would have an image to boot from, asked before anything is changed for them.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import { listImagesCommand, projectOfImage } from '../../../lib/config/google-images.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { ResourceChange } from '../../../lib/inventory/resource.ts';
import type { AwsAccount } from '../../../lib/ports/preflight.ts';
import type { Clouds } from '../context.ts';

const machineTypes = { aws: 'AWS::EC2::Instance', gcp: 'gcp:compute/instance:Instance' } as const;

/**
 * Google retires image families, Canonical its AMIs. The image is asked for only when the machine
 * is created, and a replaced machine is gone by then. Nothing is asked when these changes make no
 * machine, and an answer that cannot be had, as in a new project, stops nothing.
 * @throws DojangError `no-image` when the image was retired or never was.
 */
export async function requireBootImages(
  environment: Environment,
  changes: readonly ResourceChange[],
  { gcp, preflight }: Pick<Clouds, 'gcp' | 'preflight'>,
): Promise<void> {
  const made = changes.filter(({ effect }) => effect === 'create' || effect === 'replace');
  const onGcp = made.find(({ type }) => type === machineTypes.gcp);
  const onAws = made.find(({ type }) => type === machineTypes.aws);
  if (onGcp && (await gcp.image()).kind === 'not-found') throw familyGone(environment, onGcp);
  if (onAws) await requireMachineImage(onAws, preflight.aws);
}

function familyGone({ name, gcp: { image } }: Environment, machine: ResourceChange): DojangError {
  return new DojangError('no-image', `no image ${image}`, {
    why: `Google has retired it, or its name is wrong; ${consequence(machine)}`,
    next: `set environments.${name}.gcp.image to a family that is published: ${listImagesCommand(projectOfImage(image))}`,
  });
}

/**
 * One that is not pinned has stopped the synthesis already. Credentials that may not look stop
 * nothing.
 */
async function requireMachineImage(machine: ResourceChange, account: Pick<AwsAccount, 'image'>): Promise<void> {
  const { key, id, state } = await account.image().catch(() => unknownImage);
  if (id === undefined || state === 'available') return;
  throw new DojangError('no-image', `no image ${id}`, {
    why: `${state === undefined ? 'AWS does not know it (any more)' : `AWS says that it is ${state}`}; ${consequence(machine)}`,
    next: `npx cdk context --reset "${key}"; npx cdk synth -q pins the image of today; commit cdk.context.json then`,
  });
}

const unknownImage = { key: '', id: undefined, state: undefined };

function consequence({ id, effect }: ResourceChange): string {
  return `${id} could not be made${effect === 'replace' ? ' again once it was deleted' : ''}. Nothing was changed.`;
}
