import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { ConfigError, faultsOf } from '../../../lib/config/faults.ts';
import type { ServiceInput } from '../../../lib/config/schema.ts';
import { configTemplate } from '../../../lib/config/template.ts';

type Production = Record<string, unknown> & { aws: Record<string, unknown>; gcp: Record<string, unknown>; host: Record<string, unknown> };

/** The configuration of this project with production changed by `change`. */
function changed(change: (production: Production) => void): ServiceInput {
  const copy = structuredClone(service);
  change(copy.environments.prod as unknown as Production);
  return copy;
}

/** What `config check` says of production when it is changed so: path without prefix, then message. */
function said(change: (production: Production) => void): string[] {
  return faultsOf(changed(change)).map(({ path, message }) => `${path.replace('environments.prod.', '')}: ${message}`);
}

describe('a bad configuration', () => {
  const cases: [string, (production: Production) => void, RegExp][] = [
    [
      'an unknown key',
      (p) => Object.assign(p.aws, { machin: 'm7g.large' }),
      /^aws\.machin: unknown setting; known here: account, region, zone/,
    ],
    [
      'SSH from everyone',
      (p) => Object.assign(p.aws, { ssh: { from: ['0.0.0.0/0'] } }),
      /^aws\.ssh\.from\[0\]: 0\.0\.0\.0\/0 would open SSH to everyone; list the addresses/,
    ],
    [
      'SSH from everyone in halves',
      (p) => Object.assign(p.aws, { ssh: { from: ['0.0.0.0/1'] } }),
      /^aws\.ssh\.from\[0\]: 0\.0\.0\.0\/1 would open SSH to everyone/,
    ],
    [
      'an alarm before every renewal by certbot',
      (p) => Object.assign(p.aws, { alarms: { certificateDays: 30 } }),
      /^aws\.alarms\.certificateDays: 30 would go off before every renewal, which begins at 30 days left; take fewer days/,
    ],
    [
      'an alarm before every renewal by wire',
      (p) => Object.assign(Object.assign(p, { tls: 'own-ca' }).aws, { alarms: { certificateDays: 60 } }),
      /^aws\.alarms\.certificateDays: 60 would go off before every renewal, which begins at 60 days left/,
    ],
    [
      'a range with host bits',
      (p) => Object.assign(p.aws, { ssh: { from: ['203.0.113.7/24'] } }),
      /^aws\.ssh\.from\[0\]: 203\.0\.113\.7\/24 has bits .* did you mean 203\.0\.113\.0\/24/,
    ],
    [
      'overlapping ranges',
      (p) => Object.assign(p.gcp, { range: '10.20.0.0/20' }),
      /^gcp\.range: 10\.20\.0\.0\/20 overlaps 10\.20\.0\.0\/24 of AWS/,
    ],
    [
      'a subnet outside its network',
      (p) => Object.assign(p.aws, { subnet: '10.21.0.0/26' }),
      /^aws\.subnet: 10\.21\.0\.0\/26 lies outside the VPC's 10\.20\.0\.0\/24/,
    ],
    [
      'a zone without T4',
      (p) => Object.assign(p.gcp, { zones: ['asia-northeast3-a'] }),
      /^gcp\.zones\[0\]: asia-northeast3-a has no T4; zones of asia-northeast3 that do: asia-northeast3-b, asia-northeast3-c/,
    ],
    [
      'a zone of another region',
      (p) => Object.assign(p.gcp, { zones: ['us-central1-a'] }),
      /^gcp\.zones\[0\]: us-central1-a is not in asia-northeast3; the static address stays/,
    ],
    [
      'an x86 image on ARM',
      (p) => Object.assign(p.aws, { image: 'ubuntu-24.04-amd64' }),
      /^aws\.image: ubuntu-24\.04-amd64 is built for x86_64 and m7g\.large is arm64; use ubuntu-24\.04-arm64/,
    ],
    [
      'a buffer pool beyond the memory',
      (p) => Object.assign(p.host, { bufferPool: '6 GiB' }),
      /^host\.bufferPool: 6 GiB and 3 GiB .* do not fit the 8 GiB of m7g\.large/,
    ],
    [
      'swap beyond the root disk',
      (p) => Object.assign(p.host, { swap: '25 GiB' }),
      /^host\.swap: 25 GiB and 10 GiB for the system do not fit the root disk of 30 GiB/,
    ],
    [
      'a maintenance window on no day',
      (p) => Object.assign(p.host, { maintenance: { day: 'someday' } }),
      /^host\.maintenance\.day: "someday" is no day; write one of sunday, .*, or never to restart by hand/,
    ],
    [
      'a maintenance window at no time',
      (p) => Object.assign(p.host, { maintenance: { time: '4am' } }),
      /^host\.maintenance\.time: "4am" is not a time of day like 04:00/,
    ],
    ...['+09:00', 'asia/seoul', 'Asia/Soul', 'KST; reboot'].map((zone): [string, (production: Production) => void, RegExp] => [
      `a maintenance window in ${zone}`,
      (p) => Object.assign(p.host, { maintenance: { zone } }),
      /^host\.maintenance\.zone: ".*" is no time zone; write a name like Asia\/Seoul, or UTC/,
    ]),
    ['no domain for TLS', (p) => delete p.domain, /^domain: is missing and tls is letsencrypt/],
    [
      'a machine that takes no T4',
      (p) => Object.assign(p.gcp, { machine: 'n2-standard-2' }),
      /^gcp\.machine: "n2-standard-2" cannot carry a T4; only N1/,
    ],
    ['an unknown machine', (p) => Object.assign(p.aws, { machine: 'm7g.huge' }), /^aws\.machine: "m7g\.huge" is no machine type we know/],
    [
      'half a gibibyte of disk',
      (p) => Object.assign(p.aws, { dataDisk: '512 MiB' }),
      /^aws\.dataDisk: 512 MiB is not a whole number of GiB/,
    ],
    [
      'an amount without a currency',
      (p) => Object.assign(p.aws, { budget: '150' }),
      /^aws\.budget: 150 is not an amount; write a whole number of dollars like 150 USD/,
    ],
    ['a missing project', (p) => delete p.gcp.project, /^gcp\.project: is missing; dojang init/],
    ['an account that is a number', (p) => Object.assign(p.aws, { account: 123456789012 }), /^aws\.account: 123456789012 must be a string/],
    ['the AI port on that of SSH', (p) => Object.assign(p.gcp, { aiPort: 22 }), /^gcp\.aiPort: 22 is the port of SSH/],
    [
      'a zone of another region on AWS',
      (p) => Object.assign(p.aws, { zone: 'us-east-1a' }),
      /^aws\.zone: us-east-1a is no zone of ap-northeast-2/,
    ],
  ];

  it.each(cases)('%s is told with path, value and remedy', (_, change, expected) => {
    const faults = said(change);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(expected);
  });

  it('tells every fault at once: one does not hide another', () => {
    const all = said((production) => {
      for (const [, change] of cases.filter(([name]) =>
        ['an unknown key', 'overlapping ranges', 'no domain for TLS', 'an x86 image on ARM'].includes(name),
      )) {
        change(production);
      }
      Object.assign(production.aws, { account: 'mine' });
    });
    expect(all.map((fault) => fault.split(':')[0])).toEqual(['aws.account', 'aws.image', 'aws.machin', 'domain', 'gcp.range']);
  });

  it('names an environment that does not exist', () => {
    expect(() => environmentOf(service, 'staging')).toThrow('no environment staging');
  });

  it('throws one error that lists the faults', () => {
    const bad = changed((production) => Object.assign(production.gcp, { aiPort: 70_000 }));
    expect(() => environmentOf(bad, 'prod')).toThrow(ConfigError);
    expect(() => environmentOf(bad, 'prod')).toThrow(/1 fault\n {2}environments\.prod\.gcp\.aiPort {3}70000 is too large; at most 65535/);
  });

  it.each([[undefined], [null], ['text'], [{}], [{ environments: 3 }]])('survives %j instead of a configuration', (written) => {
    expect(faultsOf(written).length).toBeGreaterThan(0);
  });
});

describe('the configuration of this project', () => {
  it('has no fault', () => expect(faultsOf(service)).toEqual([]));

  it('carries the figures of the reference service', () => {
    const { aws, gcp, host } = environmentOf(service, 'prod');
    expect([aws.machine, gcp.machine, gcp.gpu.type, host.swap.toString(), host.bufferPool.toString()]).toEqual([
      'm7g.large',
      'n1-standard-2',
      'nvidia-tesla-t4',
      '4 GiB',
      '1 GiB',
    ]);
  });
});

it('what dojang init writes for another service has no fault', async () => {
  const text = configTemplate({
    name: 'shop',
    owner: "o'neill",
    contact: 'ops@shop.example',
    domain: 'shop.example.com',
    account: '210987654321',
    project: 'shop-prod',
    billingAccount: '0AAAAA-0BBBBB-0CCCCC',
  });
  const body = text.slice(text.indexOf('defineService(') + 'defineService('.length, text.lastIndexOf(')'));
  const written: ServiceInput = new Function(`return (${body})`)();
  expect(faultsOf({ ...written, owner: 'team' })).toEqual([]);
  expect(written.owner).toBe("o'neill");
});
