/** cdk and pulumi, the tools below `dojang`, used by themselves on the embedded clouds. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clone } from './clone.ts';

const clone = new Clone();
let env: Record<string, string>;

beforeAll(async () => {
  // Only the clouds: nothing is deployed by dojang.
  const { code, text } = await clone.up('--only', 'aws-account');
  expect(code, text).toBe(0);
  env = await clone.cloudEnv();
});

afterAll(() => clone.remove());

describe('cdk', () => {
  const cdk = (...args: string[]) => clone.run('npx', ['cdk', ...args], env);

  it('synth, deploy --all, and a diff that is clean after it, of production', async () => {
    const synth = await cdk('synth', '-q');
    expect(synth.code, synth.text).toBe(0);
    const deploy = await cdk('deploy', '--all', '--method=direct', '--require-approval=never');
    expect(deploy.code, deploy.text).toBe(0);
    expect(deploy.text).toContain('dojang-prod-addresses.Address = 203.0.113.10');
    const diff = await cdk('diff', '--fail');
    expect(diff.code, diff.text).toBe(0);
    expect(diff.text).toContain('Number of stacks with differences: 0');
    const again = await cdk('deploy', '--all', '--method=direct', '--require-approval=never');
    expect(again.text.match(/\(no changes\)/g)).toHaveLength(3);
  });

  it('updates in place, and the diff says so', async () => {
    clone.edit('dojang.config.ts', 'alarms: { cpu: 80,', 'alarms: { cpu: 75,');
    const diff = await cdk('diff', '--fail');
    expect(diff.code).toBe(1);
    expect(diff.text).toMatch(/\[-\] 80\s+.*\[\+\] 75/);
    const deploy = await cdk('deploy', '--all', '--method=direct', '--require-approval=never');
    expect(deploy.code, deploy.text).toBe(0);
    expect((await cdk('diff', '--fail')).code).toBe(0);
  });

  it('synth fails on a finding that is not acknowledged', async () => {
    clone.edit('lib/constructs/storage/data-volume.ts', 'encrypted: true', 'encrypted: false');
    const { code, text } = await cdk('synth', '-q', '--context', 'approve=DataVolume');
    clone.edit('lib/constructs/storage/data-volume.ts', 'encrypted: false', 'encrypted: true');
    expect(code).toBe(1);
    expect(text).toContain('EC26');
  });
});

describe('pulumi', () => {
  const pulumi = (...args: string[]) => clone.run('pulumi', [...args, '--non-interactive'], env);

  it('preview and up on the real engine, and nothing to change after it', async () => {
    expect((await pulumi('stack', 'init', 'prod')).code).toBe(0);
    const without = await pulumi('preview');
    expect(without.code).not.toBe(0);
    expect(without.text).toContain('pulumi config set awsAddress');
    expect((await pulumi('config', 'set', 'awsAddress', '203.0.113.10')).code).toBe(0);
    const preview = await pulumi('preview');
    expect(preview.code, preview.text).toBe(0);
    const up = await pulumi('up', '--yes');
    expect(up.code, up.text).toBe(0);
    expect(up.text).toMatch(/address +: "198\.51\.100\.10"/);
    const again = await pulumi('up', '--yes', '--expect-no-changes');
    expect(again.code, again.text).toBe(0);
  });

  it('refuses a peer that is no single address', async () => {
    await pulumi('config', 'set', 'awsAddress', '203.0.113.0/24');
    const { code, text } = await pulumi('preview');
    await pulumi('config', 'set', 'awsAddress', '203.0.113.10');
    expect(code).not.toBe(0);
    expect(text).toContain('203.0.113.0/24');
  });

  it('does not replace the data disk when its zone changes, nor delete an address that leaves the program', async () => {
    await pulumi('config', 'set', 'zone', 'asia-northeast3-c');
    const zone = await pulumi('preview');
    expect(zone.code).not.toBe(0);
    expect(zone.text).toMatch(/ai-(data|machine).*protect/s);
    await pulumi('config', 'rm', 'zone');
    clone.edit('gpu/address.ts', 'gcpResources.address,', "'other-address',");
    const removed = await pulumi('up', '--yes');
    clone.edit('gpu/address.ts', "'other-address',", 'gcpResources.address,');
    expect(removed.code).not.toBe(0);
    expect(removed.text).toMatch(/ai-address.*protect/s);
  });
});
