/** Reads properties for a model: what cannot be read is said, never guessed. */
import type { Big } from 'big.js';
import { isObject } from '../../inventory/normalise.ts';
import type { Json, Properties } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';
import { exact, whole } from '../decimal.ts';

/** Why something is not known. */
export interface Unknown {
  readonly reason: string;
}

export type Quantity = Big | Unknown;
export type Flag = boolean | Unknown;

/**
 * A number or text that a template leaves open, like a reference to a parameter without a default.
 */
export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'reason' in value;
}

/**
 * The value at a path like `Ebs.VolumeSize` or `guestAccelerators.0.type`; undefined when there is
 * none.
 */
export function at(value: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce(inside, value);
}

/**
 * As `at`, but stops where a template leaves open what holds the rest of the path:
 * `NetworkConfiguration: !If [...]`.
 */
function found(properties: Json | undefined, path: string): Json | undefined {
  return path.split('.').reduce((value, key) => (isOpen(value) ? value : inside(value, key)), properties);
}

function inside(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return (value as readonly Json[])[Number(key)];
  return isObject(value) ? value[key] : undefined;
}

/** What a preview of Pulumi does not know yet, in place of the value. */
export const afterDeployment: Json = { ref: '' };

/**
 * A dynamic reference like `{{resolve:ssm:/images/base}}`: CloudFormation puts the value in its
 * place at the deployment.
 */
export function isDynamic(value: Json | undefined): value is string {
  return typeof value === 'string' && value.includes('{{resolve:');
}

/** A reference, or a function of CloudFormation that could not be worked out. */
export function isOpen(value: Json | undefined): boolean {
  if (isDynamic(value)) return true;
  if (!isObject(value)) return false;
  const [key = '', ...others] = Object.keys(value);
  return typeof value.ref === 'string' || (others.length === 0 && key.startsWith('Fn::'));
}

/**
 * Members of a list as far as they are known: for what needs no price. A model reads lists with
 * `reader`, which says what is open.
 */
export function knownMembers(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Maps of a list that are known, and why there may be more of them. */
export interface KnownMaps {
  readonly known: readonly Properties[];
  readonly open: Unknown | undefined;
}

/**
 * Properties of a resource by path. A missing one has its provider's default; one that is not plain
 * is `Unknown`.
 */
export function reader(properties: Json | undefined) {
  return {
    number(path: string, missing: Quantity): Quantity {
      const value = found(properties, path);
      if (value === undefined || value === null) return missing;
      return exact(value) ?? unread(path, value);
    },
    /** A version may be written as a number. */
    text(path: string, missing: string | Unknown): string | Unknown {
      const value = found(properties, path);
      if (value === undefined || value === null) return missing;
      if (typeof value === 'number') return String(value);
      return typeof value === 'string' && !isDynamic(value) ? value : unread(path, value);
    },
    /** Whether it is said to be so; what is not said is not so. */
    flag(path: string): Flag {
      const value = found(properties, path);
      if (value === undefined || value === null) return false;
      return truthOf(value) ?? unread(path, value);
    },
    /**
     * Members of a list: unknown when it is given as a whole at the deployment, or a condition
     * takes members out.
     */
    list: (path: string) => listAt(properties, path),
    /** As `list`, of maps: also unknown when a member is. */
    maps(path: string): readonly Properties[] | Unknown {
      const { known, open } = mapsAt(properties, path);
      return open ?? known;
    },
    /** As `maps`, where what is known of a list is billed beside what is not. */
    knownMaps: (path: string) => mapsAt(properties, path),
    /**
     * Whether a list of texts has this one: unknown when it does not, and a member or the list is
     * open.
     */
    includes(path: string, text: string): Flag {
      const members = listAt(properties, path);
      if (isUnknown(members) || members.includes(text)) return isUnknown(members) ? members : true;
      const open = members.find(isOpen);
      return open !== undefined && unread(path, open);
    },
    /** How long a list is. */
    length(path: string): Quantity {
      const members = listAt(properties, path);
      return isUnknown(members) ? members : whole(members.length);
    },
    value: (path: string) => at(properties, path),
    has: (path: string) => at(properties, path) !== undefined,
  };
}

export type Reader = ReturnType<typeof reader>;

function listAt(properties: Json | undefined, path: string): readonly Json[] | Unknown {
  const value = found(properties, path);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return unread(path, value);
  const members = value as readonly Json[];
  const perhaps = members.find(isPerhapsNothing);
  return perhaps === undefined ? members : unread(path, perhaps);
}

function mapsAt(properties: Json | undefined, path: string): KnownMaps {
  const value = found(properties, path);
  if (value === undefined || value === null) return { known: [], open: undefined };
  if (!Array.isArray(value)) return { known: [], open: unread(path, value) };
  const members = value as readonly Json[];
  const open = members.find(isOpen);
  return {
    known: members.filter(isObject).filter((member) => !isOpen(member)),
    open: open === undefined ? undefined : unread(path, open),
  };
}

export const properties = (resource: BilledResource) => reader(resource.properties);

export function notGiven(path: string): Unknown {
  return { reason: `${path} is not given` };
}

/**
 * `{ 'Fn::If': [condition, value] }`: `AWS::NoValue` is gone from it, and so is the member, if the
 * condition says so.
 */
function isPerhapsNothing(item: Json): boolean {
  return isObject(item) && Array.isArray(item['Fn::If']) && item['Fn::If'].length < 3;
}

/** Whether a text is this one. */
export function says(text: string | Unknown, wanted: string): Flag {
  return isUnknown(text) ? text : text === wanted;
}

/** A text in small letters, where the provider takes any: `MySQL`. */
export function lowered(text: string | Unknown): string | Unknown {
  return isUnknown(text) ? text : text.toLowerCase();
}

/** Whether one of them is so: what is known to be so goes before what is not known. */
export function either(...flags: readonly Flag[]): Flag {
  return flags.find((flag) => flag === true) ?? flags.find(isUnknown) ?? false;
}

/** One or the other, as a flag says; unknown when the flag is. */
export function chosen<T>(flag: Flag, whenTrue: T, whenFalse: T): T | Unknown {
  return isUnknown(flag) ? flag : flag ? whenTrue : whenFalse;
}

/** Texts put together; unknown when one of them is. */
export function joined(...parts: readonly (string | Unknown)[]): string | Unknown {
  return parts.find(isUnknown) ?? parts.filter((part) => part !== '').join(' ');
}

/** A key that no property of a template has. */
const unknownKey = 'dojang:unknown';

/** A change that is only asked about may put this in place of a value that it cannot choose. */
export function unknownProperty({ reason }: Unknown): Json {
  return { [unknownKey]: reason };
}

function unread(path: string, value: Json): Unknown {
  const reason = isObject(value) ? value[unknownKey] : undefined;
  if (typeof reason === 'string') return { reason };
  if (isObject(value) && value.ref === '') return { reason: `${path} is known only after the deployment` };
  return { reason: `${path} is ${JSON.stringify(value).slice(0, 60)}, which is known only after the deployment` };
}

/**
 * A boolean as templates write it: CloudFormation reads YAML 1.1, in which `yes`, `on` and `True`
 * are booleans, and takes the texts "true" and "True" for one. Undefined for anything else.
 */
export function truthOf(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (/^(true|yes|on)$/i.test(value)) return true;
  return /^(false|no|off)$/i.test(value) ? false : undefined;
}
