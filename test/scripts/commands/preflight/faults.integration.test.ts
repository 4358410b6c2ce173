/**
 * The production code of a preflight against the embedded clouds: nothing to find, then each fault
 * switched on in turn.
 */
import { mkdtempSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { type Environment, environmentOf } from '../../../../lib/config/environment.ts';
import { namesOf } from '../../../../lib/config/names.ts';
import type { ResourceChange } from '../../../../lib/inventory/resource.ts';
import type { GcpCloud } from '../../../../lib/ports/gcp.ts';
import type { Outputs } from '../../../../lib/ports/outputs.ts';
import type { PreflightPorts } from '../../../../lib/ports/preflight.ts';
import type { CheckResult, State } from '../../../../lib/preflight/check.ts';
import { preflightChecks } from '../../../../lib/preflight/checks.ts';
import { Secret } from '../../../../lib/values/secret.ts';
import { awsSecretStore } from '../../../../scripts/io/aws/secret-store.ts';
import { awsClientConfig, type Connection, connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { pointDomain } from '../../../../scripts/local/dns/records.ts';
import { clearFaults, knownApis, linkBilling, writeFaults } from '../../../../scripts/local/gcp/index.ts';
import { createResource } from '../../../../scripts/local/gcp/resources/cloud.ts';
import { Store } from '../../../../scripts/local/gcp/resources/store.ts';
import { restServer } from '../../../../scripts/local/gcp/rest/rest.ts';
import { internet } from '../../../../scripts/local/internet.ts';
import { type PreflightFault, preflightFaults } from '../../../../scripts/local/preflight-faults.ts';
import { preflightPorts } from '../../../../scripts/runtime/clouds/preflight-ports.ts';
import { requireBootImages } from '../../../../scripts/runtime/plan/boot-image.ts';
import { runChecks } from '../../../../scripts/runtime/preflight-checks.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-preflight-'));
const clouds = { aws: join(folder, 'aws'), gcp: join(folder, 'gcp') };
const dns = join(folder, 'dns');
const local = environmentOf(service, 'local');
/** With a public name and a real sign-in provider, so that their checks are made too. */
const environment: Environment = {
  ...local,
  tls: 'letsencrypt',
  domain: 'dojang.example.com',
  signIn: { issuer: 'https://accounts.google.com', clientId: 'dojang' },
};
const store = new Store(clouds.gcp);
const server = restServer(store);
/** What is deployed. */
let outputs: Outputs = {};
let connection: Connection;

beforeAll(async () => {
  const { env } = await ensureLocalAws(clouds.aws, environment.aws, { mayStart: true, progress: () => undefined });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const rest = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  linkBilling(clouds.gcp, environment.gcp.billingAccount);
  connection = connectionFrom({
    ...process.env,
    ...env,
    GOOGLE_COMPUTE_CUSTOM_ENDPOINT: `${rest}/compute/v1/`,
    GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT: `${rest}/cloudbilling/v1/`,
    GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT: `${rest}/serviceusage/v1/`,
  });
  await awsSecretStore(environment, connection).put(
    environment.names.parameters.trust.aws['oidc-client-secret'],
    Secret.of('given'),
    'secret',
  );
});

afterAll(async () => {
  server.close();
  await stopLocalAws(clouds.aws);
  remove(folder);
});

beforeEach(() => {
  outputs = { Address: '203.0.113.10' };
  for (const name of ['dojang.example.com', 'dojang.kr']) pointDomain(dns, name, outputs.Address);
  for (const each of Object.values(clouds)) clearFaults(each);
});

function portsOf(of: Environment): PreflightPorts {
  const aws = { outputs: async () => outputs };
  return preflightPorts(of, { aws, secrets: awsSecretStore(of, connection), internet: internet({ dns, gcp: clouds.gcp }), connection });
}

/** Every check by production code; no tool of this machine is looked at. */
async function preflight(of: Environment = environment): Promise<readonly CheckResult[]> {
  const ports = portsOf(of);
  const checks = preflightChecks(of, { hosts: true, now: new Date() }).filter(({ subject }) => subject !== 'here');
  return runChecks(checks, ports);
}

function faultsIn(checks: readonly CheckResult[]): (readonly [string, string | undefined])[] {
  return checks.filter(({ state }) => state === 'fault').map(({ id, remedy }) => [id, remedy] as const);
}

it('finds nothing where nothing is wrong', async () => {
  const checks = await preflight();
  expect(checks.filter(({ state }) => state !== 'ok').map(({ id }) => id)).toEqual(['certificate-limits']);
});

