/**
 * Firewalls between the two languages they are spoken of: the inputs of the Pulumi resource and the
 * JSON of the Compute API.
 */
import { randomInt } from 'node:crypto';
import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { computeRoot } from '../provider/computed.ts';
import type { CloudResource } from './store.ts';

export const firewallType = 'gcp:compute/firewall:Firewall';

/** Fields that are called the same in both. */
const sameFields = [
  'name',
  'description',
  'direction',
  'disabled',
  'priority',
  'sourceRanges',
  'destinationRanges',
  'sourceTags',
  'targetTags',
  'sourceServiceAccounts',
  'targetServiceAccounts',
] as const;

/** A firewall as the Compute API shows it, with Google's defaults. */
export function firewallJson({ inputs, computed }: CloudResource): Properties {
  const network = String(inputs.network);
  return {
    kind: 'compute#firewall',
    priority: 1000,
    direction: 'INGRESS',
    disabled: false,
    ...pick(inputs, sameFields),
    creationTimestamp: computed.creationTimestamp ?? '',
    network: network.startsWith('http') ? network : `${computeRoot}${network}`,
    selfLink: computed.selfLink ?? '',
    logConfig: { enable: inputs.logConfig !== undefined },
    ...(inputs.allows ? { allowed: traffic(inputs.allows, 'protocol', 'IPProtocol') } : {}),
    ...(inputs.denies ? { denied: traffic(inputs.denies, 'protocol', 'IPProtocol') } : {}),
  };
}

/** The inputs of a firewall whose JSON someone sent, laid over the inputs it had. */
export function firewallInputs(project: string, json: Properties, old: Properties = {}): Properties {
  return {
    ...old,
    ...pick(json, sameFields),
    project,
    ...(typeof json.network === 'string' ? { network: json.network.replace(/^.*\/(projects\/)/, '$1') } : {}),
    ...(json.allowed ? { allows: traffic(json.allowed, 'IPProtocol', 'protocol') } : {}),
    ...(json.denied ? { denies: traffic(json.denied, 'IPProtocol', 'protocol') } : {}),
  };
}

const everyone = '0.0.0.0/0';

/**
 * What the provider really sends for a firewall whose only source, in the state it knows, is
 * everyone: `diffSuppressSourceRanges` of the Terraform provider takes the removal of that one
 * element for the default range and drops it, so both ranges are sent.
 */
export function withUnremovedSource(asked: Properties, state: Properties): Properties {
  const before = Array.isArray(state.sourceRanges) ? state.sourceRanges : [];
  const ranges = Array.isArray(asked.sourceRanges) ? asked.sourceRanges : [];
  const suppressed = before.length === 1 && before[0] === everyone && ranges.length === 1 && ranges[0] !== everyone;
  return suppressed ? { ...asked, sourceRanges: [everyone, ...ranges] } : asked;
}

/**
 * What the API answers to a change: an operation that has already ended, as a firewall needs no
 * time here.
 */
export function operation(project: string, scope: string, operationType: string, target: string): Properties {
  const name = `operation-${Date.now()}-${randomInt(1e9)}`;
  return {
    kind: 'compute#operation',
    name,
    operationType,
    status: 'DONE',
    progress: 100,
    targetLink: `${computeRoot}${target}`,
    selfLink: `${computeRoot}projects/${project}/${scope}/operations/${name}`,
  };
}

function traffic(entries: Json, from: string, to: string): Json {
  const list = Array.isArray(entries) ? entries : [];
  return list.map((entry: Json) => (isObject(entry) ? { [to]: entry[from] ?? 'all', ...pick(entry, ['ports']) } : entry));
}

function pick(properties: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(names.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]]])));
}
