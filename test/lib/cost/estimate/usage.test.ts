/** Usage files, and what the service's own traffic makes of the bill. */
import { expect, it } from 'vitest';
import { serviceUsage } from '../../../../lib/cost/estimate/traffic.ts';
import { orElse, parseUsage, recorded } from '../../../../lib/cost/estimate/usage.ts';
import { billedTypes } from '../../../../lib/cost/resources/registry.ts';
import { usage } from '../books.ts';

it('reads quantities exactly as they are written', () => {
  const read = parseUsage(
    'version: 1\nusage:\n  AWS::EC2::Instance: { internet-out-gb: 0.1 }\n  prod/Host: { internet-out-gb: "12.30", hours: 300 }\n',
    'usage.yaml',
  );
  expect([...read].map(([entry, quantity]) => [entry, quantity.toFixed()])).toEqual([
    ['AWS::EC2::Instance.internet-out-gb', '0.1'],
    ['prod/Host.internet-out-gb', '12.3'],
    ['prod/Host.hours', '300'],
  ]);
});

it('reports every fault of a usage file at once', () => {
  const text = 'version: 1\nusage:\n  AWS::S3::Bucket: { stored-gb: -5, get-requests-1000: many }\n';
  expect(() => parseUsage(text, 'usage.yaml')).toThrow(
    [
      'usage.yaml has 2 faults',
      '    usage.AWS::S3::Bucket.stored-gb  -5 is not a quantity; write a number that is not negative',
      '    usage.AWS::S3::Bucket.get-requests-1000  "many" is not a quantity; write a number that is not negative',
    ].join('\n'),
  );
});

it.each([
  ['a file that is cut off', 'version: 1\nusage: { AWS::S3::Bucket: { stored-gb: 5', /usage.yaml has 1 fault/],
  ['a newer version', 'version: 2\nusage: {}', /version {2}Invalid input: expected 1/],
  ['an unknown key', 'version: 1\nusage: {}\nusages: {}', /Unrecognized key: "usages"/],
])('refuses %s', (_, text, message) => {
  expect(() => parseUsage(text, 'usage.yaml')).toThrow(message);
});

it('fills what a file leaves out, and remembers what was asked for', () => {
  const { usage: both, asked } = recorded(orElse(usage({ a: '1' }), usage({ a: '2', b: '3' })));
  expect([both.get('a')?.toFixed(), both.get('b')?.toFixed(), both.get('c')]).toEqual(['1', '3', undefined]);
  expect([...asked]).toEqual(['a', 'b', 'c']);
});

it('follows from the documented traffic of the service', () => {
  const used = serviceUsage();
  // 100 users x 0.5 MB + 1,500 calls x 10 KB + 200 results x 160 KB x 2 + 200 x 5 pages x 0.5 MB,
  // 30 days.
  expect(used.get('AWS::EC2::Instance.internet-out-gb')?.toFixed()).toBe('18.87');
  expect(used.get('gcp:compute/instance:Instance.internet-out-gb')?.toFixed()).toBe('0.96');
  // Memory, swap, each of two disks, and the fullest of them.
  expect(used.get('AWS::EC2::Instance.agent-metrics')?.toFixed()).toBe('5');
  expect(used.get('runpod:serverless/endpoint:Endpoint.flex-seconds')?.toFixed()).toBe('120000');
});

it('speaks only of types that have a model', () => {
  const types = [...(serviceUsage() as ReadonlyMap<string, unknown>).keys()].map((entry) => entry.replace(/\.[^.]+$/, ''));
  expect(types.filter((type) => !billedTypes.includes(type))).toEqual([]);
});