describe('with a fault switched on', () => {
  /**
   * The check that finds each fault, and its remedy; none for what cannot be asked, which is shown
   * as `-`.
   */
  const cases: Readonly<Record<PreflightFault, readonly [id: string, remedy?: string, state?: State]>> = {
    'aws-credentials': ['aws-credentials', 'aws sso login'],
    'aws-account': ['aws-credentials', 'choose credentials of 123456789012'],
    'aws-region': ['aws-region', 'aws account enable-region --region-name ap-northeast-2'],
    'aws-elastic-ips': ['aws-elastic-ips', '--quota-code L-0263D0A3 --desired-value 1 --region ap-northeast-2'],
    'aws-vcpus': ['aws-vcpus', '--quota-code L-1216C47A --desired-value 2 --region ap-northeast-2'],
    'aws-quotas-denied': ['aws-vcpus'],
    'aws-image-gone': ['aws-image', 'npx cdk context --reset "ssm:account=123456789012:'],
    'aws-image-deprecated': ['aws-image', 'npx cdk synth -q, then commit cdk.context.json', 'warning'],
    'gcp-credentials': ['gcp-credentials', 'gcloud auth application-default login'],
    'gcp-permission': ['gcp-credentials', 'have a role given', 'unknown'],
    'gcp-apis': ['gcp-apis', 'gcloud services enable cloudresourcemanager.googleapis.com compute.googleapis.com --project=dojang-local'],
    'gcp-billing': ['gcp-billing', 'gcloud billing projects link dojang-local --billing-account 012345-6789AB-CDEF01'],
    'gcp-billing-account': ['gcp-billing', 'environments.local.gcp.billingAccount'],
    'gcp-billing-denied': ['gcp-billing'],
    'gcp-region': ['gcp-region', 'gcloud compute regions list --project dojang-local'],
    'gcp-gpus': ['gcp-quota-gpus-all-regions', 'https://console.cloud.google.com/iam-admin/quotas?project=dojang-local'],
    'gcp-t4': ['gcp-quota-nvidia-t4-gpus', 'https://console.cloud.google.com/iam-admin/quotas?project=dojang-local'],
    'gcp-image': ['gcp-image', 'gcloud compute images list'],
    'domain-elsewhere': ['domain', 'make the DNS entry dojang.example.com A 203.0.113.10, and no other'],
    'domain-missing': ['domain', 'make the DNS entry dojang.example.com A 203.0.113.10'],
    'authority-down': ['certificate-authority', 'https://letsencrypt.status.io'],
  };

  it.each(Object.keys(preflightFaults) as PreflightFault[])('%s is one line with its remedy', async (name) => {
    // An address that is there already needs no quota.
    if (name === 'aws-elastic-ips') outputs = {};
    for (const each of Object.values(clouds)) writeFaults(each, { preflight: [name] });
    const checks = await preflight();
    const [id, remedy, state = remedy === undefined ? 'unknown' : 'fault'] = cases[name];
    expect(faultsIn(checks).map(([each]) => each)).toEqual(state === 'fault' ? [id] : []);
    const found = checks.find((each) => each.id === id);
    expect(found).toMatchObject({ state, detail: state === 'unknown' ? expect.stringMatching(/^no permission: ./) : expect.any(String) });
    if (remedy !== undefined) expect(found?.remedy).toContain(remedy);
  });

  it('a secret that was not given is one line with its remedy', async () => {
    const names = namesOf({ ...environment, name: 'staging' });
    const staging = { ...environment, name: 'staging', names, contact: 'ops@dojang.kr', domain: 'dojang.kr', aws: environment.aws };
    expect(faultsIn(await preflight(staging)).filter(([id]) => id !== 'own-values')).toEqual([
      ['oidc-client-secret', 'dojang secret set oidc-client-secret --env staging'],
    ]);
  });
});

it('a region that is not enabled is named although its own STS refuses the credentials', async () => {
  for (const each of Object.values(clouds)) writeFaults(each, { preflight: ['aws-credentials', 'aws-region'] });
  expect(faultsIn(await preflight()).map(([id]) => id)).toEqual(['aws-credentials', 'aws-region']);
});

it('an image family that Google has retired does not exist', async () => {
  const image = 'projects/deeplearning-platform-release/global/images/family/common-cu121-debian-11';
  const [found] = faultsIn(await preflight({ ...environment, gcp: { ...environment.gcp, image } }));
  expect(found).toEqual(['gcp-image', expect.stringContaining('environments.local.gcp.image')]);
});

