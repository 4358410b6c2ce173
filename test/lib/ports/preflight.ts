/** Ports of a preflight on which everything is as it should be, and parts of them replaced. */
import { preflightApis } from '../../../lib/config/google-apis.ts';
import { ec2Quotas, type PreflightPorts } from '../../../lib/ports/preflight.ts';

type Parts = { readonly [Name in keyof PreflightPorts]?: Partial<PreflightPorts[Name]> };

/** Answers of an account and a project that nothing is deployed to yet. */
export function portsWith(changed: Parts = {}): PreflightPorts {
  return {
    aws: {
      access: async () => undefined,
      optIn: async () => 'opt-in-not-required',
      quota: async (code) => (code === ec2Quotas.elasticIps ? 5 : 16),
      elasticIps: async () => ({ used: 0, ours: 0 }),
      standardVcpus: async () => ({ used: 0, ours: 0 }),
      image: async () => ({ key: 'ssm:image', id: 'ami-1', state: 'available', deprecation: '2028-04-01T00:00:00.000Z' }),
      deployed: async () => ({}),
      ...changed.aws,
    },
    gcp: {
      access: async () => undefined,
      enabled: async () => preflightApis,
      billingAccount: async () => '012345-6789AB-CDEF01',
      quotas: async () => [{ metric: 'GPUS_ALL_REGIONS', limit: 1, usage: 0 }],
      region: async () => ({ status: 'UP', quotas: [{ metric: 'NVIDIA_T4_GPUS', limit: 1, usage: 0 }] }),
      image: async () => ({ name: 'common-cu129-v1', sizeGib: 50 }),
      machine: async () => undefined,
      ...changed.gcp,
    },
    internet: { resolve: async () => ['203.0.113.10'], authority: async () => 200, ...changed.internet },
    workplace: {
      node: async () => '24.21.0',
      engine: async () => '3.256.0',
      python: async () => '3.12.3',
      hasGcloud: async () => true,
      cdk: async () => ({ pinned: '2.1148.1', installed: '2.1148.1' }),
      freeGib: async () => 40,
      ...changed.workplace,
    },
    secrets: {
      describe: async (names) => Object.fromEntries(names.map((name) => [name, { kind: 'secret' as const, version: 1 }])),
      ...changed.secrets,
    },
  };
}
