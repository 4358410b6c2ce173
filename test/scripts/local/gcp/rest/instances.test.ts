/**
 * Machines of the embedded Compute API, with a host that is really on and has the data disk
 * mounted.
 */
import { mkdtempSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compute_v1 } from '@googleapis/compute';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { remove } from '../../../../../scripts/io/state.ts';
import { clearFaults, writeFaults } from '../../../../../scripts/local/gcp/faults/faults.ts';
import { createResource, deleteResource } from '../../../../../scripts/local/gcp/resources/cloud.ts';
import { identityOf } from '../../../../../scripts/local/gcp/resources/identity.ts';
import { type CloudResource, Store } from '../../../../../scripts/local/gcp/resources/store.ts';
import { restServer } from '../../../../../scripts/local/gcp/rest/rest.ts';
import { diskFile, diskName } from '../../../../../scripts/local/hosts/files.ts';
import { isDamaged, isMounted } from '../../../../../scripts/local/hosts/machine/disk.ts';
import { MountedHost } from '../../mounted-host.ts';

const at = { project: 'p', zone: 'asia-northeast3-b' };
const place = { ...at, instance: 'm' };
let folder: string;
let store: Store;
let server: Server;
let instances: compute_v1.Resource$Instances;
let operations: compute_v1.Resource$Zoneoperations;
let host: MountedHost;
let attachment: CloudResource;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-instances-'));
  store = new Store(join(folder, 'gcp'));
  const machine = await createResource(store, 'gcp:compute/instance:Instance', {
    ...at,
    name: 'm',
    networkInterfaces: [],
    guestAccelerators: [{ type: 'nvidia-tesla-t4', count: 1 }],
  });
  const disk = await createResource(store, 'gcp:compute/disk:Disk', { ...at, name: 'd', size: 1 });
  const inputs = { ...at, disk: disk.id, instance: machine.id, deviceName: 'd' };
  attachment = await createResource(store, 'gcp:compute/attachedDisk:AttachedDisk', inputs);
  server = restServer(store);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const compute = new compute_v1.Compute({ rootUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/` });
  ({ instances, zoneOperations: operations } = compute);
  const hosts = join(folder, 'hosts');
  file = diskFile(hosts, 'gcp', diskName(identityOf(disk)));
  host = await MountedHost.boot(hosts, { host: 'gcp', instanceId: identityOf(machine), disk: identityOf(disk) });
});

afterEach(async () => {
  server.close();
  await host.remove();
  remove(folder);
});

const status = async () => (await instances.get(place)).data.status;

describe('a machine', () => {
  it('has stopped when its host is off, and not before; then it starts again', async () => {
    const { data: operation } = await instances.stop(place);
    expect(operation).toMatchObject({ operationType: 'stop', status: 'RUNNING' });
    expect(await status()).toBe('STOPPING');
    await expect(instances.start(place)).rejects.toThrow(/is not ready/);
    const ended = operations.wait({ ...at, operation: operation.name ?? '' });
    await host.powerOff();
    expect((await ended).data).toMatchObject({ name: operation.name, status: 'DONE' });
    expect(await status()).toBe('TERMINATED');
    expect((await instances.start(place)).data).toMatchObject({ operationType: 'start', status: 'DONE' });
    expect(await status()).toBe('RUNNING');
  });
});

describe('a stopped machine', () => {
  it('is not started while its zone has no GPU: its operation fails, and it stays as it is', async () => {
    await host.powerOff();
    await instances.stop(place);
    writeFaults(store.folder, { stockout: [at.zone] });
    const { data } = await instances.start(place);
    expect(data).toMatchObject({ operationType: 'start', status: 'DONE', httpErrorStatusCode: 503 });
    expect(data.error?.errors).toMatchObject([
      {
        code: 'ZONE_RESOURCE_POOL_EXHAUSTED',
        message: expect.stringMatching(/^The zone 'projects\/p\/zones\/asia-northeast3-b' does not have enough resources available/),
      },
    ]);
    expect(await status()).toBe('TERMINATED');
    clearFaults(store.folder);
    await instances.start(place);
    expect(await status()).toBe('RUNNING');
  });
});

describe('a data disk', () => {
  it('that is detached while it is mounted is damaged', () => {
    expect(isMounted(file)).toBe(true);
    deleteResource(store, attachment.type, attachment.id);
    expect(isDamaged(file)).toBe(true);
  });

  it('that is detached after its machine has stopped is not', async () => {
    await host.powerOff();
    await expect.poll(() => isMounted(file)).toBe(false);
    deleteResource(store, attachment.type, attachment.id);
    expect(isDamaged(file)).toBe(false);
  });
});
