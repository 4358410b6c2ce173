/** What distinguishes a resource of the embedded GCP from a later one of the same name. */
import type { CloudResource } from './store.ts';

export function identityOf({ id, computed }: Pick<CloudResource, 'id' | 'computed'>): string {
  return `${id}@${computed.creationTimestamp}`;
}
