/** What the GCP provider does to a resource when its inputs change. */

import { changedKeys } from '../changed-keys.ts';
import type { Effect, Properties } from '../resource.ts';
import { difference } from './difference.ts';
import { resourceSchema } from './schema.ts';

/**
 * The effect on a resource of this type when it goes from `before` to `after`, and the inputs that
 * cause it.
 */
export function gcpEffect(type: string, before: Properties, after: Properties): { effect: Effect; changed: string[] } {
  const schema = resourceSchema(type);
  if (!schema) return { effect: 'update', changed: changedKeys(before, after) };
  const changes = [...difference(type, schema, before, after)];
  const fatal = changes.filter(([, { replaces }]) => replaces);
  const changed = (fatal.length > 0 ? fatal : changes).map(([path]) => path);
  return { effect: fatal.length > 0 ? 'replace' : 'update', changed };
}
