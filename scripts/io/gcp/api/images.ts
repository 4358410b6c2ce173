/** Resolves the image that a machine would boot from, as Google does when it creates one. */
import type { compute_v1 } from '@googleapis/compute';
import type { ImageState } from '../../../../lib/ports/gcp.ts';
import type { Connection } from '../../connection.ts';
import { computeClient } from './google-api.ts';
import { disabledServices } from './service-activation.ts';

/** One question to the Compute API: the newest image of a family, or an image by its own name. */
export type ImageQuestion = { readonly project: string } & ({ readonly family: string } | { readonly image: string });

/**
 * @throws what the Compute API throws, except that nothing has this name and that the API is off.
 */
export async function imageState(name: string, connection: Connection): Promise<ImageState> {
  const { images } = await computeClient(connection);
  const ask = (question: ImageQuestion) => existing('family' in question ? images.getFromFamily(question) : images.get(question));
  try {
    const found = await findImage(name, ask);
    if (found === 'not-asked') return { kind: 'unknown', reason: `${name} does not name its project` };
    return found ? { kind: 'found', name: found.name ?? name } : { kind: 'not-found' };
  } catch (error) {
    const off = disabledServices(error);
    if (off.length === 0) throw error;
    return { kind: 'unknown', reason: `${off.join(', ')} is not enabled yet` };
  }
}

/**
 * The first that is there of what the name may mean; undefined when nothing has it. Not asked for a
 * name without a project, which the provider looks for in several.
 */
export async function findImage(
  name: string,
  ask: (question: ImageQuestion) => Promise<compute_v1.Schema$Image | undefined>,
): Promise<compute_v1.Schema$Image | 'not-asked' | undefined> {
  const questions = questionsFor(name);
  if (questions.length === 0) return 'not-asked';
  for (const question of questions) {
    const found = await ask(question);
    if (found) return found;
  }
  return undefined;
}

/**
 * What to ask for, in turn: a family by its full name, an image by its full name, or both for the
 * short form `project/name`.
 */
function questionsFor(name: string): ImageQuestion[] {
  const [, project = '', family, image] = /(?:^|\/)projects\/([^/]+)\/global\/images\/(?:family\/([^/]+)|([^/]+))$/.exec(name) ?? [];
  if (family) return [{ project, family }];
  if (image) return [{ project, image }];
  const [, owner = '', short = ''] = /^([a-z][a-z0-9-]+)\/([^/]+)$/.exec(name) ?? [];
  if (!short || owner === 'family') return [];
  return [
    { project: owner, image: short },
    { project: owner, family: short },
  ];
}

async function existing(answer: Promise<{ readonly data: compute_v1.Schema$Image }>): Promise<compute_v1.Schema$Image | undefined> {
  try {
    return (await answer).data;
  } catch (error) {
    if ((error as { readonly status?: number }).status === 404) return undefined;
    throw error;
  }
}
