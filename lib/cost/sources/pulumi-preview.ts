/** Reads what `pulumi preview --json` prints of a project: the resources that there will be. */
import * as z from 'zod';
import { DojangError } from '../../errors/dojang-error.ts';
import { isObject, normalise } from '../../inventory/normalise.ts';
import { awsRegionOf, gcpRegionOf } from '../../inventory/regions.ts';
import type { Json, Properties } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';
import { unknownRegion } from '../component.ts';
import { afterDeployment } from '../resources/property-reader.ts';
import { unchangedResources } from '../resources/unsupported.ts';
import { asCloudFormation } from './pulumi-aws.ts';

const state = z.object({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().optional(),
  external: z.boolean().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).optional(),
});
type State = z.output<typeof state>;

const preview = z.object({
  config: z.record(z.string(), z.string()).default({}),
  steps: z.array(z.object({ op: z.string(), urn: z.string(), newState: state.optional() })),
  changeSummary: z.record(z.string(), z.number()).default({}),
});

/** What is only read belongs to another stack, and what is deleted will not be there. */
const notOfThisStack = /^(read|delete|discard|remove)/;

/**
 * What the engine writes for a value that it does not know before the deployment: a boolean,
 * number, text, list, asset, archive, object.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go (2026-11)
 */
const unknownValues: ReadonlySet<unknown> = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58',
  'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);

export interface Preview {
  readonly resources: readonly BilledResource[];
  /** Types of packages that the book has no prices for, like `kubernetes:apps/v1:Deployment`. */
  readonly others: readonly string[];
}

/** @throws DojangError `not-a-preview`. */
export function parsePreview(json: unknown, name: string, region: string | undefined): Preview {
  const { success, data, error } = preview.safeParse(json);
  if (!success) {
    throw new DojangError('not-a-preview', `${name} is not what pulumi preview --json prints: ${z.prettifyError(error).split('\n')[0]}`, {
      next: 'write it with pulumi preview --json --show-sames > preview.json',
    });
  }
  const statesOf = (steps: typeof data.steps) =>
    new Map(steps.flatMap(({ newState }) => (newState ? [[newState.urn, newState] as const] : [])));
  const states = statesOf(data.steps);
  const its = statesOf(data.steps.filter(({ op }) => !notOfThisStack.test(op)));
  const custom = [...its.values()].filter((it) => it.custom !== false && !it.external && !it.type.startsWith('pulumi:'));
  const ours = custom.filter(({ type }) => /^(gcp|aws):/.test(type));
  return {
    resources: [...ours.map((it) => billed(it, states, data.config, region)), ...leftOut(data)],
    others: custom.filter((it) => !ours.includes(it)).map(({ type }) => type),
  };
}

/**
 * `pulumi preview --json` counts the resources that do not change, and names them only with
 * `--show-sames`.
 */
function leftOut({ steps, changeSummary }: z.output<typeof preview>): BilledResource[] {
  const count = (changeSummary.same ?? 0) - steps.filter(({ op }) => op === 'same').length;
  if (count <= 0) return [];
  const place = { stack: stackOf(steps[0]?.urn ?? ''), id: 'unchanged' };
  return [{ provider: 'other', region: 'global', ...place, type: unchangedResources, properties: { count } }];
}

type Config = Readonly<Record<string, string>>;

function billed(it: State, states: ReadonlyMap<string, State>, config: Config, region: string | undefined): BilledResource {
  const place = { stack: stackOf(it.urn), id: nameOf(it.urn) };
  const properties = withoutUnknown(linked(normalise(it.inputs), it, states));
  if (it.type.startsWith('gcp:')) {
    const own = gcpRegionOf(properties) ?? region ?? config['gcp:region'] ?? gcpRegionOf({ zone: config['gcp:zone'] });
    return { provider: 'gcp', region: own ?? unknownRegion, ...place, type: it.type, properties };
  }
  const own = awsRegionOf(properties.availabilityZone) ?? region ?? config['aws:region'] ?? unknownRegion;
  return { provider: 'aws', region: own, ...place, ...asCloudFormation(it.type, properties) };
}

/** `urn:pulumi:prod::project::component$gcp:compute/disk:Disk::data`. */
function nameOf(urn: string): string {
  return urn.split('::').slice(3).join('::');
}

function stackOf(urn: string): string {
  return urn.split('::')[0]?.split(':').at(-1) ?? '';
}

/**
 * Properties that name another resource by an address or id that a preview does not know yet, and
 * the types they name.
 */
const links: Readonly<Record<string, RegExp>> = {
  natIp: /ddress$/,
  natIps: /ddress$/,
  drainNatIps: /ddress$/,
  ipAddress: /ddress$/,
  instanceTemplate: /:InstanceTemplate$/,
  allocationId: /:Eip$/,
};

/**
 * What a property depends on is written beside it; put where the property has it, it is a reference
 * as in our plans.
 */
function linked(properties: Properties, { propertyDependencies = {} }: State, states: ReadonlyMap<string, State>): Properties {
  const entries = Object.entries(properties).map(([key, value]) => {
    const targets = (propertyDependencies[key] ?? []).flatMap((urn) => states.get(urn) ?? []);
    return [key, targets.length === 0 ? value : withLinks(key, value, targets)] as const;
  });
  return Object.fromEntries(entries);
}

/** What is not known yet is marked as such, so that no model takes it for a name. */
function withoutUnknown(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, marked(value)]));
}

function marked(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => marked(item));
  if (isObject(value)) return withoutUnknown(value);
  return unknownValues.has(value) ? afterDeployment : value;
}

function withLinks(key: string, value: Json, targets: readonly State[]): Json {
  if (Array.isArray(value)) return value.map((item, index) => withLinks(key, item, isPlain(item) ? fromNth(key, index, targets) : targets));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withLinks(name, item, targets)]));
  const [target] = linkedBy(key, targets);
  return target ? { ref: nameOf(target.urn) } : value;
}

function linkedBy(key: string, targets: readonly State[]): State[] {
  return targets.filter(({ type }) => links[key]?.test(type));
}

/** A list of addresses depends on as many: each member is taken for another of them. */
function fromNth(key: string, index: number, targets: readonly State[]): readonly State[] {
  const its = linkedBy(key, targets);
  return its.slice(index).length > 0 ? its.slice(index) : targets;
}

function isPlain(value: Json): boolean {
  return typeof value !== 'object';
}
