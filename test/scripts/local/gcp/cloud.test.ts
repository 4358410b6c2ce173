import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Properties } from '../../../../lib/inventory/resource.ts';
import { capacityIn } from '../../../../lib/layers/no-capacity.ts';
import { createResource, deleteResource, updateResource } from '../../../../scripts/local/gcp/cloud.ts';
import { outputsOf } from '../../../../scripts/local/gcp/computed.ts';
import { clearFaults, writeFaults } from '../../../../scripts/local/gcp/faults.ts';
import { Store } from '../../../../scripts/local/gcp/store.ts';

const network = 'gcp:compute/network:Network';
const address = 'gcp:compute/address:Address';
const machine = 'gcp:compute/instance:Instance';
const disk = 'gcp:compute/disk:Disk';

let store: Store;
beforeEach(() => {
  store = new Store(mkdtempSync(join(tmpdir(), 'dojang-cloud-')));
});

describe('the embedded cloud', () => {
  it('hands out addresses of the range for documentation, one after the other', async () => {
    const first = await createResource(store, address, inRegion('a'));
    const second = await createResource(store, address, inRegion('b'));
    expect([first, second].map(({ computed }) => computed.address)).toEqual(['198.51.100.10', '198.51.100.11']);
    deleteResource(store, address, first.id);
    expect((await createResource(store, address, inRegion('c'))).computed.address).toBe('198.51.100.10');
  });

  it('remembers everything when it starts again', async () => {
    const { id } = await createResource(store, network, { project: 'p', name: 'n' });
    expect(new Store(store.folder).find(network, id)).toEqual(store.find(network, id));
  });

  it('refuses a name that exists', async () => {
    await createResource(store, network, { project: 'p', name: 'n' });
    await expect(createResource(store, network, { project: 'p', name: 'n' })).rejects.toThrow(/Error 409.*already exists, alreadyExists/);
  });

  it('gives a machine its static address and shows who uses it', async () => {
    const reserved = await createResource(store, address, inRegion('a'));
    const made = await createResource(store, machine, gpuMachine('asia-northeast3-b', String(reserved.computed.address)));
    expect(outputsOf(store, made)).toMatchObject({
      selfLink: 'https://www.googleapis.com/compute/v1/projects/p/zones/asia-northeast3-b/instances/m',
      networkInterfaces: [{ accessConfigs: [{ natIp: '198.51.100.10' }] }],
    });
    expect(outputsOf(store, reserved).users).toEqual([made.computed.selfLink]);
  });

  it('refuses an address that nobody reserved, and a network that is not there', async () => {
    await expect(createResource(store, machine, gpuMachine('asia-northeast3-b', '198.51.100.99'))).rejects.toThrow(/198\.51\.100\.99/);
    const rule = { project: 'p', name: 'f', network: 'projects/p/global/networks/none' };
    await expect(createResource(store, 'gcp:compute/firewall:Firewall', rule)).rejects.toThrow(/Error 404/);
  });

  it('keeps a machine that is protected, and a network that a firewall is on', async () => {
    const kept = await createResource(store, machine, { ...gpuMachine('asia-northeast3-b'), deletionProtection: true });
    expect(() => deleteResource(store, machine, kept.id)).toThrow(/Deletion Protection is enabled/);
    updateResource(store, machine, kept.id, { ...kept.inputs, deletionProtection: false });
    deleteResource(store, machine, kept.id);
    const { id } = await createResource(store, network, { project: 'p', name: 'n' });
    await createResource(store, 'gcp:compute/firewall:Firewall', { project: 'p', name: 'f', network: id });
    expect(() => deleteResource(store, network, id)).toThrow(/resourceInUseByAnotherResource/);
  });

  it('knows when a disk was last attached, and by whom it is used', async () => {
    const at = { project: 'p', zone: 'asia-northeast3-b' };
    const { id } = await createResource(store, disk, { ...at, name: 'd', size: 10 });
    const owner = await createResource(store, machine, gpuMachine('asia-northeast3-b'));
    expect(store.find(disk, id)?.computed.lastAttachTimestamp).toBe('');
    await createResource(store, 'gcp:compute/attachedDisk:AttachedDisk', { ...at, disk: id, instance: owner.id });
    expect(store.find(disk, id)?.computed.lastAttachTimestamp).toMatch(/^20\d\d-/);
  });
});

describe('faults on request', () => {
  it('runs out of stock in Google’s words, which production understands, and makes nothing', async () => {
    writeFaults(store.folder, { stockout: ['asia-northeast3-b'] });
    const text = await refusalOf(createResource(store, machine, gpuMachine('asia-northeast3-b')));
    expect(text).toContain(
      "The zone 'projects/p/zones/asia-northeast3-b' does not have enough resources available to fulfill the request.  Try a different zone, or try again later.",
    );
    expect(text).toContain('ZONE_RESOURCE_POOL_EXHAUSTED');
    expect(capacityIn(text, 'asia-northeast3-b')).toEqual({
      kind: 'stock-out',
      zone: 'asia-northeast3-b',
      quota: undefined,
      zonesAvailable: ['asia-northeast3-c'],
    });
    expect(store.all()).toEqual([]);
  });

  it('leaves other zones and machines without a GPU alone, and ends when asked to', async () => {
    writeFaults(store.folder, { stockout: ['asia-northeast3-b'] });
    await createResource(store, machine, gpuMachine('asia-northeast3-c'));
    await createResource(store, machine, { ...gpuMachine('asia-northeast3-b'), guestAccelerators: [], name: 'plain' });
    clearFaults(store.folder);
    await createResource(store, machine, gpuMachine('asia-northeast3-b'));
    expect(store.all(machine)).toHaveLength(3);
  });

  it.each([
    ['all', 'GPUS_ALL_REGIONS', 'Limit: 0.0 globally.'],
    ['asia-northeast3-b', 'NVIDIA_T4_GPUS', 'Limit: 0.0 in region asia-northeast3.'],
  ])('has no quota for %s', async (where, quota, limit) => {
    writeFaults(store.folder, { quota: [where] });
    const text = await refusalOf(createResource(store, machine, gpuMachine('asia-northeast3-b')));
    expect(text).toContain(`Quota '${quota}' exceeded.  ${limit}`);
    expect(capacityIn(text, 'asia-northeast3-b')).toMatchObject({ kind: 'quota', quota });
  });

  it('accepts a slow creation at once: its maker may die, the resource stays', async () => {
    writeFaults(store.folder, { delayMs: { [network]: 300 } });
    const made = createResource(store, network, { project: 'p', name: 'n' });
    expect(store.all(network)).toHaveLength(1);
    await made;
  });
});

function inRegion(name: string): Properties {
  return { project: 'p', region: 'asia-northeast3', name };
}

function gpuMachine(zone: string, natIp?: string): Properties {
  return {
    project: 'p',
    zone,
    name: 'm',
    machineType: 'n1-standard-2',
    guestAccelerators: [{ type: 'nvidia-tesla-t4', count: 1 }],
    networkInterfaces: [{ accessConfigs: natIp ? [{ natIp }] : [] }],
  };
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'accepted',
    (error: Error) => error.message,
  );
}
