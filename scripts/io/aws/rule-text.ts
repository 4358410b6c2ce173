/** A security group's rule in EC2's words and in ours. */
import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { ActualRule, Rule } from '../../../lib/wiring/rule.ts';

/**
 * Protocol numbers that EC2 may answer with instead of names.
 * https://www.iana.org/assignments/protocol-numbers
 */
const protocolNames: Readonly<Record<string, string>> = { '-1': 'all', '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' };

/**
 * What EC2 holds -> what wiring compares. Whatever the other end is appears as text; nothing is
 * dropped.
 */
export function actualRule(carrier: string, rule: SecurityGroupRule): ActualRule {
  const protocol = protocolNames[rule.IpProtocol ?? ''] ?? rule.IpProtocol ?? 'unknown';
  const { FromPort = -1, ToPort = -1 } = rule;
  return {
    cloud: 'aws',
    carrier,
    direction: rule.IsEgress ? 'egress' : 'ingress',
    ...(protocol.startsWith('icmp')
      ? { protocol: icmp(protocol, FromPort, ToPort) }
      : { protocol, ...portsOf(protocol, FromPort, ToPort) }),
    peer: rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId ?? 'unknown',
    handle: rule.SecurityGroupRuleId ?? '',
  };
}

function portsOf(protocol: string, from: number, to: number): Pick<Rule, 'ports'> {
  if (protocol !== 'tcp' && protocol !== 'udp') return {};
  return { ports: from < 0 ? [0, 65535] : [from, to] };
}

/** For ICMP EC2 keeps type and code where others have ports; -1 means any. */
function icmp(protocol: string, type: number, code: number): string {
  if (type < 0) return protocol;
  return code < 0 ? `${protocol} type ${type}` : `${protocol} type ${type} code ${code}`;
}

/**
 * The rule that the CDK adds to a group without egress, so that EC2 adds none of its own: ICMP to
 * an address that no packet reaches.
 */
export function isNoPermission({ IsEgress, IpProtocol, CidrIpv4 }: SecurityGroupRule): boolean {
  return IsEgress === true && CidrIpv4 === '255.255.255.255/32' && /^(icmp|1)$/.test(IpProtocol ?? '');
}

/** A rule of the wiring as EC2's permission, with a description that names its owner. */
export function permissionOf({ protocol, ports, peer }: Rule): IpPermission {
  const [FromPort, ToPort] = ports ?? (protocol === 'tcp' || protocol === 'udp' ? [0, 65535] : [-1, -1]);
  const IpProtocol = protocol === 'all' ? '-1' : protocol;
  return { IpProtocol, ...(IpProtocol === '-1' ? {} : { FromPort, ToPort }), ...peerOf(peer) };
}

function peerOf(peer: string): Partial<IpPermission> {
  const Description = 'dojang wire';
  if (peer.startsWith('sg-')) return { UserIdGroupPairs: [{ GroupId: peer, Description }] };
  if (peer.startsWith('pl-')) return { PrefixListIds: [{ PrefixListId: peer, Description }] };
  if (peer.includes(':')) return { Ipv6Ranges: [{ CidrIpv6: peer, Description }] };
  return { IpRanges: [{ CidrIp: peer, Description }] };
}
