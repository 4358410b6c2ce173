/**
 * Refuses inputs that the real provider refuses: unknown, missing or of a wrong type, at any depth.
 */
import { createHash } from 'node:crypto';
import { nestedShapes, type ResourceSchema, type Shape, type Shapes } from '../../../../lib/inventory/gcp/schema.ts';
import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';

/**
 * What the engine writes for a value that is not known before the deployment (`unknownValue` of the
 * SDK's `runtime/rpc`).
 */
export const unknown = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

export interface Failure {
  /** Path like `bootDisk.initializeParams.size`. */
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  /** The inputs with numbers and booleans written as text converted, as the real provider does. */
  readonly inputs: Properties;
  readonly failures: readonly Failure[];
}

/** Checks the inputs of one resource. */
export function checkInputs(schema: ResourceSchema, inputs: Properties): Checked {
  const failures: Failure[] = [];
  return { inputs: checkObject(schema.inputs, inputs, '', failures), failures };
}

/**
 * A name for a resource that brings none: the resource's own with seven random digits, the same for
 * the same seed.
 */
export function withName(schema: ResourceSchema, inputs: Properties, old: Properties, resource: string, seed: Uint8Array): Properties {
  if (!schema.inputs.name || inputs.name !== undefined) return inputs;
  const digits = createHash('sha256').update(seed).update(resource).digest('hex').slice(0, 7);
  return { ...inputs, name: old.name ?? `${resource}-${digits}` };
}

/**
 * Whether the old resource must go before the new one can be made: a name that was given is taken
 * as long as the old one has it. The official provider asks for it then, whatever the program says;
 * a name of the provider's own making differs each time.
 */
export function hasFixedName(schema: ResourceSchema, resource: string, old: Properties, news: Properties): boolean {
  if (!schema.inputs.name || old.name === undefined || old.name !== news.name) return false;
  const name = String(old.name);
  return !(name.startsWith(`${resource}-`) && /^[0-9a-f]{7}$/.test(name.slice(resource.length + 1)));
}

function checkObject(shapes: Shapes, value: Properties, path: string, failures: Failure[]): Properties {
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.required && value[name] === undefined) failures.push({ property: join(path, name), reason: missing(name) });
  }
  const entries = Object.entries(value).filter(([name]) => !name.startsWith('__'));
  return Object.fromEntries(
    entries.map(([name, inner]) => {
      const shape = shapes[name];
      if (shape) return [name, checkValue(shape, inner, join(path, name), failures)];
      failures.push({ property: join(path, name), reason: `Invalid or unknown key. Known here: ${Object.keys(shapes).join(', ')}` });
      return [name, inner];
    }),
  );
}

function checkValue(shape: Shape, value: Json, path: string, failures: Failure[]): Json {
  if (value === unknown || value === null || shape.type === 'any') return value;
  if (shape.array) return checkList(shape.array, value, path, failures);
  if (shape.map) return checkMap(shape.map, value, path, failures);
  const nested = nestedShapes(shape);
  if (!nested) return checkPlain(shape, value, path, failures);
  if (isObject(value)) return checkObject(nested, value, path, failures);
  return refuse(value, 'object', path, failures);
}

function checkList(shape: Shape, value: Json, path: string, failures: Failure[]): Json {
  if (!Array.isArray(value)) return refuse(value, 'list', path, failures);
  return value.map((item: Json, index) => checkValue(shape, item, `${path}[${index}]`, failures));
}

function checkMap(shape: Shape, value: Json, path: string, failures: Failure[]): Json {
  if (!isObject(value)) return refuse(value, 'map', path, failures);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, checkValue(shape, item, join(path, key), failures)]));
}

function checkPlain(shape: Shape, value: Json, path: string, failures: Failure[]): Json {
  const converted = convert(shape.type ?? 'string', value);
  return converted === undefined ? refuse(value, shape.type ?? 'string', path, failures) : converted;
}

function convert(type: string, value: Json): Json | undefined {
  if (type === 'string') return typeof value === 'object' ? undefined : String(value);
  if (type === 'boolean') return typeof value === 'boolean' ? value : { true: true, false: false }[String(value)];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  return type === 'integer' && !Number.isInteger(number) ? undefined : number;
}

function refuse(value: Json, expected: string, path: string, failures: Failure[]): Json {
  failures.push({ property: path, reason: `Incorrect attribute value type. ${JSON.stringify(value)} given, ${expected} is required` });
  return value;
}

const missing = (name: string) => `Missing required argument. The argument "${name}" is required, but no definition was found`;

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
