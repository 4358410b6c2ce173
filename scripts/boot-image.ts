/**
 * Whether a new GPU machine would have an image to boot from, asked before anything is changed for
 * it.
 */
import type { Environment } from '../lib/config/environment.ts';
import { DojangError } from '../lib/errors.ts';
import type { ResourceChange } from '../lib/inventory/resource.ts';
import type { GcpCloud } from '../lib/ports.ts';

const machineType = 'gcp:compute/instance:Instance';

/**
 * Google retires image families. The provider asks for the image only when it creates the machine,
 * and a replaced machine is gone by then. Nothing is asked when these changes make no machine, and
 * an answer that cannot be had yet, as in a new project, stops nothing.
 * @throws DojangError `no-image` when the family was retired or never was.
 */
export async function requireBootImage(
  { name, gcp: { image } }: Environment,
  changes: readonly ResourceChange[],
  gcp: Pick<GcpCloud, 'image'>,
): Promise<void> {
  const made = changes.find(({ type, effect }) => type === machineType && (effect === 'create' || effect === 'replace'));
  if (!made || (await gcp.image()).kind !== 'not-found') return;
  throw new DojangError('no-image', `no image ${image}`, {
    why: `Google has retired it, or its name is wrong; ${made.id} could not be made${made.effect === 'replace' ? ' again once it was deleted' : ''}. Nothing was changed.`,
    next: `set environments.${name}.gcp.image to a family that is published: gcloud compute images list --project=${projectOf(image)} --no-standard-images --format="value(family)"`,
  });
}

function projectOf(image: string): string {
  return /projects\/([^/]+)\//.exec(image)?.[1] ?? image.split('/')[0] ?? '';
}
