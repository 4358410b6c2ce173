import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { ConfigError, faultsOf } from '../../../lib/config/faults.ts';
import type { ServiceInput } from '../../../lib/config/schema/schema.ts';
import { configTemplate } from '../../../lib/config/template.ts';

type Production = Record<string, unknown> & { aws: Record<string, unknown>; gcp: Record<string, unknown>; host: Record<string, unknown> };

/** The configuration of this project with production changed by `change`. */
function changed(change: (production: Production) => void): ServiceInput {
  const copy = structuredClone(service);
  change(copy.environments.prod as unknown as Production);
  return copy;
}

/** Faults of production with this change: path without prefix, then message. */
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
      'a misspelt region of AWS, whose zone is then not judged',
      (p) => Object.assign(p.aws, { region: 'ap-norteast-2' }),
      /^aws\.region: ap-norteast-2 is no region of AWS; did you mean ap-northeast-2$/,
    ],
    [
      'a region of AWS that is near none',
      (p) => Object.assign(p.aws, { region: 'xx-middleearth-1' }),
      /^aws\.region: xx-middleearth-1 is no region of AWS; lib\/config\/regions\.ts lists those of 2026-\d\d$/,
    ],
    [
      'a misspelt region of GCP, whose zones are then not judged',
      (p) => Object.assign(p.gcp, { region: 'asia-norteast3', zones: ['asia-norteast3-b'] }),
      /^gcp\.region: asia-norteast3 is no region of GCP; did you mean asia-northeast3$/,
    ],
    [
      'a misspelt zone of GCP',
      (p) => Object.assign(p.gcp, { zones: ['asia-norteast3-b'] }),
      /^gcp\.zones\[0\]: asia-norteast3-b is not in asia-northeast3; did you mean asia-northeast3-b$/,
    ],
    [
      'a zone that its region does not have',
      (p) => Object.assign(p.gcp, { region: 'europe-west12', zones: ['europe-west12-q'] }),
      /^gcp\.zones\[0\]: europe-west12-q is no zone of europe-west12; it has europe-west12-a, europe-west12-b, europe-west12-c$/,
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
    [
      'no rate limit for everyone',
      (p) => Object.assign(p.host, { unlimited: ['0.0.0.0/0'] }),
      /^host\.unlimited\[0\]: 0\.0\.0\.0\/0 would take the rate limits off for everyone; list the addresses that load tests come from/,
    ],
    [
      'no rate limit for a half of everyone',
      (p) => Object.assign(p.host, { unlimited: ['203.0.113.0/24', '128.0.0.0/1'] }),
      /^host\.unlimited\[1\]: 128\.0\.0\.0\/1 would take the rate limits off/,
    ],
    [
      'a root disk beyond what EBS sells',
      (p) => Object.assign(p.aws, { rootDisk: '65 TiB' }),
      /^aws\.rootDisk: 66560 GiB is no size that is sold; a gp3 volume of this machine has 8 GiB to 65536 GiB/,
    ],
    [
      'a data disk beyond what EBS sells',
      (p) => Object.assign(p.aws, { dataDisk: '65537 GiB' }),
      /^aws\.dataDisk: 65537 GiB is no size that is sold; a gp3 volume has 1 GiB to 65536 GiB/,
    ],
    [
      'a boot disk smaller than GCP sells',
      (p) => Object.assign(p.gcp, { bootDisk: '9 GiB' }),
      /^gcp\.bootDisk: 9 GiB is no size that is sold; a balanced persistent disk has 10 GiB to 65536 GiB/,
    ],
    [
      'a data disk smaller than GCP sells',
      (p) => Object.assign(p.gcp, { dataDisk: '5 GiB' }),
      /^gcp\.dataDisk: 5 GiB is no size that is sold; a balanced persistent disk has 10 GiB to 65536 GiB/,
    ],
    [
      'a data disk beyond what GCP sells',
      (p) => Object.assign(p.gcp, { dataDisk: '257 TiB' }),
      /^gcp\.dataDisk: 263168 GiB is no size that is sold/,
    ],
    [
      'a contact with a quote',
      (p) => Object.assign(p, { contact: "o'neill@example.com" }),
      /^contact: "o'neill@example\.com" holds a quote or begins with a dash, which a command line could take for its own; write another address/,
    ],
    [
      'a contact that reads as an option',
      (p) => Object.assign(p, { contact: '-rf@example.com' }),
      /^contact: "-rf@example\.com" holds a quote or begins with a dash/,
    ],
    ...[
      '<client-id>',
      'YOUR_CLIENT_ID',
      'changeme',
      'your-client-id.apps.googleusercontent.com',
      'REPLACE-ME',
      'xxxx',
      'TODO',
      '...',
      'client-id',
      'my-client-id',
      'insert-client-id-here',
      'client_id.apps.googleusercontent.com',
    ].map((clientId): [string, (production: Production) => void, RegExp] => [
      `the client id ${clientId}`,
      (p) => Object.assign(p, { signIn: { issuer: 'https://accounts.google.com', clientId } }),
      /^signIn\.clientId: ".+" is a placeholder; write the value that the sign-in provider gave you/,
    ]),
    [
      'a model that is a placeholder',
      (p) => Object.assign(p, { ai: { engine: 'endpoint', endpoint: 'https://models.example.com/v1', model: '<model>' } }),
      /^ai\.model: "<model>" is a placeholder; write the name that the endpoint knows the model by/,
    ],
  ];

  it.each(['dojang', 'dojang-client', 'dojang-client-id', '0oa1client', 'inserted-3'])('the client id %s may be one', (clientId) => {
    expect(said((p) => Object.assign(p, { signIn: { issuer: 'https://accounts.google.com', clientId } }))).toEqual([]);
  });

  it.each([
    'http://192.0.2.evil.example',
    'http://192.0.2.20.evil.example',
    'http://192.0.2.20@evil.example',
    'http://192.0.2.@evil.example/',
    'http://evil.example',
    'ftp://accounts.example.com',
  ])('the issuer %s would be asked unprotected', (issuer) => {
    expect(said((p) => Object.assign(p, { signIn: { issuer, clientId: 'dojang' } }))).toEqual([
      `signIn.issuer: ${issuer} would send sign-ins over the network unprotected; write an https:// address`,
    ]);
  });

  it.each(['https://accounts.google.com@evil.example', 'https://kim:secret@accounts.example.com', 'https://accounts.example.com/?x=1'])(
    'the issuer %s is no issuer',
    (issuer) => {
      expect(said((p) => Object.assign(p, { signIn: { issuer, clientId: 'dojang' } }))).toEqual([
        `signIn.issuer: ${issuer} has a user, a query or a fragment, which no issuer has; write it as the provider does, like https://accounts.example.com`,
      ]);
    },
  );

  it.each(['https://accounts.google.com', 'https://login.example.com/realms/shop', 'http://192.0.2.20', 'http://192.0.2.20:8080/oidc'])(
    'the issuer %s is right',
    (issuer) => expect(said((p) => Object.assign(p, { signIn: { issuer, clientId: 'dojang' } }))).toEqual([]),
  );

  const endpoint = (address: string) => said((p) => Object.assign(p, { ai: { engine: 'endpoint', endpoint: address, model: 'small' } }));

  it.each(['file:///etc/passwd', 'ftp://models.example.com/v1', 'gopher://127.0.0.1/', 'javascript:alert(1)'])(
    'the endpoint %s is asked by no protocol that we speak',
    (address) => {
      expect(endpoint(address)).toEqual([
        `ai.endpoint: ${address} is neither http nor https; write an address like http://127.0.0.1:8001/v1`,
      ]);
    },
  );

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://169.254.0.1/v1',
    'http://2852039166/v1',
    'http://0xa9fea9fe/v1',
    'http://0251.0376.0251.0376/v1',
    'http://0xa9.254.43518/v1',
    'http://[::ffff:169.254.169.254]/v1',
    'http://[::ffff:a9fe:a9fe]/v1',
    'http://[64:ff9b::a9fe:a9fe]/v1',
    'http://[2002:a9fe:a9fe::1]/v1',
    'http://[fe80::1]/v1',
    'http://[febf::1]/v1',
    'http://[fd00:ec2::254]/v1',
    'http://metadata.google.internal/computeMetadata/v1',
    'http://METADATA.google.internal./v1',
    'http://metadata/v1',
    'http://instance-data.ec2.internal/v1',
  ])('the endpoint %s is where machines keep their credentials', (address) => {
    expect(endpoint(address)).toEqual([
      `ai.endpoint: ${address} is a link-local or metadata address, where a machine finds its own credentials; write the address of the model server`,
    ]);
  });

  it('a key in the endpoint is refused without showing it', () => {
    expect(endpoint('https://kim:hunter2@models.example.com/v1')).toEqual([
      'ai.endpoint: https://models.example.com/v1 has a user or a password in it, which would lie in the repository; leave it out and use dojang secret set model-key',
    ]);
  });

  it.each([
    'http://127.0.0.1:8001/v1',
    'http://10.30.0.5:8000/v1',
    'https://api.openai.com/v1',
    'http://[::1]:8001/v1',
    'http://169.253.1.1/v1',
  ])('the endpoint %s is right', (address) => expect(endpoint(address)).toEqual([]));

  it.each(['o.neill+alarms@example.com', 'ops-team@example.com'])('the contact %s is right', (contact) =>
    expect(said((p) => Object.assign(p, { contact }))).toEqual([]),
  );

  it.each(['1 TiB', '64 TiB'])('a data disk of %s is sold on both clouds', (dataDisk) =>
    expect(
      said((p) => {
        Object.assign(p.aws, { dataDisk });
        Object.assign(p.gcp, { dataDisk });
      }),
    ).toEqual([]),
  );

  it.each(cases)('%s is reported with path, value and remedy', (_, change, expected) => {
    const faults = said(change);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(expected);
  });

  it('reports all faults at once: one does not hide another', () => {
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

  it('reports all dangerous addresses at once', () => {
    const all = said((production) => {
      Object.assign(production.host, { unlimited: ['0.0.0.0/1', '128.0.0.0/1'] });
      Object.assign(production, {
        contact: '-x@example.com',
        signIn: { issuer: 'http://192.0.2.20@evil.example', clientId: '<id>' },
        ai: { engine: 'endpoint', endpoint: 'http://169.254.169.254/', model: '<model>' },
      });
      Object.assign(production.gcp, { dataDisk: '65 TiB' });
    });
    expect(all.map((fault) => fault.split(':')[0])).toEqual([
      'ai.endpoint',
      'ai.model',
      'contact',
      'gcp.dataDisk',
      'host.unlimited[0]',
      'host.unlimited[1]',
      'signIn.clientId',
      'signIn.issuer',
    ]);
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
