import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../../lib/wiring/rule.ts';
import { actualRule, isNoPermission, permissionOf } from '../../../../scripts/io/aws/rule-text.ts';

const held = { SecurityGroupRuleId: 'sgr-1', IsEgress: false, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIpv4: '0.0.0.0/0' };
const wanted: Rule = { cloud: 'aws', carrier: 'host', direction: 'ingress', protocol: 'tcp', ports: [443, 443], peer: '0.0.0.0/0' };

describe('a rule that EC2 holds', () => {
  it('becomes the rule that wiring compares', () => {
    expect(actualRule('host', held)).toEqual({ ...wanted, handle: 'sgr-1' });
  });

  it.each([
    [{ CidrIpv4: undefined, CidrIpv6: '::/0' }, '::/0'],
    [{ CidrIpv4: undefined, PrefixListId: 'pl-1' }, 'pl-1'],
    [{ CidrIpv4: undefined, ReferencedGroupInfo: { GroupId: 'sg-2' } }, 'sg-2'],
  ])('shows every kind of other end: %j', (peer, text) => {
    expect(actualRule('host', { ...held, ...peer }).peer).toBe(text);
  });

  it.each([
    [{ IpProtocol: '-1', FromPort: -1, ToPort: -1 }, 'all', undefined],
    [{ IpProtocol: '6' }, 'tcp', [443, 443]],
    [{ IpProtocol: 'udp', FromPort: -1, ToPort: -1 }, 'udp', [0, 65535]],
    [{ IpProtocol: 'icmp', FromPort: -1, ToPort: -1 }, 'icmp', undefined],
    [{ IpProtocol: 'icmp', FromPort: 8, ToPort: 0 }, 'icmp type 8 code 0', undefined],
    [{ IpProtocol: '50', FromPort: -1, ToPort: -1 }, '50', undefined],
  ])('names the protocol of %j', (fields, protocol, ports) => {
    expect(actualRule('host', { ...held, ...fields })).toMatchObject(ports ? { protocol, ports } : { protocol });
    expect(actualRule('host', { ...held, ...fields }).ports).toEqual(ports);
  });

  it('is no permission only when it is the one that lets nothing out', () => {
    const nothing = { IsEgress: true, IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIpv4: '255.255.255.255/32' };
    expect(isNoPermission(nothing)).toBe(true);
    expect(isNoPermission({ ...nothing, IpProtocol: '-1' })).toBe(false);
    expect(isNoPermission({ ...nothing, CidrIpv4: '0.0.0.0/0' })).toBe(false);
    expect(isNoPermission({ ...nothing, IsEgress: false })).toBe(false);
  });
});

describe('a rule that wiring wants', () => {
  it('becomes what EC2 takes and comes back the same', () => {
    const permission = permissionOf(wanted);
    expect(permission).toEqual({
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'dojang wire' }],
    });
  });

  it.each([
    ['sg-1', 'UserIdGroupPairs'],
    ['pl-1', 'PrefixListIds'],
    ['2001:db8::/32', 'Ipv6Ranges'],
    ['198.51.100.10/32', 'IpRanges'],
  ])('puts %s where EC2 expects it', (peer, where) => {
    expect(Object.keys(permissionOf({ ...wanted, peer }))).toContain(where);
  });

  it('has no ports where a protocol has none', () => {
    const { ports: _, ...portless } = wanted;
    expect(permissionOf({ ...portless, protocol: 'all' })).not.toHaveProperty('FromPort');
    expect(permissionOf({ ...portless, protocol: 'icmp' })).toMatchObject({ FromPort: -1, ToPort: -1 });
    expect(permissionOf({ ...portless, protocol: 'tcp' })).toMatchObject({ FromPort: 0, ToPort: 65535 });
  });
});
