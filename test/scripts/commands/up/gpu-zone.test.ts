import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { deployGpu } from '../../../../scripts/commands/up/gpu-zone.ts';
import { addresses, MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const zones = ['asia-northeast3-b', 'asia-northeast3-c'] as const;
const [first, second] = zones;
const stockOut = { kind: 'stock-out', quota: undefined } as const;
const noQuota = { kind: 'quota', quota: 'GPUS_ALL_REGIONS' } as const;

let memory: MemoryClouds;
beforeEach(() => {
  memory = new MemoryClouds(environment);
});
const deploy = (approve: string[] = []) => deployGpu(memory.context({ approve }), memory.clouds(), zones, () => undefined);

describe('deploying the GPU machine', () => {
  it('takes the first zone, gives GCP the Elastic IP and prints address and zone', async () => {
    expect(await deploy(['ai-machine'])).toBe(`${addresses.gcp}   zone ${first}`);
    expect(memory.calls).toEqual([`up ${first} for ${addresses.aws}, approved ai-machine`]);
  });

  it('takes the next zone when one has no stock or no quota, and says so', async () => {
    memory.full = { [first]: stockOut };
    expect(await deploy()).toBe(`${addresses.gcp}   zone ${second} (${first} had no T4 left)`);
    expect(memory.notes).toEqual([`${first} has no T4 left; trying the next zone`]);
    memory.full = { [second]: noQuota };
    expect(await deploy()).toBe(`${addresses.gcp}   zone ${first} (${second} has no quota)`);
  });

  it('stays in the zone in use, also when another is configured first', async () => {
    memory.inputs = { awsAddress: addresses.aws, zone: second };
    await deploy();
    expect(memory.calls).toEqual([`up ${second} for ${addresses.aws}`]);
  });

  it('does not move away from data', async () => {
    memory.full = { [first]: stockOut };
    memory.heldBy = ['ai-data'];
    await expect(deploy()).rejects.toMatchObject({ code: 'no-stock', heldBy: ['ai-data'] });
    expect(memory.calls).toHaveLength(1);
  });

  it('names every zone when none has a machine, and what to do', async () => {
    memory.full = { [first]: stockOut, [second]: stockOut };
    await expect(deploy()).rejects.toMatchObject({
      code: 'no-capacity',
      message: `no zone could start the machine: ${first} has no T4 left; ${second} has no T4 left`,
      next: expect.stringContaining('run dojang up again later'),
    });
    memory.full = { [first]: stockOut, [second]: noQuota };
    await expect(deploy()).rejects.toMatchObject({ next: expect.stringContaining('ask for a quota GPUS_ALL_REGIONS') });
  });

  it('names a disk that another one has taken the place of, and how to delete it', async () => {
    const clouds = memory.clouds();
    clouds.gcp.outputs = async () => ({ dataDisk: 'dojang-prod-ai-data', zone: first });
    clouds.gcp.up = async ({ zone }) => ({ address: addresses.gcp, zone, dataDisk: 'dojang-prod-ai-data-0123abcd' });
    await deployGpu(memory.context({ approve: ['ai-data'] }), clouds, zones, () => undefined);
    expect(memory.notes).toEqual([
      'dojang-prod-ai-data is no longer the data disk of prod: its data stays, no snapshots of it are made, and it is billed',
      `  Next: gcloud compute disks delete dojang-prod-ai-data --zone=${first} --project=dojang-prod   once that data is not needed`,
    ]);
  });

  it('passes any other failure on without trying another zone', async () => {
    const clouds = memory.clouds();
    clouds.gcp.up = async ({ zone }) => {
      memory.calls.push(zone);
      throw new TypeError('not about capacity');
    };
    await expect(deployGpu(memory.context(), clouds, zones, () => undefined)).rejects.toThrow('not about capacity');
    expect(memory.calls).toEqual([first]);
  });

  it('deploys nothing without an Elastic IP', async () => {
    memory.outputs = { ...memory.outputs, aws: {} };
    await expect(deploy()).rejects.toMatchObject({ code: 'no-address', next: 'dojang up --env prod --only aws-addresses' });
    expect(memory.calls).toEqual([]);
  });
});
