/**
 * Deployed firewall rules as a packet filter: what the cloud would let through to a host and from
 * it, and nothing else.
 */
import ipaddr from 'ipaddr.js';
import { metadataAddress } from '../../../../lib/host/system/metadata-address.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import type { Rule } from '../../../../lib/wiring/rule.ts';
import { interfaceOf, serviceAddress } from './network.ts';

/**
 * What a cloud lets out of a machine that no rule speaks of: AWS nothing, Google everything.
 * Neither lets anything in.
 */
const impliedEgress: Readonly<Record<HostName, 'accept' | 'drop'>> = { aws: 'drop', gcp: 'accept' };

/**
 * The ruleset of one host, for `nft -f` in the namespace of the internet. It is at the host's
 * interface of the router, outside of the host, as a cloud's firewall does: root on the host cannot
 * change it. It replaces the host's earlier ruleset in one transaction. Answers to what was let
 * through pass, as both clouds keep state. What one host's table accepts, the other's may still
 * drop: between two hosts both firewalls must agree.
 */
export function firewallRuleset(host: HostName, rules: readonly Rule[]): string {
  const table = `inet ${tableName(host)}`;
  const outer = interfaceOf(host);
  const of = (direction: Rule['direction']) => rules.filter((rule) => rule.direction === direction).flatMap(ruleLines);
  return [
    `table ${table}`,
    `delete table ${table}`,
    `table ${table} {`,
    ...chain('ingress', [accepted, ...of('ingress'), 'drop']),
    ...chain('egress', [accepted, ...toOwnServices, ...of('egress'), impliedEgress[host]]),
    ...chain('forward', [hook('forward'), `iifname "${outer}" jump egress`, `oifname "${outer}" jump ingress`]),
    ...chain('input', [hook('input'), `iifname "${outer}" jump egress`]),
    ...chain('output', [hook('output'), `oifname "${outer}" jump ingress`]),
    '}',
    '',
  ].join('\n');
}

const accepted = 'ct state established,related accept';
/**
 * No rule filters the way to the cloud's own resolver and its metadata: security groups do not see
 * what goes to Amazon's DNS server and to the metadata of an instance, and the metadata server of
 * Compute Engine, which is its resolver too, can always be reached.
 */
const toOwnServices = [
  `ip daddr ${serviceAddress.dns} meta l4proto { tcp, udp } th dport 53 accept`,
  `ip daddr ${metadataAddress} tcp dport 80 accept`,
];
const hook = (name: string) => `type filter hook ${name} priority filter; policy accept;`;

function tableName(host: HostName): string {
  return `cloud_${host}`;
}

function chain(name: string, lines: readonly string[]): string[] {
  return [`  chain ${name} {`, ...lines.map((line) => `    ${line}`), '  }'];
}

function ruleLines(rule: Rule): string[] {
  const peer = peerMatch(rule);
  const traffic = trafficMatch(rule);
  const about = `${rule.carrier}: ${rule.protocol} ${rule.ports?.join('-') ?? ''} ${rule.peer}`.replaceAll(/[^\w.:/ -]/g, '?');
  if (peer === undefined) return [`# ${about}: the other end is no range of addresses`];
  if (traffic === undefined) return [`# ${about}: not a protocol that is known here`];
  return [`# ${about}`, [peer, traffic, 'accept'].filter((part) => part !== '').join(' ')];
}

/**
 * The other end as a match; undefined for a group, a tag or an account, which have no addresses
 * here.
 */
function peerMatch({ direction, peer }: Rule): string | undefined {
  const end = direction === 'ingress' ? 'saddr' : 'daddr';
  if (!ipaddr.isValidCIDR(peer)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(peer);
  if (address.kind() === 'ipv4') return bits === 0 ? 'meta nfproto ipv4' : `ip ${end} ${address}/${bits}`;
  return bits === 0 ? 'meta nfproto ipv6' : `ip6 ${end} ${address}/${bits}`;
}

/** What is let through as a match, empty for everything; undefined when it is not known here. */
function trafficMatch({ protocol, ports }: Rule): string | undefined {
  if (protocol === 'all') return '';
  if (/^(tcp|udp|sctp)$/.test(protocol)) return portMatch(protocol, ports);
  const [, icmp, type, code] = /^(icmp|icmpv6)(?: type (\d+))?(?: code (\d+))?$/.exec(protocol) ?? [];
  if (icmp) return icmpMatch(icmp, type, code);
  if (/^\d{1,3}$/.test(protocol) && Number(protocol) < 256) return `meta l4proto ${protocol}`;
  return /^(esp|ah)$/.test(protocol) ? `meta l4proto ${protocol}` : undefined;
}

function portMatch(protocol: string, ports: Rule['ports']): string {
  const [first, last] = ports ?? [0, 65535];
  if (first === 0 && last === 65535) return `meta l4proto ${protocol}`;
  return `${protocol} dport ${first === last ? first : `${first}-${last}`}`;
}

function icmpMatch(protocol: string, type?: string, code?: string): string {
  if (type === undefined) return `meta l4proto ${protocol === 'icmp' ? 'icmp' : 'ipv6-icmp'}`;
  return [`${protocol} type ${type}`, ...(code === undefined ? [] : [`${protocol} code ${code}`])].join(' ');
}
