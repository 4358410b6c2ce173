import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { ConfigError, faultsOf } from '../../../lib/config/faults.ts';
import type { ServiceInput } from '../../../lib/config/schema/schema.ts';
import { configTemplate } from '../../../lib/config/template.ts';
import { cases, type Production } from './fault-cases.ts';

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

  it.each([
    ['snap-0123456789abcdef0', 'ai-data-before-the-move'],
    ['snap-0a1b2c3d', 'd'],
  ])('the snapshots %s and %s may be named', (ofAws, ofGcp) =>
    expect(
      said((p) => {
        Object.assign(p.aws, { dataSnapshot: ofAws });
        Object.assign(p.gcp, { dataSnapshot: ofGcp });
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
      Object.assign(production.aws, { account: 'mine', dataSnapshot: 'latest' });
      Object.assign(production.gcp, { dataSnapshot: 'Latest' });
    });
    expect(all.map((fault) => fault.split(':')[0])).toEqual([
      'aws.account',
      'aws.dataSnapshot',
      'aws.image',
      'aws.machin',
      'domain',
      'gcp.dataSnapshot',
      'gcp.range',
    ]);
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
