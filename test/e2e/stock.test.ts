/**
 * Zones without T4s, and a project that may have none: one environment, from no zone at all to the
 * one that it stays in.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clone } from './clone.ts';

const clone = new Clone();
const [first, second] = ['asia-northeast3-b', 'asia-northeast3-c'];
const fault = async (...args: string[]) => expect((await clone.dojang('local', 'fault', ...args)).code).toBe(0);

/** The clouds and L0 only, so that a fault can be asked for before GCP is deployed. */
beforeAll(async () => {
  const { code, text } = await clone.up('--only', 'aws-account', 'aws-addresses');
  expect(code, text).toBe(0);
});
afterAll(() => clone.remove());

describe('up', () => {
  it('says what to do when no zone has a T4, whether for want of stock or of quota', async () => {
    await fault('--quota', first, '--stockout', second);
    const { code, text } = await clone.up();
    expect(code).toBe(1);
    expect(text).toContain(`the quota NVIDIA_T4_GPUS allows no T4 in ${first}; trying the next zone`);
    expect(text).toContain(`no zone could start the machine: the quota NVIDIA_T4_GPUS allows no T4 in ${first}; ${second} has no T4 left`);
    expect(text).toContain('ask for a quota NVIDIA_T4_GPUS of 1');
    // The zone that was tried last is tried first from now on: here the second, and in the next
    // test the first again.
    await fault('--stockout', first, second);
    const later = await clone.up();
    expect(later.code).toBe(1);
    expect(later.text).toContain('run dojang up again later');
  });

  it('goes on from there, waits for an API that was just enabled, and takes the next zone when one has no T4 left', async () => {
    await fault('--stockout', first, '--service-disabled', 'compute', '--for', '15');
    const { code, text } = await clone.up();
    expect(code, text).toBe(0);
    expect(text).toContain('waiting for compute.googleapis.com: enabled, and not everywhere yet');
    expect(text).toContain(`${first} has no T4 left; trying the next zone`);
    expect(text).toContain(`198.51.100.10   zone ${second} (${first} had no T4 left)`);
  });

  it('stays in that zone when the first has some again', async () => {
    await fault();
    const { text } = await clone.up();
    expect(text).toMatch(/guard +\d+ s +nothing to change/);
    expect(text).toContain(`198.51.100.10   zone ${second}`);
  });
});
