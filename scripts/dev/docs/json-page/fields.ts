/**
 * The fields of a format, read from its JSON Schema: a row for each, also within lists and unions.
 */
import { z } from 'zod';

/** One field: `changes[].effect`. */
export interface Field {
  readonly path: string;
  /** Whether it may be missing. */
  readonly optional: boolean;
  /** In words; the values in quotes where there are few. */
  readonly type: string;
  readonly description: string;
}

/** As far as our schemas use JSON Schema. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

export function fieldsOf(schema: z.ZodType): readonly Field[] {
  return merged(within(z.toJSONSchema(schema) as Schema, ''));
}

/** Those that a value has below its own path. */
function within(schema: Schema, path: string): readonly Field[] {
  const { properties, required = [], items, additionalProperties: values } = schema;
  if (items) return within(items, `${path}[]`);
  const named = Object.entries(properties ?? {}).flatMap(([name, its]) =>
    field(its, join(path, name), { optional: !required.includes(name) }),
  );
  const others = typeof values === 'object' && path === '' ? field(values, '<name>', { optional: true }) : [];
  const deeper = typeof values === 'object' && path !== '' ? within(values, `${path}.<name>`) : [];
  return [...named, ...others, ...deeper, ...variantsOf(schema).flatMap((each) => within(each, path))];
}

function field(schema: Schema, path: string, { optional }: Pick<Field, 'optional'>): readonly Field[] {
  return [{ path, optional, type: typeText(schema), description: schema.description ?? '' }, ...within(schema, path)];
}

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);
const variantsOf = ({ anyOf = [], oneOf = [] }: Schema) => [...anyOf, ...oneOf];

/** Variants of a union may name the same field: one row for all of them. */
function merged(fields: readonly Field[]): readonly Field[] {
  return [...Map.groupBy(fields, ({ path }) => path)].map(([path, same]) => ({
    path,
    optional: same.some(({ optional }) => optional),
    type: [...new Set(same.map(({ type }) => type))].join(' or '),
    description: same.find(({ description }) => description !== '')?.description ?? '',
  }));
}

/** More values than this are a table of their own elsewhere. */
const listedValues = 10;

function typeText(schema: Schema): string {
  const { type, items, prefixItems, additionalProperties: values, properties } = schema;
  const variants = variantsOf(schema);
  if (variants.length > 0) return [...new Set(variants.map(typeText))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum && schema.enum.length <= listedValues) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  if (prefixItems) return `[${prefixItems.map(typeText).join(', ')}]`;
  if (items) return `list of ${typeText(items)}`;
  if (properties) return 'object';
  if (typeof values === 'object') return `map of ${typeText(values)}`;
  if (type === 'string') return schema.pattern ? 'decimal text' : 'text';
  return type ?? 'any JSON';
}

/** What a field consists of is listed once: another of the same form refers to the first. */
export function withoutRepeats(fields: readonly Field[]): readonly Field[] {
  const seen = new Map<string, string>();
  const repeated = new Map<string, string>();
  for (const { path } of fields) {
    const form = JSON.stringify(below(fields, path));
    const first = seen.get(form);
    if (form === '[]' || isWithin(path, repeated)) continue;
    if (first === undefined) seen.set(form, path);
    else repeated.set(path, first);
  }
  return fields
    .filter(({ path }) => !isWithin(path, repeated))
    .map((each) => ({ ...each, description: [each.description, referring(repeated.get(each.path))].filter(Boolean).join('; ') }));
}

/** The fields of which this one consists, with their paths from here. */
function below(fields: readonly Field[], path: string): readonly Field[] {
  return fields.filter((each) => isBelow(each.path, path)).map((each) => ({ ...each, path: each.path.slice(path.length) }));
}

const isBelow = (path: string, other: string) => path.startsWith(`${other}.`) || path.startsWith(`${other}[]`);
const isWithin = (path: string, others: ReadonlyMap<string, string>) => [...others.keys()].some((other) => isBelow(path, other));
const referring = (first: string | undefined) => first && `fields as those of \`${first}\``;
