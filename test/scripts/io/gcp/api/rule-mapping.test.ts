import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActualRule } from '../../../../../lib/wiring/rule.ts';
import { isSame, rulesIn, without } from '../../../../../scripts/io/gcp/api/rule-mapping.ts';

describe('a firewall as rules', () => {
  it('names ranges, tags and accounts as they are allowed', () => {
    const sources = { sourceRanges: ['10.0.0.0/8'], sourceTags: ['web'], sourceServiceAccounts: ['ai@p.iam.gserviceaccount.com'] };
    const rules = rulesIn({ name: 'f', ...sources, allowed: [{ IPProtocol: 'icmp' }] });
    expect(rules).toEqual(
      ['10.0.0.0/8', 'tag:web', 'account:ai@p.iam.gserviceaccount.com'].map((peer) => ({
        cloud: 'gcp',
        carrier: 'f',
        handle: 'f',
        direction: 'ingress',
        protocol: 'icmp',
        peer,
      })),
    );
  });

  it('reads a missing source as everyone and missing ports as all', () => {
    expect(rulesIn({ name: 'f', allowed: [{ IPProtocol: '6' }, { IPProtocol: 'all' }] })).toMatchObject([
      { protocol: 'tcp', ports: [0, 65535], peer: '0.0.0.0/0' },
      { protocol: 'all', peer: '0.0.0.0/0' },
    ]);
  });

  it('takes the destinations of an egress firewall', () => {
    const rules = rulesIn({
      name: 'f',
      direction: 'EGRESS',
      destinationRanges: ['1.1.1.1/32'],
      allowed: [{ IPProtocol: 'udp', ports: ['53'] }],
    });
    expect(rules).toMatchObject([{ direction: 'egress', peer: '1.1.1.1/32', protocol: 'udp', ports: [53, 53] }]);
  });

  it('allows nothing when it is disabled or denies', () => {
    expect(rulesIn({ name: 'f', disabled: true, allowed: [{ IPProtocol: 'all' }] })).toEqual([]);
    expect(rulesIn({ name: 'f', denied: [{ IPProtocol: 'all' }] })).toEqual([]);
  });
});

describe('a firewall without one of its rules', () => {
  const peers = fc.uniqueArray(fc.constantFrom('10.0.0.0/8', '0.0.0.0/0', '203.0.113.10/32'), { minLength: 1 });
  const ports = fc.uniqueArray(fc.constantFrom('22', '80', '8000-8100'), { minLength: 1 });
  const firewalls = fc.record({
    sourceRanges: peers,
    allowed: ports.map((list) => [{ IPProtocol: 'tcp', ports: list }, { IPProtocol: 'icmp' }]),
  });

  it('allows exactly the others', () => {
    fc.assert(
      fc.property(firewalls, fc.nat(), (part, index) => {
        const firewall = { name: 'f', network: 'n', ...part };
        const rules = rulesIn(firewall);
        const gone = rules[index % rules.length] as ActualRule;
        const [narrowed, ...others] = without(firewall, gone);
        const left = [...(narrowed ? rulesIn({ ...firewall, ...narrowed }) : []), ...others.flatMap(rulesIn)];
        expect(texts(left)).toEqual(texts(rules.filter((rule) => !isSame(rule, gone))));
      }),
    );
  });

  it('is nothing when it was the only one', () => {
    const firewall = { name: 'f', sourceRanges: ['0.0.0.0/0'], allowed: [{ IPProtocol: 'tcp', ports: ['22'] }] };
    expect(without(firewall, rulesIn(firewall)[0] as ActualRule)).toEqual([]);
  });
});

function texts(rules: readonly ActualRule[]): string[] {
  return rules.map(({ protocol, ports, peer }) => `${protocol} ${ports?.join('-')} ${peer}`).sort();
}
