/**
 * Images of Compute Engine, as a configuration names them: `projects/p/global/images/family/f`, or
 * `p/f` in short.
 */

/** Lists the image families that a project publishes. */
export function listImagesCommand(project: string): string {
  return `gcloud compute images list --project=${project} --no-standard-images --format="value(family)"`;
}

/** The project that publishes an image. */
export function projectOfImage(image: string): string {
  return /projects\/([^/]+)\//.exec(image)?.[1] ?? image.split('/')[0] ?? '';
}
