/** Reads properties for a model: what cannot be read is said, never guessed. */
import type { Big } from 'big.js';
import { isObject } from '../../inventory/normalise.ts';
import type { Json } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';
import { exact } from '../exact.ts';

/** Why something is not known. */
export interface Unread {
  readonly because: string;
}

export type Quantity = Big | Unread;

/** A number or text that a template leaves open, like a reference to a parameter without a default. */
export function isUnread(value: unknown): value is Unread {
  return typeof value === 'object' && value !== null && 'because' in value;
}

/** The value at a path like `Ebs.VolumeSize` or `guestAccelerators.0.type`; undefined when there is none. */
export function at(value: Json | undefined, path: string): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path.split('.')) {
    if (Array.isArray(found)) found = (found as readonly Json[])[Number(key)];
    else found = isObject(found) ? found[key] : undefined;
  }
  return found;
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Properties of a resource by path. A missing one has its provider's default; one that is not plain is `Unread`. */
export function reader(properties: Json | undefined) {
  return {
    number(path: string, missing: Quantity): Quantity {
      const value = at(properties, path);
      if (value === undefined || value === null) return missing;
      return exact(value) ?? unread(path, value);
    },
    text(path: string, missing: string | Unread): string | Unread {
      const value = at(properties, path);
      if (value === undefined || value === null) return missing;
      return typeof value === 'string' ? value : unread(path, value);
    },
    /** Whether it is said to be so; what is not known counts as not said. */
    flag(path: string): boolean {
      const value = at(properties, path);
      return value === true || value === 'true';
    },
    list: (path: string) => list(at(properties, path)),
    has: (path: string) => at(properties, path) !== undefined,
  };
}

export type Reader = ReturnType<typeof reader>;

export const properties = (resource: BilledResource) => reader(resource.properties);

export function notGiven(path: string): Unread {
  return { because: `${path} is not given` };
}

function unread(path: string, value: Json): Unread {
  return { because: `${path} is ${JSON.stringify(value).slice(0, 60)}, which is known only after the deployment` };
}
