/**
 * The images that the embedded cloud has: those of the families that are published, unless one was
 * retired on request.
 */
import type { Json } from '../../../../lib/inventory/resource.ts';
import type { CloudFaults } from '../faults/faults.ts';
import { computeRoot } from '../provider/computed.ts';

/**
 * Families by project, as published in 2026-11. What Google has retired, like
 * `common-cu121-debian-11`, is not among them.
 */
const published: Readonly<Record<string, readonly string[]>> = {
  'deeplearning-platform-release': [
    'common-cu129-ubuntu-2204-nvidia-580',
    'common-cu129-ubuntu-2404-nvidia-580',
    'pytorch-2-9-cu129-ubuntu-2204-nvidia-580',
    'pytorch-2-9-cu129-ubuntu-2404-nvidia-580',
  ],
  'ubuntu-os-cloud': ['ubuntu-2204-lts', 'ubuntu-2404-lts-amd64'],
};

const version = 'v20261101';
/** GiB of the Deep Learning images. */
const imageGib = 50;

/**
 * The image of this name (`projects/p/global/images/family/f`, or one image's own name) as the API
 * answers it; undefined when there is none.
 */
export function findImage({ retiredImages = [] }: Pick<CloudFaults, 'retiredImages'>, name: string): Json | undefined {
  const [, project = '', family, image] = /projects\/([^/]+)\/global\/images\/(?:family\/([^/]+)|([^/]+))$/.exec(name) ?? [];
  // An image of a retired family can still be had by its own name.
  const found = published[project]?.find((each) =>
    family ? each === family && !retiredImages.includes(each) : `${each}-${version}` === image,
  );
  if (!found) return undefined;
  const selfLink = `${computeRoot}projects/${project}/global/images/${found}-${version}`;
  return { kind: 'compute#image', name: `${found}-${version}`, family: found, diskSizeGb: String(imageGib), status: 'READY', selfLink };
}
