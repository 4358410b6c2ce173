/**
 * Firewalls of the Compute API as rules, one for each protocol, port range and source, and back.
 */
import type { compute_v1 } from '@googleapis/compute';
import type { ActualRule } from '../../../../lib/wiring/rule.ts';

type Firewall = compute_v1.Schema$Firewall;
type Allowed = NonNullable<Firewall['allowed']>;

const everyone = '0.0.0.0/0';
/** Numbers that the API takes for names. */
const protocols: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp' };
const withPorts = ['tcp', 'udp', 'sctp'];

/** What this firewall allows: nothing when it is disabled or denies. */
export function rulesIn(firewall: Firewall): ActualRule[] {
  if (firewall.disabled || !firewall.allowed) return [];
  const carrier = firewall.name ?? '';
  const direction = firewall.direction === 'EGRESS' ? 'egress' : 'ingress';
  const traffic = trafficOf(firewall.allowed);
  return peersOf(firewall).flatMap((peer) => traffic.map((kind) => ({ cloud: 'gcp', carrier, handle: carrier, direction, ...kind, peer })));
}

/** Whether two rules of one firewall allow the same. */
export function isSame(one: ActualRule, other: ActualRule): boolean {
  return one.peer === other.peer && one.direction === other.direction && trafficKey(one) === trafficKey(other);
}

/**
 * What is left of a firewall without one rule, as firewalls: the first under its own name, a second
 * one where the rest is no longer "these sources times this traffic". Empty when nothing is left.
 */
export function without(firewall: Firewall, rule: ActualRule): Firewall[] {
  const traffic = trafficOf(firewall.allowed ?? []);
  const otherTraffic = traffic.filter((kind) => trafficKey(kind) !== trafficKey(rule));
  const otherPeers = peersOf(firewall).filter((peer) => peer !== rule.peer);
  if (otherPeers.length === 0 && otherTraffic.length === 0) return [];
  if (otherPeers.length === 0) return [{ allowed: allowedOf(otherTraffic) }];
  const narrowed = withPeers(otherPeers, firewall);
  return otherTraffic.length === 0 ? [narrowed] : [narrowed, splitOff(firewall, rule, otherTraffic)];
}

/** What the part of a firewall for one source is called once it had to be split off. */
export function splitName(firewall: string, peer: string): string {
  const longest = 63;
  return `${firewall}-${peer.replaceAll(/[^a-z0-9]+/g, '-')}`.slice(0, longest).replace(/-+$/, '');
}

interface Traffic {
  readonly protocol: string;
  readonly ports?: readonly [number, number];
}

function trafficOf(allowed: Allowed): Traffic[] {
  return allowed.flatMap(({ IPProtocol, ports }) => {
    const protocol = protocols[IPProtocol ?? ''] ?? IPProtocol ?? 'all';
    if (!withPorts.includes(protocol)) return [{ protocol }];
    return (ports?.length ? ports : ['0-65535']).map((range) => ({ protocol, ports: portsOf(range) }));
  });
}

function portsOf(range: string): readonly [number, number] {
  const [first, last] = range.split('-').map(Number);
  return [first ?? 0, last ?? first ?? 65535];
}

function trafficKey({ protocol, ports }: Traffic): string {
  return `${protocol} ${ports?.join('-') ?? ''}`;
}

/**
 * Ranges as they are, tags as `tag:web`, accounts as `account:ai@...`; a firewall that names no
 * source allows everyone.
 */
function peersOf(firewall: Firewall): string[] {
  const ranges = (firewall.direction === 'EGRESS' ? firewall.destinationRanges : firewall.sourceRanges) ?? [];
  const tags = (firewall.sourceTags ?? []).map((tag) => `tag:${tag}`);
  const accounts = (firewall.sourceServiceAccounts ?? []).map((account) => `account:${account}`);
  const peers = [...ranges, ...tags, ...accounts];
  return peers.length > 0 ? peers : [everyone];
}

function withPeers(peers: readonly string[], { direction }: Firewall): Firewall {
  const named = (prefix: string) => peers.filter((peer) => peer.startsWith(prefix)).map((peer) => peer.slice(prefix.length));
  const ranges = peers.filter((peer) => !/^(tag|account):/.test(peer));
  if (direction === 'EGRESS') return { destinationRanges: ranges };
  return { sourceRanges: ranges, sourceTags: named('tag:'), sourceServiceAccounts: named('account:') };
}

function splitOff(firewall: Firewall, { peer }: ActualRule, traffic: readonly Traffic[]): Firewall {
  const { description, network, direction, priority, targetTags, targetServiceAccounts } = firewall;
  const kept = { description, network, direction, priority, targetTags, targetServiceAccounts };
  return { ...kept, name: splitName(firewall.name ?? '', peer), allowed: allowedOf(traffic), ...withPeers([peer], firewall) };
}

function allowedOf(traffic: readonly Traffic[]): Allowed {
  return traffic.map(({ protocol, ports }) => ({ IPProtocol: protocol, ...(ports && { ports: [portText(ports)] }) }));
}

function portText([first, last]: readonly [number, number]): string {
  return first === last ? String(first) : `${first}-${last}`;
}
