import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { type Environment, environmentOf } from '../../../lib/config/environment.ts';
import { preflightApis } from '../../../lib/config/google-apis.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { ec2Quotas } from '../../../lib/ports/preflight.ts';
import { preflightChecks } from '../../../lib/preflight/checks.ts';
import { findings, image, never, now, type Parts, prod, verdictsOf } from './production.ts';

describe('a preflight of production', () => {
  it('finds nothing where everything is granted', async () => expect(await findings()).toEqual([]));

  it('says what no one can know, and that it is no success', async () => {
    expect((await verdictsOf()).get('certificate-limits')).toMatchObject({
      state: 'unknown',
      detail: expect.stringContaining('5 failed tries an hour'),
    });
  });

  it.each([
    ['aws' as const, 'aws-credentials', 'dojang up'],
    ['gcp' as const, 'gcp-credentials', 'gcloud auth application-default login'],
  ])('what stands in the way of asking %s is the fault of its credentials', async (cloud, id, next) => {
    const access = async () => Promise.reject(new DojangError('no-credentials', 'they have expired', { next }));
    expect(await findings({ [cloud]: { access } })).toEqual([[id, 'fault', 'they have expired', next]]);
  });

  it.each(['no-permission', 'google-refused', 'google-unreachable'] as const)('%s of Google is unknown, with its remedy', async (code) => {
    const access = async () => Promise.reject(new DojangError(code, 'Google says no', { next: 'do this' }));
    expect(await findings({ gcp: { access } })).toEqual([['gcp-credentials', 'unknown', 'Google says no', 'do this']]);
  });

  it('an API that only the preflight asks is no fault', async () => {
    const enabled = async () => preflightApis.filter((api) => !/cloudbilling/.test(api));
    const billingAccount = async () => Promise.reject(new DojangError('api-disabled', 'it is off', { next: 'enable it' }));
    expect(await findings({ gcp: { enabled, billingAccount } })).toEqual([['gcp-billing', 'unknown', 'it is off', 'enable it']]);
  });

  it('a project that does not exist is a fault', async () => {
    const access = async () => Promise.reject(new DojangError('no-project', 'there is no project x', { next: 'gcloud projects create x' }));
    expect(await findings({ gcp: { access } })).toEqual([
      ['gcp-credentials', 'fault', 'there is no project x', 'gcloud projects create x'],
    ]);
  });

  it('a question that may not be asked is unknown, with the reason', async () => {
    const found = await findings({ aws: { quota: never, image: never }, gcp: { billingAccount: never, quotas: never } });
    expect(found.map(([id, state, detail]) => [id, state, detail])).toEqual(
      ['aws-elastic-ips', 'aws-vcpus', 'aws-image', 'gcp-billing', 'gcp-quota-gpus-all-regions'].map((id) => [
        id,
        'unknown',
        'no permission: User may not ask',
      ]),
    );
  });

  it('a region that does not exist hides its quotas: one fault', async () => {
    expect((await findings({ gcp: { region: async () => undefined } })).map(([id, state]) => [id, state])).toEqual([
      ['gcp-region', 'fault'],
      ['gcp-quota-nvidia-t4-gpus', 'unknown'],
    ]);
  });

  it('needs no room for what is there already', async () => {
    const full = {
      aws: {
        quota: async (code: string) => (code === ec2Quotas.elasticIps ? 1 : 2),
        elasticIps: async () => ({ used: 1, ours: 1 }),
        standardVcpus: async () => ({ used: 2, ours: 2 }),
        deployed: async () => ({ address: '203.0.113.10', instanceId: 'i-1' }),
      },
      gcp: {
        machine: async () => ({ gpus: 1 }),
        quotas: async () => [{ metric: 'GPUS_ALL_REGIONS', limit: 1, usage: 1 }],
        region: async () => ({ status: 'UP', quotas: [{ metric: 'NVIDIA_T4_GPUS', limit: 1, usage: 1 }] }),
      },
    };
    expect(await findings(full)).toEqual([]);
  });

  it('warns of a quota below what is in use, which a stopped machine could not start with', async () => {
    const deployed = async () => ({ address: '203.0.113.10', instanceId: 'i-1' });
    const quota = async (code: string) => (code === ec2Quotas.elasticIps ? 5 : 1);
    const gpus = { machine: async () => ({ gpus: 1 }), quotas: async () => [{ metric: 'GPUS_ALL_REGIONS', limit: 0, usage: 1 }] };
    const words = (used: number, limit: number) =>
      `${used} in use, more than the quota of ${limit}: what is there stays, and could not be made or started again`;
    expect(await findings({ aws: { deployed, quota, standardVcpus: async () => ({ used: 4, ours: 4 }) }, gcp: gpus })).toEqual([
      ['aws-vcpus', 'warning', words(4, 1), expect.stringContaining('--desired-value 4')],
      ['gcp-quota-gpus-all-regions', 'warning', words(1, 0), expect.stringContaining('ask for 1 of GPUS_ALL_REGIONS')],
    ]);
  });

  it('needs room for what a larger machine has more', async () => {
    const deployed = async () => ({ address: '203.0.113.10', instanceId: 'i-1' });
    const larger: Environment = {
      ...prod,
      aws: { ...prod.aws, machine: 'm7g.2xlarge' },
      gcp: { ...prod.gcp, gpu: { ...prod.gcp.gpu, count: 4 } },
    };
    const gpus = (metric: string) => [{ metric, limit: 1, usage: 1 }];
    const parts: Parts = {
      aws: { deployed, quota: async (code) => (code === ec2Quotas.elasticIps ? 5 : 7), standardVcpus: async () => ({ used: 2, ours: 2 }) },
      gcp: {
        machine: async () => ({ gpus: 1 }),
        quotas: async () => gpus('GPUS_ALL_REGIONS'),
        region: async () => ({ status: 'UP', quotas: gpus('NVIDIA_T4_GPUS') }),
      },
    };
    expect(await findings(parts, larger)).toEqual([
      ['aws-vcpus', 'fault', '2 of 7 in use, 6 more needed', expect.stringContaining('--desired-value 8')],
      ['gcp-quota-gpus-all-regions', 'fault', '1 of 1 in use, 3 more needed', expect.stringContaining('ask for 4 of GPUS_ALL_REGIONS')],
      ['gcp-quota-nvidia-t4-gpus', 'fault', '1 of 1 in use, 3 more needed', expect.stringContaining('ask for 4 of NVIDIA_T4_GPUS')],
    ]);
    const quota = async () => 8;
    const granted = await verdictsOf({ ...parts, aws: { ...parts.aws, quota } }, larger);
    expect(granted.get('aws-vcpus')).toEqual({ state: 'ok', detail: '2 of 8 in use, 6 needed' });
  });

  it('does not stop a machine that runs with an image that has become old', async () => {
    const old = {
      image: async () => ({ ...image, deprecation: '2026-04-01T00:00:00.000Z' }),
      deployed: async () => ({ address: '203.0.113.10', instanceId: 'i-1' }),
    };
    expect(await findings({ aws: old })).toEqual([]);
  });

  it.each<[string, Parts, string, string]>([
    ['gone', { aws: { image: async () => ({ key: 'ssm:image', id: 'ami-1' }) } }, 'aws-image', 'ami-1 does not exist'],
    ['disabled', { aws: { image: async () => ({ ...image, state: 'disabled' }) } }, 'aws-image', 'ami-1 is disabled'],
    ['retired', { gcp: { image: async () => undefined } }, 'gcp-image', 'common-cu129-ubuntu-2204-nvidia-580 does not exist'],
    ['obsolete', { gcp: { image: async () => ({ name: 'old', sizeGib: 50, deprecated: 'OBSOLETE' }) } }, 'gcp-image', 'old is obsolete'],
    ['larger than the boot disk', { gcp: { image: async () => ({ name: 'big', sizeGib: 100 }) } }, 'gcp-image', 'big holds 100 GiB'],
  ])('a machine that runs needs its image no more: one that is %s is a warning', async (_, { aws, gcp }, id, detail) => {
    const deployed = async () => ({ address: '203.0.113.10', instanceId: 'i-1' });
    const found = await findings({ aws: { deployed, ...aws }, gcp: { machine: async () => ({ gpus: 1 }), ...gcp } });
    expect(found.map(([each, state]) => [each, state])).toEqual([[id, 'warning']]);
    expect(found[0]?.[2]).toContain(detail);
    expect(found[0]?.[2]).toContain('the machine runs without it');
  });

  it('a deprecated image still starts: a warning before there is a machine', async () => {
    const found = await findings({ aws: { image: async () => ({ ...image, deprecation: '2026-04-01T00:00:00.000Z' }) } });
    expect(found).toEqual([
      ['aws-image', 'warning', 'ami-1 is deprecated since 2026-04-01', expect.stringContaining('npx cdk context --reset')],
    ]);
  });

  it('warns of what up makes by itself, and of gcloud once the machine is there', async () => {
    const found = await findings({
      workplace: { engine: async () => undefined, hasGcloud: async () => false },
      gcp: { machine: async () => ({ gpus: 1 }) },
    });
    expect(found.map(([id, state]) => [id, state])).toEqual([
      ['pulumi', 'warning'],
      ['gcloud', 'warning'],
    ]);
  });

  it.each<[string, Parts, string, string]>([
    ['the authority is down', { internet: { authority: async () => 503 } }, 'certificate-authority', 'its directory answers 503'],
    ['the domain points elsewhere', { internet: { resolve: async () => ['198.51.100.7'] } }, 'domain', 'resolves to 198.51.100.7'],
    ['the domain is gone', { internet: { resolve: async () => [] } }, 'domain', 'resolves to nothing'],
  ])('an environment that has its machine is changed although %s: a warning', async (_, { internet }, id, detail) => {
    const deployed = async () => ({ address: '203.0.113.10', instanceId: 'i-1' });
    expect((await findings({ aws: { deployed }, internet })).map(([each, state, text]) => [each, state, text])).toEqual([
      [id, 'warning', expect.stringContaining(detail)],
    ]);
  });

  it('the authority is asked although AWS cannot be', async () => {
    const found = await findings({ aws: { deployed: never }, internet: { authority: async () => 503 } });
    expect(found.filter(([id]) => id === 'certificate-authority').map(([, state]) => state)).toEqual(['fault']);
  });

  it('cannot judge the domain before there is an address', async () => {
    expect((await findings({ aws: { deployed: async () => ({}) } })).map(([id, state]) => [id, state])).toEqual([['domain', 'unknown']]);
  });

  it('names every example that was left in the configuration', async () => {
    const [found] = await findings({ gcp: { billingAccount: async () => '012345-6789AB-CDEF01' } }, environmentOf(service, 'prod'));
    expect(found?.slice(0, 2)).toEqual(['own-values', 'fault']);
    for (const value of [
      'contact (ops@example.com)',
      'domain (dojang.example.com)',
      'aws.account (123456789012)',
      'gcp.billingAccount (012345-6789AB-CDEF01)',
      'signIn.clientId (dojang-prod.apps',
    ])
      expect(found?.[2]).toContain(value);
  });

  it('wants the key of a model elsewhere, as a warning', async () => {
    const ai = { engine: 'endpoint', endpoint: 'https://models.dojang.kr/v1', model: 'small' } as const;
    const describe = async (names: readonly string[]) =>
      Object.fromEntries(
        names.filter((name) => !name.endsWith('model-key')).map((name) => [name, { kind: 'secret' as const, version: 1 }]),
      );
    const found = await findings({ secrets: { describe } }, { ...prod, ai });
    expect(found).toEqual([['model-key', 'warning', 'not given; most model servers want one', 'dojang secret set model-key --env prod']]);
  });
});

it('without machines nothing is asked of domain, certificates, secrets, gcloud and what the releases need', () => {
  const ids = preflightChecks(prod, { hosts: false, now }).map(({ id }) => id);
  for (const id of ['domain', 'certificate-authority', 'oidc-client-secret', 'gcloud', 'python', 'disk']) expect(ids).not.toContain(id);
  expect(ids).toContain('aws-credentials');
});

it('the embedded clouds are asked for neither certificates nor secrets nor values of their own', () => {
  const subjects = preflightChecks(environmentOf(service, 'local'), { hosts: true, now }).map(({ subject }) => subject);
  expect(subjects).not.toContain('service');
});
