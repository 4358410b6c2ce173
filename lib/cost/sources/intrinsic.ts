/**
 * Works out what a template leaves to CloudFormation, as far as parameters have defaults: the rest
 * stays a reference.
 */
import { isObject, sameValue } from '../../inventory/normalise.ts';
import type { Json, Properties } from '../../inventory/resource.ts';
import { isDynamic, truthOf } from '../resources/property-reader.ts';
import type { CloudFormation } from './template-text.ts';

/** A template's values by name: parameters and the pseudo parameters that are known. */
export interface Scope {
  readonly values: ReadonlyMap<string, Json>;
  readonly mappings: Readonly<Record<string, Json>>;
  /** Whether a condition holds; undefined when that is known only at the deployment. */
  readonly holds: (condition: string) => boolean | undefined;
}

/**
 * @param given what the parent of a nested stack gives for parameters; what it leaves open stays
 *   so, whatever the default is.
 */
export function scopeOf(
  { Parameters = {}, Mappings = {}, Conditions = {} }: CloudFormation,
  region: string,
  given: Properties = {},
): Scope {
  const defaults = Object.entries(Parameters).flatMap(([name, { Type = 'String', Default }]) => {
    const value = parameter(String(Type), given[name] ?? Default);
    return value === undefined ? [] : [[name, value] as const];
  });
  const known = new Map<string, boolean | undefined>();
  const scope: Scope = {
    values: new Map<string, Json>([['AWS::Region', region], ['AWS::Partition', 'aws'], ['AWS::URLSuffix', 'amazonaws.com'], ...defaults]),
    mappings: Mappings,
    holds: (name) => {
      if (known.has(name) || !Object.hasOwn(Conditions, name)) return known.get(name);
      // One that refers to itself stays unknown.
      known.set(name, undefined);
      const holds = truth(Conditions[name], scope);
      known.set(name, holds);
      return holds;
    },
  };
  return scope;
}

/**
 * What a parameter stands for: a list is written with commas. One of Systems Manager is written as
 * the dynamic reference that it is: the value is known only at the deployment, and the name already
 * says what kind of image it is.
 */
function parameter(type: string, value: Json | undefined): Json | undefined {
  if (isObject(value)) return undefined;
  if (type.startsWith('AWS::SSM::Parameter::Value')) {
    return typeof value === 'string' && !type.includes('<List') ? `{{resolve:ssm:${value}}}` : undefined;
  }
  const isList = type.startsWith('List<') || type === 'CommaDelimitedList';
  return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
}

/** A value with everything worked out that can be. */
export function worked(value: Json | undefined, scope: Scope): Json {
  if (Array.isArray(value)) return value.map((item) => worked(item, scope)).filter((item) => !isNothing(item));
  if (!isObject(value)) return value ?? null;
  const [key = '', ...others] = Object.keys(value);
  const compute = others.length === 0 ? functions[key] : undefined;
  return compute?.(value[key] ?? null, scope) ?? workedMap(value, scope);
}

function workedMap(value: Properties, scope: Scope): Json {
  const entries = Object.entries(value).map(([key, item]) => [key, worked(item, scope)] as const);
  return Object.fromEntries(entries.filter(([, item]) => !isNothing(item)));
}

/** `AWS::NoValue` takes a property out. */
function isNothing(value: Json): boolean {
  return isObject(value) && value.Ref === 'AWS::NoValue';
}

/**
 * What a function gives; undefined when it cannot be said, and the function then stays as it is
 * written.
 */
type Compute = (argument: Json, scope: Scope) => Json | undefined;

const functions: Readonly<Record<string, Compute | undefined>> = {
  Ref: (name, { values }) => (typeof name === 'string' ? values.get(name) : undefined),
  'Fn::If': (argument, scope) => {
    const [condition, whenTrue, whenFalse] = Array.isArray(argument) ? argument : [];
    const holds = typeof condition === 'string' ? scope.holds(condition) : undefined;
    return holds === undefined ? undefined : worked(holds ? whenTrue : whenFalse, scope);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second, options] = Array.isArray(argument) ? argument.map((item) => worked(item, scope)) : [];
    const [mapName, rowName, columnName] = [map, first, second].map((name) => (isPlain(name) ? String(name) : undefined));
    if (mapName === undefined || rowName === undefined || columnName === undefined) return undefined;
    const row = entryOf(scope.mappings[mapName], rowName);
    return entryOf(row, columnName) ?? (isObject(options) ? options.DefaultValue : undefined);
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = Array.isArray(argument) ? argument.map((item) => worked(item, scope)) : [];
    return Array.isArray(items) ? items[Number(index)] : undefined;
  },
  'Fn::Join': (argument, scope) => {
    const [separator, items] = Array.isArray(argument) ? argument.map((item) => worked(item, scope)) : [];
    const parts = texts(items);
    return typeof separator === 'string' && Array.isArray(items) && parts.length === items.length ? parts.join(separator) : undefined;
  },
  'Fn::Sub': (argument, scope) => {
    const [text, map] = Array.isArray(argument) ? argument : [argument];
    if (typeof text !== 'string') return undefined;
    const own = worked(map ?? {}, scope);
    const substitute = (name: string) => entryOf(own, name) ?? scope.values.get(name);
    const names = [...text.matchAll(placeholder)].map(([, name = '']) => name);
    if (!names.every((name) => isPlain(substitute(name)))) return undefined;
    return text.replaceAll(placeholder, (_, name: string) => String(substitute(name))).replaceAll('${!', '${');
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = Array.isArray(argument) ? argument.map((item) => worked(item, scope)) : [];
    return typeof separator === 'string' && separator !== '' && typeof text === 'string' && isPlain(text)
      ? text.split(separator)
      : undefined;
  },
  'Fn::Length': (argument, scope) => {
    const items = worked(argument, scope);
    return Array.isArray(items) ? items.length : undefined;
  },
};

/** `${Name}` of `Fn::Sub`; `${!Name}` is text. */
const placeholder = /\$\{([^!}]+)\}/g;

function entryOf(map: Json | undefined, name: string): Json | undefined {
  return isObject(map) && Object.hasOwn(map, name) ? map[name] : undefined;
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(isPlain).map(String) : [];
}

/** A value that is known now. */
function isPlain(value: Json | undefined): boolean {
  return (typeof value === 'string' && !isDynamic(value)) || typeof value === 'number' || typeof value === 'boolean';
}

/** Whether a condition holds; undefined when that is not known yet. */
function truth(condition: Json | undefined, scope: Scope): boolean | undefined {
  if (!isObject(condition)) return undefined;
  const { Condition, 'Fn::Equals': equals, 'Fn::Not': not, 'Fn::And': and, 'Fn::Or': or } = condition;
  if (typeof Condition === 'string') return scope.holds(Condition);
  if (Array.isArray(equals)) return equal(worked(equals[0], scope), worked(equals[1], scope));
  if (Array.isArray(not)) return opposite(truth(not[0], scope));
  if (Array.isArray(and)) return all(and.map((part) => truth(part, scope)));
  return Array.isArray(or) ? opposite(all(or.map((part) => opposite(truth(part, scope))))) : undefined;
}

function equal(one: Json, other: Json): boolean | undefined {
  if (!isPlain(one) || !isPlain(other)) return sameValue(one, other) || undefined;
  if (String(one) === String(other)) return true;
  // `yes` and `true` are the same unless they are quoted, which cannot be seen any more.
  const truths = [truthOf(one), truthOf(other)];
  return truths[0] !== undefined && truths[0] === truths[1] ? undefined : false;
}

function opposite(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

function all(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}
