/** What the cloud adds to what was asked for: ids, links, addresses, fingerprints and defaults. */
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { resourceSchema } from '../../../../lib/inventory/gcp/schema.ts';
import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { idOf, lastPart } from '../../../io/gcp/engine/ids.ts';
import type { CloudResource, Store } from '../resources/store.ts';

/** Where links of compute resources start, in the embedded cloud as in the real one. */
export const computeRoot = 'https://www.googleapis.com/compute/v1/';

/** A new resource of the cloud. Nothing is stored. */
export function newResource(store: Store, type: string, inputs: Properties, now: Date): CloudResource {
  const id = idOf(type, inputs) ?? givenId(type, inputs);
  return { type, id, inputs, computed: { creationTimestamp: now.toISOString(), ...computedFor(store, type, id, inputs, undefined) } };
}

/** The same resource with other inputs; what the cloud once chose stays. */
export function changedResource(store: Store, resource: CloudResource, inputs: Properties): CloudResource {
  const { type, id, computed } = resource;
  return { type, id, inputs, computed: { ...computed, ...computedFor(store, type, id, inputs, resource) } };
}

/** All outputs of a resource, with what depends on others at this moment. */
export function outputsOf(store: Store, { type, id, inputs, computed }: CloudResource): Properties {
  const outputs = { ...answered(type, inputs), ...computed };
  if (type === 'gcp:compute/address:Address') return { ...outputs, users: usersOfAddress(store, String(computed.address)) };
  if (type === 'gcp:compute/disk:Disk') return { ...outputs, users: usersOfDisk(store, id) };
  return outputs;
}

/**
 * The inputs as the API answers them: a budget's project by its number, its credit types in an
 * order of Google's own.
 */
export function answered(type: string, inputs: Properties): Properties {
  const { budgetFilter } = inputs;
  if (type !== 'gcp:billing/budget:Budget' || !isObject(budgetFilter)) return inputs;
  const { projects, creditTypes } = budgetFilter;
  return {
    ...inputs,
    budgetFilter: {
      ...budgetFilter,
      ...(Array.isArray(projects) && { projects: projects.map((project) => `projects/${projectNumber(lastPart(project))}`) }),
      ...(Array.isArray(creditTypes) && { creditTypes: [...creditTypes].sort() }),
    },
  };
}

function givenId(type: string, inputs: Properties): string {
  if (type === 'gcp:billing/budget:Budget') return `billingAccounts/${inputs.billingAccount}/budgets/${randomUUID()}`;
  if (type === 'gcp:monitoring/notificationChannel:NotificationChannel') {
    return `projects/${inputs.project}/notificationChannels/${randomInt(1e12, 9e12)}`;
  }
  throw new Error(`${type}: project: required field is not set`);
}

type Computed = (store: Store, id: string, inputs: Properties, old: CloudResource | undefined) => Properties;

const byType: Readonly<Record<string, Computed>> = {
  'gcp:compute/network:Network': (_, id) => ({ ...link(id), networkId: number(id), numericId: number(id), routingMode: 'REGIONAL' }),
  'gcp:compute/subnetwork:Subnetwork': (_, id, { ipCidrRange }) => ({ ...link(id), gatewayAddress: hostOf(ipCidrRange, 1) }),
  'gcp:compute/address:Address': (store, id, { address }, old) => ({
    ...link(id),
    address: address ?? old?.computed.address ?? freeAddress(store),
    prefixLength: 0,
  }),
  'gcp:compute/firewall:Firewall': (_, id) => link(id),
  'gcp:compute/instance:Instance': instance,
  'gcp:compute/disk:Disk': (_, id, { size }, old) => ({
    ...link(id),
    diskId: number(id),
    size: size ?? 10,
    lastAttachTimestamp: old?.computed.lastAttachTimestamp ?? '',
  }),
  'gcp:compute/resourcePolicy:ResourcePolicy': (_, id) => link(id),
  'gcp:serviceaccount/account:Account': (_, id) => account(id),
  'gcp:billing/budget:Budget': (_, id) => ({ name: lastPart(id) }),
  'gcp:monitoring/notificationChannel:NotificationChannel': (_, id, { enabled }) => ({
    name: id,
    enabled: enabled ?? true,
    verificationStatus: '',
  }),
};

/** The provider marks what it makes (`addPulumiAttributionLabel`, on unless switched off). */
const attribution = { 'goog-pulumi-provisioned': 'true' } as const;

function computedFor(store: Store, type: string, id: string, inputs: Properties, old: CloudResource | undefined): Properties {
  const all = { ...(isObject(inputs.labels) && inputs.labels), ...attribution };
  const labels: Properties = resourceSchema(type)?.outputs.effectiveLabels ? { effectiveLabels: all, pulumiLabels: all } : {};
  const etag: Properties = type.endsWith('IAMMember') ? { etag: fingerprint(id) } : {};
  return { ...labels, ...etag, ...byType[type]?.(store, id, inputs, old) };
}

