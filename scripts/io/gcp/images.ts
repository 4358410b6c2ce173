/** Resolves the image that a machine would boot from, as Google does when it creates one. */
import type { compute_v1 } from '@googleapis/compute';
import type { ImageState } from '../../../lib/ports.ts';
import { computeClient } from './google-api.ts';
import { disabledServices } from './service-activation.ts';

type Lookup = (images: compute_v1.Resource$Images) => Promise<{ readonly data: compute_v1.Schema$Image }>;

/**
 * @throws what the Compute API throws, except that nothing has this name and that the API is off.
 */
export async function findImage(name: string, env: Readonly<Record<string, string>>): Promise<ImageState> {
  const lookups = lookupsFor(name);
  if (lookups.length === 0) return { kind: 'unknown', reason: `${name} does not name its project` };
  const { images } = await computeClient(env);
  try {
    for (const lookup of lookups) {
      const found = await existing(lookup(images));
      if (found) return { kind: 'found', name: found.name ?? name };
    }
    return { kind: 'not-found' };
  } catch (error) {
    const off = disabledServices(error);
    if (off.length === 0) throw error;
    return { kind: 'unknown', reason: `${off.join(', ')} is not enabled yet` };
  }
}

/**
 * What to ask for, in turn: a family by its full name, an image by its full name, or both for the
 * short form `project/name`. Nothing for a name without a project, which the provider looks for in
 * several.
 */
function lookupsFor(name: string): Lookup[] {
  const [, project = '', family, image] = /(?:^|\/)projects\/([^/]+)\/global\/images\/(?:family\/([^/]+)|([^/]+))$/.exec(name) ?? [];
  if (family) return [(images) => images.getFromFamily({ project, family })];
  if (image) return [(images) => images.get({ project, image })];
  const [, owner = '', short = ''] = /^([a-z][a-z0-9-]+)\/([^/]+)$/.exec(name) ?? [];
  if (!short || owner === 'family') return [];
  return [(images) => images.get({ project: owner, image: short }), (images) => images.getFromFamily({ project: owner, family: short })];
}

async function existing(answer: ReturnType<Lookup>): Promise<compute_v1.Schema$Image | undefined> {
  try {
    return (await answer).data;
  } catch (error) {
    if ((error as { readonly status?: number }).status === 404) return undefined;
    throw error;
  }
}
