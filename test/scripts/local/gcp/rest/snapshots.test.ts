/** Snapshots of the embedded Compute API: what they hold, and what is refused of them. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compute_v1 } from '@googleapis/compute';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataDiskName } from '../../../../../lib/config/data-disks.ts';
import { namesOf } from '../../../../../lib/config/names.ts';
import type { Properties } from '../../../../../lib/inventory/resource.ts';
import { remove } from '../../../../../scripts/io/state.ts';
import { createResource } from '../../../../../scripts/local/gcp/resources/cloud.ts';
import { identityOf } from '../../../../../scripts/local/gcp/resources/identity.ts';
import { type CloudResource, Store } from '../../../../../scripts/local/gcp/resources/store.ts';
import { restServer } from '../../../../../scripts/local/gcp/rest/rest.ts';
import { diskFile, diskName } from '../../../../../scripts/local/hosts/files.ts';
import { restoredFile } from '../../../../../scripts/local/hosts/machine/disk.ts';
import { embeddedGcp } from '../../../../../scripts/local/hosts/views/gcp-view.ts';

const project = 'p';
const zone = 'asia-northeast3-b';
let folder: string;
let store: Store;
let server: Server;
let compute: compute_v1.Compute;
let source: CloudResource;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-gcp-snapshots-'));
  store = new Store(join(folder, 'gcp'));
  source = await disk('source', { size: 20 });
  server = restServer(store);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  compute = new compute_v1.Compute({ rootUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/` });
});

afterEach(() => {
  server.close();
  remove(folder);
});

const disk = (name: string, inputs: Properties, at = zone) =>
  createResource(store, 'gcp:compute/disk:Disk', { project, zone: at, name, ...inputs });
const take = (name: string, of = 'source') => compute.disks.createSnapshot({ project, zone, disk: of, requestBody: { name } });
const fileOf = (of: CloudResource) => diskFile(join(folder, 'hosts'), 'gcp', diskName(identityOf(of)));
const contents = (of: CloudResource) => readFileSync(restoredFile(fileOf(of)), 'utf8');

function write(of: CloudResource, text: string): void {
  mkdirSync(dirname(fileOf(of)), { recursive: true });
  writeFileSync(fileOf(of), text);
}

it('disks of the environment stay with the hosts, and the attached one is that of the machine', async () => {
  const { gcp } = namesOf({ service: 'x', name: 'y', owner: 'z' });
  const machine = await createResource(store, 'gcp:compute/instance:Instance', { project, zone, name: gcp.machine, networkInterfaces: [] });
  const [former, data] = [await disk(gcp.dataDisk, {}), await disk(dataDiskName(gcp.dataDisk, 's'), {})];
  const inputs = { project, zone, disk: data.id, instance: machine.id, deviceName: 'ai-data' };
  await createResource(store, 'gcp:compute/attachedDisk:AttachedDisk', inputs);
  const view = await embeddedGcp({ folder: store.folder, names: gcp }).look();
  expect(view?.disks).toEqual([identityOf(former), identityOf(data)]);
  expect(view?.machine?.disk?.id).toBe(identityOf(data));
});

describe('a snapshot', () => {
  it('holds what the disk held when it was taken, for as many disks as are wanted, in any zone', async () => {
    write(source, 'of then');
    await take('s');
    write(source, 'written since');
    const one = await disk('one', { snapshot: 's', size: 20 });
    const other = await disk('other', { snapshot: `projects/${project}/global/snapshots/s`, size: 30 }, 'asia-northeast3-c');
    expect([contents(one), contents(other)]).toEqual(['of then', 'of then']);
  });

  it('is read, listed and deleted, and taken once under a name', async () => {
    await take('s');
    const found = {
      name: 's',
      diskSizeGb: '20',
      status: 'READY',
      sourceDisk: expect.stringMatching(/\/zones\/asia-northeast3-b\/disks\/source$/),
    };
    expect((await compute.snapshots.get({ project, snapshot: 's' })).data).toMatchObject(found);
    expect((await compute.snapshots.list({ project })).data.items).toMatchObject([found]);
    await expect(take('s')).rejects.toMatchObject({ status: 409 });
    await compute.snapshots.delete({ project, snapshot: 's' });
    await expect(compute.snapshots.get({ project, snapshot: 's' })).rejects.toMatchObject({ status: 404 });
  });

  it('is not taken of a disk that is not there', async () => {
    await expect(take('s', 'missing')).rejects.toMatchObject({ status: 404 });
    expect((await compute.disks.get({ project, zone, disk: 'source' })).data).toMatchObject({ name: 'source', sizeGb: '20' });
  });

  it('makes no disk that is smaller, and none when it does not exist', async () => {
    await take('s');
    await expect(disk('small', { snapshot: 's', size: 10 })).rejects.toThrow(
      "googleapi: Error 400: Invalid value for field 'resource.sizeGb': '10'. Requested disk size cannot be smaller than the snapshot size (20 GB), invalid",
    );
    await expect(disk('lost', { snapshot: 'missing', size: 20 })).rejects.toThrow(
      "googleapi: Error 404: The resource 'projects/p/global/snapshots/missing' was not found, notFound",
    );
    expect(store.all('gcp:compute/disk:Disk')).toHaveLength(1);
  });

  it('of a disk that was never written, as where there are no hosts, makes disks all the same', async () => {
    await take('s');
    expect(existsSync(restoredFile(fileOf(await disk('one', { snapshot: 's', size: 20 }))))).toBe(false);
  });
});
