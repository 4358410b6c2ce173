import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { desiredRules, refuseOpenAiPort } from '../../../lib/wiring/desired.ts';
import { ruleDifferences, ruleKey, ruleText } from '../../../lib/wiring/difference.ts';
import type { ActualRule, Rule } from '../../../lib/wiring/rule.ts';

const prod = environmentOf(service, 'prod');
const addresses = { aws: '203.0.113.10', gcp: '198.51.100.10' };
const octet = fc.integer({ min: 0, max: 255 });
const anyAddress = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));

describe('the rules that must be there', () => {
  const rules = desiredRules(prod, addresses);
  const sourcesAllowed = (cloud: string, port: number) =>
    rules
      .filter(
        (rule) => rule.cloud === cloud && rule.direction === 'ingress' && rule.ports && rule.ports[0] <= port && port <= rule.ports[1],
      )
      .map(({ peer }) => peer);

  it('close the AI port to everyone but the peer', () => expect(sourcesAllowed('gcp', 8443)).toEqual(['203.0.113.10/32']));
  it('let SSH to GCP come through Identity-Aware Proxy only', () => expect(sourcesAllowed('gcp', 22)).toEqual(['35.235.240.0/20']));
  it('close SSH to AWS by default', () => expect(sourcesAllowed('aws', 22)).toEqual([]));
  it('let everyone reach the web', () =>
    expect([...sourcesAllowed('aws', 80), ...sourcesAllowed('aws', 443)]).toEqual(['0.0.0.0/0', '0.0.0.0/0']));
  it('keep MySQL closed', () => expect(sourcesAllowed('aws', 3306)).toEqual([]));
  it('let AWS call the AI server', () => {
    const calls = rules.filter(({ cloud, direction, ports }) => cloud === 'aws' && direction === 'egress' && ports?.[0] === 8443);
    expect(calls.map(({ peer }) => peer)).toEqual(['198.51.100.10/32']);
  });

  it('open the AI port to one address whatever the addresses are', () => {
    fc.assert(
      fc.property(
        anyAddress,
        anyAddress,
        fc.integer({ min: 1, max: 65535 }).filter((port) => port !== 22),
        (aws, gcp, aiPort) => {
          const environment = { ...prod, gcp: { ...prod.gcp, aiPort } };
          const open = desiredRules(environment, { aws, gcp }).filter((rule) => rule.cloud === 'gcp' && rule.ports?.[0] === aiPort);
          expect(open.map(({ peer }) => peer)).toEqual([`${aws}/32`]);
        },
      ),
    );
  });

  it.each(['203.0.113.0/24', '0.0.0.0/0', ''])('refuse %j as an address', (aws) => {
    expect(() => desiredRules(prod, { ...addresses, aws })).toThrow();
  });

  it('are refused when anything opened the AI port wider', () => {
    const wide: Rule = { cloud: 'gcp', carrier: 'x', direction: 'ingress', protocol: 'tcp', ports: [1, 9000], peer: '203.0.113.0/31' };
    expect(() => refuseOpenAiPort([wide], 8443, addresses.aws)).toThrow('refusing to open the AI port 8443 to 203.0.113.0/31');
    expect(() => refuseOpenAiPort([{ ...wide, ports: undefined }], 8443, addresses.aws)).toThrow('refusing');
    expect(() => refuseOpenAiPort([{ ...wide, peer: '198.51.100.7/32' }], 8443, addresses.aws)).toThrow('refusing');
    expect(() => refuseOpenAiPort([{ ...wide, ports: [1, 8442] }], 8443, addresses.aws)).not.toThrow();
    expect(() => refuseOpenAiPort([{ ...wide, peer: '203.0.113.10/32' }], 8443, addresses.aws)).not.toThrow();
  });
});

describe('the difference', () => {
  const rule = fc.record({
    cloud: fc.constantFrom('aws' as const, 'gcp' as const),
    carrier: fc.constantFrom('a', 'b'),
    direction: fc.constantFrom('ingress' as const, 'egress' as const),
    protocol: fc.constantFrom('tcp', 'udp'),
    ports: fc.constantFrom([22, 22] as const, [80, 443] as const),
    peer: fc.constantFrom('0.0.0.0/0', '203.0.113.10/32'),
  });
  const ruleSet = fc.uniqueArray(rule, { selector: ruleKey });
  const held = (rules: readonly Rule[]): ActualRule[] => rules.map((each, index) => ({ ...each, handle: `sgr-${index}` }));

  it('is nothing between a set and itself in any order', () => {
    fc.assert(
      fc.property(ruleSet, (rules) => {
        expect(ruleDifferences(rules, held(rules).reverse())).toEqual([]);
      }),
    );
  });

  it('applied to what is there gives what should be there', () => {
    fc.assert(
      fc.property(ruleSet, fc.array(rule), (desired, there) => {
        const actual = held(there);
        const differences = ruleDifferences(desired, actual);
        const strays = new Set(differences.filter(({ kind }) => kind === 'stray').map(({ rule: each }) => each));
        const missing = differences.filter(({ kind }) => kind === 'missing').map(({ rule: each }) => each);
        const result = [...actual.filter((each) => !strays.has(each)), ...missing];
        expect(result.map(ruleKey).sort()).toEqual(desired.map(ruleKey).sort());
      }),
    );
  });
});

it.each([
  [{ direction: 'ingress', protocol: 'tcp', ports: [22, 22], peer: '0.0.0.0/0' }, 'tcp 22 from 0.0.0.0/0'],
  [{ direction: 'egress', protocol: 'tcp', ports: [80, 443], peer: '10.0.0.0/8' }, 'tcp 80-443 to 10.0.0.0/8'],
  [{ direction: 'ingress', protocol: 'udp', ports: [0, 65535], peer: 'sg-0abc' }, 'udp every port from sg-0abc'],
  [{ direction: 'ingress', protocol: 'all', peer: '0.0.0.0/0' }, 'all from 0.0.0.0/0'],
] as const)('%j reads as %s', (rule, text) => {
  expect(ruleText({ cloud: 'aws', carrier: 'x', ...rule })).toBe(text);
});
