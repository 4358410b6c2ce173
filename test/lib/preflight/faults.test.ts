import { describe, expect, it } from 'vitest';
import { preflightApis } from '../../../lib/config/google-apis.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { ec2Quotas } from '../../../lib/ports/preflight.ts';
import { domain, findings, image, type Parts } from './production.ts';

describe('a preflight of production finds', () => {
  const cases: [string, Parts, string, string, string][] = [
    [
      'a region that is not enabled',
      { aws: { optIn: async () => 'not-opted-in' } },
      'aws-region',
      'ap-northeast-2 is not enabled for the account',
      'aws account enable-region --region-name ap-northeast-2',
    ],
    [
      'a region that does not exist',
      { aws: { optIn: async () => undefined } },
      'aws-region',
      'ap-northeast-2 is no region of AWS',
      'aws ec2 describe-regions',
    ],
    [
      'no vCPU',
      { aws: { quota: async (code) => (code === ec2Quotas.standardVcpus ? 1 : 5) } },
      'aws-vcpus',
      '0 of 1 in use, 2 more needed',
      '--quota-code L-1216C47A --desired-value 2 --region ap-northeast-2',
    ],
    [
      'vCPUs taken by others',
      { aws: { standardVcpus: async () => ({ used: 15, ours: 0 }) } },
      'aws-vcpus',
      '15 of 16 in use, 2 more needed',
      '--desired-value 17',
    ],
    [
      'no Elastic IP left',
      { aws: { elasticIps: async () => ({ used: 5, ours: 0 }), deployed: async () => ({}) } },
      'aws-elastic-ips',
      '5 of 5 in use, 1 more needed',
      '--quota-code L-0263D0A3 --desired-value 6',
    ],
    [
      'an image that is not pinned',
      { aws: { image: async () => ({ key: 'ssm:image' }) } },
      'aws-image',
      'no image is pinned',
      'npx cdk synth -q',
    ],
    [
      'an image that is gone',
      { aws: { image: async () => ({ key: 'ssm:image', id: 'ami-1' }) } },
      'aws-image',
      'ami-1 does not exist',
      'npx cdk context --reset "ssm:image"',
    ],
    [
      'an image that is disabled',
      { aws: { image: async () => ({ ...image, state: 'disabled' }) } },
      'aws-image',
      'ami-1 is disabled',
      'npx cdk context --reset',
    ],
    [
      'APIs that are off',
      { gcp: { enabled: async () => preflightApis.filter((api) => !/iap|compute|cloudbilling/.test(api)) } },
      'gcp-apis',
      'compute, iap not enabled',
      'gcloud services enable cloudbilling.googleapis.com compute.googleapis.com iap.googleapis.com --project=dojang-prod',
    ],
    [
      'a project without billing',
      { gcp: { billingAccount: async () => undefined } },
      'gcp-billing',
      'nothing pays for dojang-prod',
      'gcloud billing projects link dojang-prod --billing-account 0AAAAA-0BBBBB-0CCCCC',
    ],
    [
      'another billing account',
      { gcp: { billingAccount: async () => '0FFFFF-0FFFFF-0FFFFF' } },
      'gcp-billing',
      'the budget would watch another account',
      'environments.prod.gcp.billingAccount',
    ],
    [
      'no GPU in the project',
      { gcp: { quotas: async () => [{ metric: 'GPUS_ALL_REGIONS', limit: 0, usage: 0 }] } },
      'gcp-quota-gpus-all-regions',
      '0 of 0 in use, 1 more needed',
      'https://console.cloud.google.com/iam-admin/quotas?project=dojang-prod',
    ],
    [
      'a quota that is not listed',
      { gcp: { region: async () => ({ status: 'UP', quotas: [] }) } },
      'gcp-quota-nvidia-t4-gpus',
      '0 of 0 in use, 1 more needed',
      'ask for 1 of NVIDIA_T4_GPUS in asia-northeast3',
    ],
    [
      'a region that is down',
      { gcp: { region: async () => ({ status: 'DOWN', quotas: [{ metric: 'NVIDIA_T4_GPUS', limit: 1, usage: 0 }] }) } },
      'gcp-region',
      'asia-northeast3 is DOWN',
      'https://status.cloud.google.com',
    ],
    [
      'an image family that is retired',
      { gcp: { image: async () => undefined } },
      'gcp-image',
      'common-cu129-ubuntu-2204-nvidia-580 does not exist',
      'gcloud compute images list --project=deeplearning-platform-release',
    ],
    [
      'an obsolete image',
      { gcp: { image: async () => ({ name: 'old', sizeGib: 50, deprecated: 'OBSOLETE' }) } },
      'gcp-image',
      'old is obsolete',
      'environments.prod.gcp.image',
    ],
    [
      'an image larger than the boot disk',
      { gcp: { image: async () => ({ name: 'big', sizeGib: 100 }) } },
      'gcp-image',
      'big holds 100 GiB, the boot disk 50 GiB',
      'set environments.prod.gcp.bootDisk to 100 GiB',
    ],
    [
      'a domain that does not exist',
      { internet: { resolve: async () => [] } },
      'domain',
      `${domain} resolves to nothing`,
      `make the DNS entry ${domain} A 203.0.113.10`,
    ],
    [
      'a domain that points elsewhere',
      { internet: { resolve: async () => ['198.51.100.7'] } },
      'domain',
      'resolves to 198.51.100.7',
      `${domain} A 203.0.113.10, and no other`,
    ],
    [
      'a second address of the domain',
      { internet: { resolve: async () => ['203.0.113.10', '198.51.100.7'] } },
      'domain',
      'resolves to 198.51.100.7',
      'and no other',
    ],
    [
      'an IPv6 address of the domain',
      { internet: { resolve: async () => ['203.0.113.10', '2001:db8::1'] } },
      'domain',
      'resolves to 2001:db8::1, and IPv6 is asked first',
      'and no other',
    ],
    [
      'an authority that is down',
      { internet: { authority: async () => 503 } },
      'certificate-authority',
      'its directory answers 503',
      'https://letsencrypt.status.io',
    ],
    [
      'a secret that was not given',
      { secrets: { describe: async () => ({}) } },
      'oidc-client-secret',
      'not given; https://accounts.google.com',
      'dojang secret set oidc-client-secret --env prod',
    ],
    ['an old Node', { workplace: { node: async () => '20.19.2' } }, 'node', '20.19.2, 24 is needed', 'npm ci'],
    [
      'no Python',
      {
        workplace: {
          python: async () =>
            Promise.reject(new DojangError('no-python', 'python3 is not installed', { next: 'apt install python3 python3-venv' })),
        },
      },
      'python',
      'python3 is not installed',
      'apt install python3 python3-venv',
    ],
    [
      'another CDK',
      { workplace: { cdk: async () => ({ pinned: '2.1148.1', installed: '3.0.0' }) } },
      'cdk',
      '3.0.0, 2.1148.1 is pinned',
      'npm ci',
    ],
    ['a full disk', { workplace: { freeGib: async () => 0.4 } }, 'disk', '0.4 GiB, 3 are needed', 'free some'],
    [
      'no gcloud before the first contact',
      { workplace: { hasGcloud: async () => false } },
      'gcloud',
      'not on PATH',
      'https://cloud.google.com/sdk/docs/install',
    ],
  ];

  it.each(cases)('%s is one fault with its remedy', async (_, changed, id, detail, remedy) => {
    const found = (await findings(changed)).filter(([, state]) => state === 'fault');
    expect(found.map(([each]) => each)).toEqual([id]);
    expect(found[0]?.[2]).toContain(detail);
    expect(found[0]?.[3]).toContain(remedy);
  });
});
