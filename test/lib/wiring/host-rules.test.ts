import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cidr } from '../../../lib/values/cidr.ts';
import { hostRules } from '../../../lib/wiring/host-rules.ts';
import type { Rule } from '../../../lib/wiring/rule.ts';
import { prod, prodWith } from '../../stacks/environments.ts';

/** Any range that the configuration lets SSH come from. */
const workplace = fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 8, max: 32 })).map(([bits, prefix]) => {
  const network = Number((BigInt(bits) >> BigInt(32 - prefix)) << BigInt(32 - prefix));
  return Cidr.of(`${[24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join('.')}/${prefix}`);
});

const reaches = ({ ports }: Rule, port: number) => !ports || (ports[0] <= port && port <= ports[1]);

describe('the base rules of the host', () => {
  it('are the web in and out, and no SSH unless it is configured', () => {
    expect(hostRules(prod).map(({ direction, protocol, ports, peer }) => `${direction} ${protocol} ${ports ?? '-'} ${peer}`)).toEqual([
      'ingress tcp 80,80 0.0.0.0/0',
      'ingress tcp 443,443 0.0.0.0/0',
      'egress tcp 80,80 0.0.0.0/0',
      'egress tcp 443,443 0.0.0.0/0',
      'egress all - 127.0.0.1/32',
    ]);
  });

  it('let SSH in from the configured ranges and from nowhere else', () => {
    fc.assert(
      fc.property(fc.array(workplace, { maxLength: 5 }), (from) => {
        const ssh = hostRules(prodWith({ ssh: { from } })).filter((rule) => rule.direction === 'ingress' && reaches(rule, 22));
        expect(new Set(ssh.map(({ peer }) => peer))).toEqual(new Set(from.map(String)));
        expect(ssh.filter(({ peer }) => Cidr.of(peer).isEveryone)).toEqual([]);
      }),
    );
  });

  it('never say the same twice', () => {
    fc.assert(
      fc.property(fc.array(workplace, { maxLength: 5 }), (from) => {
        const rules = hostRules(prodWith({ ssh: { from: [...from, ...from] } })).map((rule) => JSON.stringify(rule));
        expect(new Set(rules).size).toBe(rules.length);
      }),
    );
  });
});
