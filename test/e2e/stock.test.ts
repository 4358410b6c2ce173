/** A zone without T4s, and a project that may have none. */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Clone } from './clone.ts';

const clone = new Clone();
afterEach(() => clone.reset());
afterAll(() => clone.remove());

/** Starts the clouds and L0 only, so that a fault can be asked for before GCP is deployed. */
async function withFault(...fault: string[]) {
  expect((await clone.up('--only', 'aws-account', 'aws-addresses')).code).toBe(0);
  expect((await clone.dojang('local', 'fault', ...fault)).code).toBe(0);
}

describe('up', () => {
  it('waits for an API that was just enabled, takes the next zone when one has no T4 left, and stays there', async () => {
    await withFault('--stockout', 'asia-northeast3-b', '--service-disabled', 'compute', '--for', '3');
    const first = await clone.up();
    expect(first.code, first.text).toBe(0);
    expect(first.text).toContain('waiting for compute.googleapis.com: enabled, and not everywhere yet');
    expect(first.text).toContain('asia-northeast3-b has no T4 left; trying the next zone');
    expect(first.text).toContain('198.51.100.10   zone asia-northeast3-c (asia-northeast3-b had no T4 left)');
    await clone.dojang('local', 'fault');
    const second = await clone.up();
    expect(second.text).toMatch(/guard +\d+ s +nothing to change/);
    expect(second.text).toContain('198.51.100.10   zone asia-northeast3-c');
  });

  it('takes the next zone when the quota of one is zero', async () => {
    await withFault('--quota', 'asia-northeast3-b');
    const { code, text } = await clone.up();
    expect(code, text).toBe(0);
    expect(text).toContain('the quota NVIDIA_T4_GPUS allows no T4 in asia-northeast3-b; trying the next zone');
    expect(text).toContain('198.51.100.10   zone asia-northeast3-c (asia-northeast3-b has no quota)');
  });

  it('says what to do when no zone has one, keeps the address and carries on later', async () => {
    await withFault('--stockout', 'asia-northeast3-b', 'asia-northeast3-c');
    const { code, text } = await clone.up();
    expect(code).toBe(1);
    expect(text).toMatch(/no zone could start the machine: asia-northeast3-b has no T4 left; asia-northeast3-c has no T4 left/);
    expect(text).toContain('run dojang up again later');
    await clone.dojang('local', 'fault');
    const later = await clone.up();
    expect(later.code, later.text).toBe(0);
    expect(later.text).toMatch(/gcp {2}198\.51\.100\.10 /);
  });
});
