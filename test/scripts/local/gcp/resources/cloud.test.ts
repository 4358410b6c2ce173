import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { capacityIn } from '../../../../../lib/deployment/no-capacity.ts';
import type { Properties } from '../../../../../lib/inventory/resource.ts';
import { clearFaults, writeFaults } from '../../../../../scripts/local/gcp/faults/faults.ts';
import { outputsOf } from '../../../../../scripts/local/gcp/provider/computed.ts';
import { createResource, deleteResource, updateResource } from '../../../../../scripts/local/gcp/resources/cloud.ts';
import { Store } from '../../../../../scripts/local/gcp/resources/store.ts';

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

  it('refuses an address that was never reserved, and a network that is not there', async () => {
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

describe('what the official provider does besides', () => {
  it('marks what it makes with a label of its own, beside those that were asked for', async () => {
    const labelled = await createResource(store, disk, { project: 'p', zone: 'asia-northeast3-b', name: 'd', labels: { owner: 'me' } });
    const all = { owner: 'me', 'goog-pulumi-provisioned': 'true' };
    expect(outputsOf(store, labelled)).toMatchObject({ labels: { owner: 'me' }, effectiveLabels: all, pulumiLabels: all });
    const plain = await createResource(store, network, { project: 'p', name: 'n' });
    expect(outputsOf(store, plain)).not.toHaveProperty('effectiveLabels');
  });

  it('leaves a firewall open that its state knows as open to everyone alone, and narrows it the second time', async () => {
    const { id } = await createResource(store, network, { project: 'p', name: 'n' });
    const asked = { project: 'p', name: 'f', network: id, sourceRanges: ['203.0.113.10/32'] };
    const { type, id: at } = await createResource(store, 'gcp:compute/firewall:Firewall', asked);
    const open = { ...asked, sourceRanges: ['0.0.0.0/0'] };
    updateResource(store, type, at, open, asked);
    const first = updateResource(store, type, at, asked, open);
    expect(first.inputs.sourceRanges).toEqual(['0.0.0.0/0', '203.0.113.10/32']);
    expect(updateResource(store, type, at, asked, outputsOf(store, first)).inputs.sourceRanges).toEqual(['203.0.113.10/32']);
  });

  it('answers a budget with the project’s number and its credit types in another order', async () => {
    const budgetFilter = { projects: ['projects/p'], creditTypes: ['SUSTAINED_USAGE_DISCOUNT', 'COMMITTED_USAGE_DISCOUNT', 'DISCOUNT'] };
    const budget = await createResource(store, 'gcp:billing/budget:Budget', { billingAccount: '0', amount: {}, budgetFilter });
    expect(outputsOf(store, budget).budgetFilter).toEqual({
      projects: [expect.stringMatching(/^projects\/\d{12}$/)],
      creditTypes: ['COMMITTED_USAGE_DISCOUNT', 'DISCOUNT', 'SUSTAINED_USAGE_DISCOUNT'],
    });
  });
});

describe('faults on request', () => {
  it('runs out of stock with Google’s message, which production understands, and makes nothing', async () => {
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

  it('refuses the next requests of an API that was just enabled, with the message and the details that Google’s client prints', async () => {
    writeFaults(store.folder, { serviceDisabled: { compute: 2 } });
    const create = () => createResource(store, network, { project: 'p', name: 'n' });
    const text = await refusalOf(create());
    expect(text).toMatch(
      /^Error creating Network: googleapi: Error 403: Compute Engine API has not been used in project \d{12} before or it is disabled\. Enable it by visiting https:\/\/console\.developers\.google\.com\/apis\/api\/compute\.googleapis\.com\/overview\?project=\d{12} then retry\./,
    );
    expect(text).toMatch(/\nDetails:\n\[\n[\s\S]*"reason": "SERVICE_DISABLED"[\s\S]*\n\]\n, accessNotConfigured$/);
    expect(JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1))).toMatchObject([
      { metadata: { service: 'compute.googleapis.com' }, reason: 'SERVICE_DISABLED' },
      { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage' },
      { '@type': 'type.googleapis.com/google.rpc.Help' },
    ]);
    await createResource(store, 'gcp:serviceaccount/account:Account', { project: 'p', accountId: 'a' });
    await refusalOf(create());
    expect((await create()).id).toBe('projects/p/global/networks/n');
  });

  it('needs Cloud Resource Manager to enable an API and to grant a role', async () => {
    writeFaults(store.folder, { serviceDisabled: { cloudresourcemanager: 'always' } });
    const service = { project: 'p', service: 'compute.googleapis.com' };
    expect(await refusalOf(createResource(store, 'gcp:projects/service:Service', service))).toContain('Cloud Resource Manager API has not');
  });

  it.each([
    ['common-cu121-debian-11', /Error 404: The resource '.*family\/common-cu121-debian-11' was not found, notFound/],
    ['common-cu129-ubuntu-2204-nvidia-580', /Error 404: .*nvidia-580' was not found/],
  ])('has no image family %s once it is retired', async (family, refused) => {
    writeFaults(store.folder, { retiredImages: ['common-cu129-ubuntu-2204-nvidia-580'] });
    const image = `projects/deeplearning-platform-release/global/images/family/${family}`;
    const inputs = { ...gpuMachine('asia-northeast3-b'), bootDisk: { initializeParams: { image } } };
    expect(await refusalOf(createResource(store, machine, inputs))).toMatch(refused);
    clearFaults(store.folder);
    expect(await refusalOf(createResource(store, machine, inputs))).toMatch(family.includes('debian') ? refused : /^accepted$/);
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
