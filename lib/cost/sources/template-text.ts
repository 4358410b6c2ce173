/**
 * Reads the text of a CloudFormation template, JSON or YAML with its short forms (`!Ref`), and
 * refuses what is none.
 */
import { type CollectionTag, parse, type ScalarTag, type Tags, YAMLMap, type YAMLSeq } from 'yaml';
import { DojangError, messageOf } from '../../errors/dojang-error.ts';
import type { Json } from '../../inventory/resource.ts';

export interface CloudFormation {
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: Json }>>;
  readonly Mappings?: Readonly<Record<string, Json>>;
  readonly Conditions?: Readonly<Record<string, Json>>;
  readonly Resources: Readonly<Record<string, CloudFormationResource>>;
  /** Names of what only CloudFormation expands: `Fn::ForEach::Hosts`, `Fn::Transform`. */
  readonly unexpanded?: readonly string[];
}

export interface CloudFormationResource {
  readonly Type: string;
  readonly Properties?: Json;
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly Metadata?: Json;
}

/** @throws DojangError `not-a-template` when the text is cut off, or is something else. */
export function parseTemplate(text: string, name: string): CloudFormation {
  return requireTemplate(read(text, name), name);
}

function read(text: string, name: string): unknown {
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text, decimalsAsWritten) : parse(text, yamlOptions);
  } catch (error) {
    throw notATemplate(name, `cannot be read: ${messageOf(error).split('\n')[0]}`, error);
  }
}

/** A decimal whose last zero a number would lose: `8.0`, `1.30`. */
const endsInZero = /^-?\d+\.\d*0$/;

/**
 * Keeps the source text of such a decimal in JSON: CloudFormation takes a version as it is written.
 */
function decimalsAsWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined && endsInZero.test(context.source) ? context.source : value;
}

/**
 * The same in YAML. It goes before the tags of the schema: the first whose pattern matches resolves
 * a scalar.
 */
const decimalAsWritten: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: endsInZero,
  resolve: (text) => text,
};

function requireTemplate(read: unknown, name: string): CloudFormation {
  if (!isMap(read) || !isMap(read.Resources)) throw notATemplate(name, 'has no Resources');
  const entries = Object.entries(read.Resources).map(withTypeOfModule);
  const macros = macrosOf(read.Transform);
  const unexpanded = entries.filter(isExpandedLater).map(([id]) => id);
  const resources = entries.filter(([id]) => !unexpanded.includes(id));
  const wrong = resources.find(([, resource]) => !isMap(resource) || typeof resource.Type !== 'string');
  if (wrong) throw notATemplate(name, `has a resource without a type: ${wrong[0]}`);
  const [Parameters, Mappings, Conditions] = [read.Parameters, read.Mappings, read.Conditions].map(mapsIn);
  return {
    ...read,
    Parameters,
    Mappings,
    Conditions,
    Resources: Object.fromEntries(resources),
    unexpanded: [...macros, ...unexpanded],
  } as unknown as CloudFormation;
}

/** A section as far as it is one: what is no map in it cannot be used. */
function mapsIn(section: unknown): Record<string, unknown> {
  return isMap(section) ? Object.fromEntries(Object.entries(section).filter(([, value]) => isMap(value))) : {};
}

/** Macros of AWS that change no resource but those whose types name them. */
const knownMacros = /^AWS::(LanguageExtensions|Serverless-|Include$|SecretsManager-|CodeDeployBlueGreen$)/;

/** Any other macro may add and change resources. */
function macrosOf(transform: unknown): string[] {
  const names = [transform].flat().map((one) => (isMap(one) ? one.Name : one));
  return names.filter((name) => typeof name === 'string' && !knownMacros.test(name)).map((name) => `Transform::${String(name)}`);
}

/**
 * The modules of Rain are written as a type with a function in it: `{ "Rain::Module": "vpc.yml" }`.
 */
function withTypeOfModule([id, resource]: [string, unknown]): [string, unknown] {
  const [name] = isMap(resource) && isMap(resource.Type) ? Object.keys(resource.Type) : [];
  return name === 'Rain::Module' ? [id, { ...(resource as object), Type: name }] : [id, resource];
}

/**
 * A loop of `AWS::LanguageExtensions`, and a macro that adds resources: valid, and no resource by
 * itself.
 */
function isExpandedLater([id, value]: [string, unknown]): boolean {
  return (id.startsWith('Fn::ForEach::') && Array.isArray(value)) || (id === 'Fn::Transform' && (isMap(value) || Array.isArray(value)));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notATemplate(name: string, what: string, cause?: unknown): DojangError {
  return new DojangError('not-a-template', `${name} is not a CloudFormation template: it ${what}`, {
    next: 'name a template (JSON or YAML), a cdk.out folder, a plan of dojang, or the output of pulumi preview --json',
    cause,
  });
}

/** Functions of CloudFormation that have a short form, and what they are called without it. */
const functions = [
  'Base64',
  'Cidr',
  'FindInMap',
  'GetAZs',
  'ImportValue',
  'Join',
  'Select',
  'Split',
  'Sub',
  'Transform',
  'And',
  'Equals',
  'If',
  'Not',
  'Or',
  'Length',
  'ToJsonString',
  'ForEach',
  'Contains',
];
const named: readonly (readonly [tag: string, key: string])[] = [
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ['!GetAtt', 'Fn::GetAtt'],
  ...functions.map((name) => [`!${name}`, `Fn::${name}`] as const),
];

const shortForms: (ScalarTag | CollectionTag)[] = named.flatMap(([tag, key]) => [
  { tag, resolve: (text: string) => ({ [key]: key === 'Fn::GetAtt' ? text.split('.') : text }) },
  { tag, collection: 'seq', resolve: (value: YAMLSeq | YAMLMap) => wrapped(key, value) },
  { tag, collection: 'map', resolve: (value: YAMLSeq | YAMLMap) => wrapped(key, value) },
]);

function wrapped(key: string, value: YAMLSeq | YAMLMap): YAMLMap {
  const map = new YAMLMap();
  map.set(key, value);
  return map;
}

const yamlOptions = { customTags: (tags: Tags) => [decimalAsWritten, ...tags, ...shortForms], logLevel: 'error', merge: true } as const;