const link = (id: string) => ({ selfLink: `${computeRoot}${id}` });

function instance(store: Store, id: string, inputs: Properties, old: CloudResource | undefined): Properties {
  return {
    ...link(id),
    instanceId: number(id),
    currentStatus: old?.computed.currentStatus ?? 'RUNNING',
    cpuPlatform: 'Intel Skylake',
    metadataFingerprint: fingerprint(JSON.stringify(inputs.metadata ?? {})),
    labelFingerprint: fingerprint(JSON.stringify(inputs.labels ?? {})),
    tagsFingerprint: fingerprint(JSON.stringify(inputs.tags ?? [])),
    networkInterfaces: interfaces(store, inputs, old),
  };
}

function interfaces(store: Store, inputs: Properties, old: CloudResource | undefined): Json {
  const asked = Array.isArray(inputs.networkInterfaces) ? inputs.networkInterfaces : [];
  const before = Array.isArray(old?.computed.networkInterfaces) ? old.computed.networkInterfaces : [];
  return asked.map((nic: Json, index: number) => (isObject(nic) ? networkInterface(store, nic, before[index], index) : nic));
}

function networkInterface(store: Store, nic: Properties, before: Json | undefined, index: number): Json {
  const old = isObject(before) ? before : {};
  const subnet = store.all('gcp:compute/subnetwork:Subnetwork').find(({ id }) => String(nic.subnetwork).endsWith(id));
  const oldConfigs = Array.isArray(old.accessConfigs) ? old.accessConfigs : [];
  const configs = Array.isArray(nic.accessConfigs) ? nic.accessConfigs : [];
  return {
    ...nic,
    name: `nic${index}`,
    network: nic.network ?? subnet?.inputs.network ?? '',
    networkIp: nic.networkIp ?? old.networkIp ?? hostOf(subnet?.inputs.ipCidrRange, 2),
    accessConfigs: configs.map((config: Json, at: number) => ({ ...Object(config), natIp: natIp(store, config, oldConfigs[at]) })),
  };
}

function natIp(store: Store, config: Json, old: Json | undefined): Json {
  const asked = isObject(config) ? config.natIp : undefined;
  return asked || (isObject(old) ? old.natIp : undefined) || freeAddress(store);
}

function account(id: string): Properties {
  const email = lastPart(id);
  return { email, member: `serviceAccount:${email}`, name: id, uniqueId: number(id) };
}

/**
 * The next address of the range for documentation that nothing uses yet; 198.51.100.10 is the
 * first.
 */
function freeAddress(store: Store): string {
  const taken = new Set(store.all().flatMap((resource) => [resource.computed.address, ...natIpsOf(resource)]));
  for (let host = 10; host < 255; host++) {
    if (!taken.has(`198.51.100.${host}`)) return `198.51.100.${host}`;
  }
  throw new Error("Quota 'IN_USE_ADDRESSES' exceeded.  Limit: 245.0 globally.");
}

function natIpsOf({ computed }: CloudResource): Json[] {
  const nics = Array.isArray(computed.networkInterfaces) ? computed.networkInterfaces : [];
  return nics.flatMap((nic: Json) => (isObject(nic) && Array.isArray(nic.accessConfigs) ? nic.accessConfigs : [])).map(natIpOf);
}

function natIpOf(config: Json): Json {
  return isObject(config) ? (config.natIp ?? null) : null;
}

function usersOfAddress(store: Store, address: string): Json {
  const users = store.all('gcp:compute/instance:Instance').filter((resource) => natIpsOf(resource).includes(address));
  return users.map(({ id }) => `${computeRoot}${id}`);
}

function usersOfDisk(store: Store, disk: string): Json {
  const attachments = store.all('gcp:compute/attachedDisk:AttachedDisk').filter(({ inputs }) => String(inputs.disk).endsWith(disk));
  return attachments.map(({ inputs }) => `${computeRoot}${String(inputs.instance)}`);
}

/** Address number `host` of a range like 10.30.0.0/24. */
function hostOf(range: Json | undefined, host: number): string {
  const network = typeof range === 'string' ? (range.split('/')[0] ?? '') : '10.128.0.0';
  return network.replace(/\d+$/, (last) => String(Number(last) + host));
}

/** Twelve digits, the same for the same project. */
export const projectNumber = (project: string) => number(project).slice(0, 12);

const fingerprint = (text: string) => createHash('sha256').update(text).digest('base64').slice(0, 12);
/** Nineteen digits, as Google's ids have; the same for the same resource. */
const number = (text: string) =>
  BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 15)}`)
    .toString()
    .padStart(19, '1');
