/**
 * Which resources of a plan belong together: by what their properties refer to, and by what rules
 * let in.
 */
import { isObject } from '../../../inventory/normalise.ts';
import type { Json } from '../../../inventory/resource.ts';
import type { BilledResource } from '../../component.ts';

export interface Link {
  readonly from: BilledResource | 'internet';
  readonly to: BilledResource;
  readonly label: string;
}

/**
 * Links between the resources that are shown, also through one that is not, as an attachment is.
 */
export function linksOf(resources: readonly BilledResource[], shown: ReadonlySet<BilledResource>): Link[] {
  const find = finder(resources);
  const found = resources.flatMap((resource) => {
    const targets = [...new Set(find(resource))].filter((target) => shown.has(target) && target !== resource);
    if (shown.has(resource)) return targets.map((target) => inwards(resource, target));
    const [one, other] = targets;
    return one && other && targets.length === 2 ? [inwards(one, other)] : [];
  });
  return [...new Map([...found, ...openings(resources)].map((link) => [pairOf(link), link])).values()];
}

/** From an address to what is reached at it, from a machine to its disks. */
function inwards(one: BilledResource, other: BilledResource): Link {
  const outer = /(EIP|Address)$/.test(other.type) || (/(Volume|Disk)$/.test(one.type) && !/(Volume|Disk)$/.test(other.type));
  return outer ? { from: other, to: one, label: '' } : { from: one, to: other, label: '' };
}

function pairOf({ from, to }: Link): string {
  return [from === 'internet' ? from : placeOf(from), placeOf(to)].sort().join('\n');
}

export function placeOf({ provider, stack, id }: BilledResource): string {
  return provider === 'aws' ? `aws ${stack} ${id}` : `${provider} ${id}`;
}

function finder(resources: readonly BilledResource[]): (resource: BilledResource) => BilledResource[] {
  const byPlace = new Map(resources.map((resource) => [placeOf(resource), resource]));
  return (resource) => referencesIn(resource.properties).flatMap((text) => byPlace.get(placeNamed(resource, text, byPlace)) ?? []);
}

/** Every `{ ref }` and import within a value. */
function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const { ref, 'Fn::ImportValue': imported } = value;
  const own = [ref, imported].filter((text) => typeof text === 'string');
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

/**
 * A reference is an id with perhaps an attribute, or an export:
 * `stack:ExportsOutputFnGetAttAddressAllocationId6F69984F`.
 */
function placeNamed(from: BilledResource, text: string, known: ReadonlyMap<string, unknown>): string {
  const [, stack, rest = ''] = /^([^:]+):ExportsOutput(?:Ref|FnGetAtt)(\w+)[0-9A-F]{8}$/.exec(text) ?? [];
  if (!stack) return placeOf({ ...from, id: text.split('.')[0] ?? text });
  const names = Array.from({ length: rest.length }, (_, cut) => `aws ${stack} ${rest.slice(0, rest.length - cut)}`);
  return names.find((name) => known.has(name)) ?? '';
}

/** What the rules open: the web to everyone, and the AI server to the AWS side alone. */
function openings(resources: readonly BilledResource[]): Link[] {
  const ports = resources.flatMap(({ type, properties }) =>
    type === 'AWS::EC2::SecurityGroupIngress' && properties.CidrIp === '0.0.0.0/0' ? Number(properties.FromPort) : [],
  );
  const firstOf = (...types: string[]) => types.flatMap((type) => resources.find((resource) => resource.type === type) ?? []).at(0);
  const entrance = firstOf('AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::EC2::EIP', 'AWS::EC2::Instance');
  const host = firstOf('AWS::EC2::Instance');
  const gpu = firstOf('gcp:compute/instance:Instance', 'runpod:serverless/endpoint:Endpoint');
  const inward =
    entrance && ports.length > 0
      ? [{ from: 'internet' as const, to: entrance, label: `tcp ${ports.sort((a, b) => a - b).join(', ')}` }]
      : [];
  const across = host && gpu ? [{ from: host, to: gpu, label: gpu.provider === 'gcp' ? aiPort(resources) : 'https' }] : [];
  return [...inward, ...across];
}

function aiPort(resources: readonly BilledResource[]): string {
  const rule = resources.find(
    ({ type, properties }) => type.endsWith(':Firewall') && JSON.stringify(properties.sourceRanges)?.includes('<aws address>'),
  );
  const [allowed] = Array.isArray(rule?.properties.allows) ? rule.properties.allows : [];
  const [port] = isObject(allowed) && Array.isArray(allowed.ports) ? allowed.ports : [];
  return port === undefined ? '' : `tcp ${port}`;
}