it.each([
  ['gcp-credentials', 'not asked: Google does not accept the credentials'],
  ['gcp-permission', 'not asked: no permission: Permission denied to get service'],
] as const)('%s is the reason why nothing else of the project could be asked', async (fault, reason) => {
  writeFaults(clouds.gcp, { preflight: [fault] });
  const others = (await preflight()).filter(({ id, subject }) => subject === 'gcp' && id !== 'gcp-credentials');
  expect(new Set(others.map(({ state, detail }) => `${state} ${detail}`))).toEqual(new Set([`unknown ${reason}`]));
});

it('the billing cannot be asked as long as its API is off, which stops nothing', async () => {
  writeFaults(clouds.gcp, { serviceDisabled: { cloudbilling: 'always' } });
  expect((await preflight()).filter(({ state, id }) => state !== 'ok' && id !== 'certificate-limits')).toEqual([
    expect.objectContaining({
      id: 'gcp-billing',
      state: 'unknown',
      detail: 'not asked: cloudbilling.googleapis.com is not enabled',
      remedy: 'gcloud services enable cloudbilling.googleapis.com --project=dojang-local, then wait some minutes',
    }),
  ]);
});

it.each(['logging', 'oslogin'])('%s can be off, and is found', async (api) => {
  writeFaults(clouds.gcp, { serviceDisabled: { [api]: 'always' } });
  expect(knownApis).toContain(api);
  expect(faultsIn(await preflight())).toEqual([
    ['gcp-apis', expect.stringContaining(`gcloud services enable ${api}.googleapis.com --project=`)],
  ]);
});

it.each([
  ['deeplearning-platform-release/common-cu129-ubuntu-2204-nvidia-580', 'ok'],
  ['deeplearning-platform-release/common-cu121-debian-11', 'fault'],
  ['common-cu129-ubuntu-2204-nvidia-580', 'unknown'],
])('an image written in short, %s, is looked up as it would be for a machine: %s', async (image, state) => {
  const checks = await preflight({ ...environment, gcp: { ...environment.gcp, image } });
  expect(checks.find(({ id }) => id === 'gcp-image')?.state).toBe(state);
});

it('what the environment uses already counts for what a larger machine needs', async () => {
  const { Instances = [] } = await new EC2Client(awsClientConfig(connection, environment.aws.region)).send(
    new RunInstancesCommand({ ImageId: (await portsOf(environment).aws.image()).id, InstanceType: 'm7g.medium', MinCount: 1, MaxCount: 1 }),
  );
  outputs = { ...outputs, InstanceId: Instances[0]?.InstanceId ?? '' };
  const { project, zones, gpu } = environment.gcp;
  const guestAccelerators = [{ type: gpu.type, count: 1 }];
  const name = `${environment.prefix}-ai`;
  await createResource(store, 'gcp:compute/instance:Instance', { project, zone: zones[0] ?? '', name, guestAccelerators });
  const larger: Environment = { ...environment, gcp: { ...environment.gcp, gpu: { ...gpu, count: 2 } } };
  for (const each of Object.values(clouds)) writeFaults(each, { preflight: ['aws-vcpus', 'gcp-gpus'] });
  expect((await preflight(larger)).filter(({ state }) => state === 'fault').map(({ id, detail }) => [id, detail])).toEqual([
    ['aws-vcpus', '1 of 1 in use, 1 more needed'],
    ['gcp-quota-gpus-all-regions', '1 of 0 in use, 1 more needed'],
  ]);
});

it('a machine is not replaced for an image that AWS does not know', async () => {
  const machine: ResourceChange = { cloud: 'aws', stack: 'host', id: 'Host', type: 'AWS::EC2::Instance', effect: 'replace', changed: [] };
  const asked = () => requireBootImages(environment, [machine], { gcp: {} as GcpCloud, preflight: portsOf(environment) });
  await expect(asked()).resolves.toBeUndefined();
  writeFaults(clouds.aws, { preflight: ['aws-image-gone'] });
  await expect(asked()).rejects.toMatchObject({ code: 'no-image', next: expect.stringContaining('npx cdk context --reset "ssm:account=') });
});

it('the project pays nothing until a billing account is linked', async () => {
  linkBilling(clouds.gcp, '');
  expect(faultsIn(await preflight())).toEqual([['gcp-billing', expect.stringContaining('gcloud billing projects link dojang-local')]]);
  linkBilling(clouds.gcp, environment.gcp.billingAccount);
});
