/** A preflight on the embedded clouds: nothing to find, then each fault switched on in turn. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../lib/preflight/check.ts';
import { clearFaults, writeFaults } from '../../scripts/local/gcp/index.ts';
import { type PreflightFault, preflightFaults } from '../../scripts/local/preflight-faults.ts';
import { Clone } from './clone.ts';

const clone = new Clone();
const folders = ['aws', 'gcp'].map((cloud) => join(clone.folder, '.dojang/local', cloud));

beforeAll(async () => {
  // A real sign-in provider and a public name, so that their checks are made too.
  clone.edit(
    'dojang.config.ts',
    "signIn: { issuer: 'http://192.0.2.20', clientId: 'dojang' }",
    "signIn: { issuer: 'https://accounts.google.com', clientId: 'dojang' }",
  );
  clone.edit('dojang.config.ts', "tls: 'own-ca',", "tls: 'letsencrypt',\n      domain: 'dojang.example.com',");
  const first = await clone.up('--only', 'preflight', 'aws-account', 'aws-addresses');
  expect(first.code, first.text).toBe(0);
  expect(first.text).toMatch(/✓ preflight +\d+ s +17 of 17 checks passed/);
});

afterAll(() => clone.remove());

/** What a preflight answers now: the exit code and every check. */
async function preflight(): Promise<{ readonly code: number | null; readonly checks: readonly CheckResult[] }> {
  const { code, text } = await clone.dojang('preflight', '--json');
  const { checks } = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as { readonly checks: readonly CheckResult[] };
  return { code, checks };
}

function show(...faults: readonly PreflightFault[]): void {
  for (const folder of folders) writeFaults(folder, { preflight: faults });
}

it('a secret that was not given is the one fault; given, there is none', async () => {
  const before = await preflight();
  expect(before.code).toBe(1);
  expect(faultsIn(before.checks)).toEqual([
    ['oidc-client-secret', expect.stringContaining('dojang secret set oidc-client-secret --env local')],
  ]);
  const set = await clone.run('bash', ['-c', 'printf given | node bin/dojang.ts secret set oidc-client-secret']);
  expect(set.code, set.text).toBe(0);
  const after = await preflight();
  expect(faultsIn(after.checks)).toEqual([]);
  expect(after.code).toBe(0);
});

describe('with a fault switched on', () => {
  /** The check that finds each fault, and its remedy; none for what can't be asked, which is shown as `-`. */
  const found: Readonly<Record<PreflightFault, readonly [id: string, remedy?: string]>> = {
    'aws-credentials': ['aws-credentials', 'aws sso login'],
    'aws-account': ['aws-credentials', 'choose credentials of 123456789012'],
    'aws-region': ['aws-region', 'aws account enable-region --region-name ap-northeast-2'],
    'aws-elastic-ips': ['aws-elastic-ips', ''],
    'aws-vcpus': ['aws-vcpus', '--quota-code L-1216C47A --desired-value 2 --region ap-northeast-2'],
    'aws-quotas-denied': ['aws-vcpus'],
    'aws-image-gone': ['aws-image', 'npx cdk context --reset "ssm:account=123456789012:'],
    'aws-image-deprecated': ['aws-image', 'npx cdk synth -q, then commit cdk.context.json'],
    'gcp-credentials': ['gcp-credentials', 'gcloud auth application-default login'],
    'gcp-permission': ['gcp-credentials', 'have a role given'],
    'gcp-apis': ['gcp-apis', 'gcloud services enable cloudresourcemanager.googleapis.com compute.googleapis.com --project dojang-local'],
    'gcp-billing': ['gcp-billing', 'gcloud billing projects link dojang-local --billing-account 012345-6789AB-CDEF01'],
    'gcp-billing-account': ['gcp-billing', 'environments.local.gcp.billingAccount'],
    'gcp-billing-denied': ['gcp-billing'],
    'gcp-region': ['gcp-region', 'gcloud compute regions list --project dojang-local'],
    'gcp-gpus': ['gcp-quota-gpus-all-regions', 'https://console.cloud.google.com/iam-admin/quotas?project=dojang-local'],
    'gcp-t4': ['gcp-quota-nvidia-t4-gpus', 'https://console.cloud.google.com/iam-admin/quotas?project=dojang-local'],
    'gcp-image': ['gcp-image', 'gcloud compute images list'],
    'domain-elsewhere': ['domain', 'make the DNS entry dojang.example.com A 203.0.113.10'],
    'domain-missing': ['domain', 'make the DNS entry dojang.example.com A 203.0.113.10'],
    'authority-down': ['certificate-authority', 'https://letsencrypt.status.io'],
  };
  // The address is there already, so no further one is needed: see below.
  const names = Object.keys(preflightFaults).filter((name) => name !== 'aws-elastic-ips') as PreflightFault[];

  it.each(names)('%s is one line with its remedy', async (name) => {
    show(name);
    const { code, checks } = await preflight();
    const [id, remedy] = found[name];
    if (remedy === undefined) {
      expect(faultsIn(checks)).toEqual([]);
      expect(checks.find((each) => each.id === id)).toMatchObject({ state: 'unknown', detail: expect.stringMatching(/^no permission: ./) });
      expect(code).toBe(0);
    } else {
      expect(faultsIn(checks)).toEqual([[id, expect.stringContaining(remedy)]]);
      expect(code).toBe(1);
    }
  });

  it('stops up before it changes anything', async () => {
    const command = await clone.dojang('local', 'fault', '--preflight', 'gcp-gpus');
    expect(command.text).toContain('the quota GPUS_ALL_REGIONS is 0');
    const { code, text } = await clone.up();
    expect(code).toBe(1);
    expect(text).toMatch(/✗ preflight/);
    expect(text).toContain('local is not ready: gcp quota GPUS_ALL_REGIONS');
    expect(text).not.toMatch(/aws account|guard/);
  });

  it('names the faults there are for a wrong name', async () => {
    const { code, text } = await clone.dojang('local', 'fault', '--preflight', 'nonsense');
    expect(code).toBe(1);
    expect(text).toContain('aws-elastic-ips');
  });
});

it('without an Elastic IP of its own, a full quota is the one fault, and the domain cannot be judged', async () => {
  for (const folder of folders) clearFaults(folder);
  const down = await clone.dojang('down', '--all', '--yes');
  expect(down.code, down.text).toBe(0);
  const account = await clone.up('--only', 'aws-account');
  expect(account.code, account.text).toBe(0);
  show('aws-elastic-ips');
  const { checks } = await preflight();
  expect(faultsIn(checks)).toEqual([
    ['aws-elastic-ips', expect.stringContaining('--quota-code L-0263D0A3 --desired-value 1')],
    ['oidc-client-secret', expect.anything()],
  ]);
  expect(checks.find(({ id }) => id === 'domain')).toMatchObject({ state: 'unknown' });
});

function faultsIn(checks: readonly CheckResult[]): (readonly [string, string | undefined])[] {
  return checks.filter(({ state }) => state === 'fault').map(({ id, remedy }) => [id, remedy] as const);
}
