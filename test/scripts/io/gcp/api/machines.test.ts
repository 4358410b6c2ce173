/**
 * A GPU machine whose data disk is mounted: it has stopped before the engine detaches the disk, and
 * one that was left off is started.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { computeClient } from '../../../../../scripts/io/gcp/api/google-api.ts';
import { clearFaults, writeFaults } from '../../../../../scripts/local/gcp/faults/faults.ts';
import { identityOf } from '../../../../../scripts/local/gcp/resources/identity.ts';
import { diskFile, diskName } from '../../../../../scripts/local/hosts/files.ts';
import { isDamaged } from '../../../../../scripts/local/hosts/machine/disk.ts';
import { MountedHost } from '../../../local/mounted-host.ts';
import { inputs, openPlace, type Place, silent, withGcp } from '../place.ts';

let place: Place;
let host: MountedHost | undefined;

const machine = () => place.contents('gcp:compute/instance:Instance')[0];
const disk = () => place.contents('gcp:compute/disk:Disk')[0];
const status = () => machine()?.computed.currentStatus;

beforeAll(async () => {
  place = await openPlace();
  await place.cloud.up(inputs, silent);
});

afterAll(async () => {
  await host?.remove();
  await place.end();
});

async function boot(): Promise<string> {
  const [instance, data] = [machine(), disk()];
  if (!instance || !data) throw new Error('nothing is deployed');
  const hosts = join(place.folder, 'hosts');
  host = await MountedHost.boot(hosts, { host: 'gcp', instanceId: identityOf(instance), disk: identityOf(data) });
  return diskFile(hosts, 'gcp', diskName(identityOf(data)));
}

it('a replacement that is approved stops the machine first, and the new one gets the same disk', async () => {
  const file = await boot();
  const before = { machine: machine(), disk: disk() };
  const other = place.as(withGcp({ gpu: { count: 2 } }));
  const notes: string[] = [];
  const replaced = other.up({ ...inputs, approved: ['ai-machine'] }, (note) => notes.push(note));
  // The booted host follows its cloud.
  const off = expect.poll(status, { timeout: 300_000 }).toBe('STOPPING');
  await off.then(() => host?.powerOff());
  await replaced;
  expect(isDamaged(file)).toBe(false);
  expect(machine()?.computed.creationTimestamp).not.toBe(before.machine?.computed.creationTimestamp);
  expect(status()).toBe('RUNNING');
  expect(disk()?.computed.creationTimestamp).toBe(before.disk?.computed.creationTimestamp);
  expect(notes).toContain('dojang-local-ai has stopped, its disk is unmounted');
  expect(await other.changes(inputs)).toEqual([]);
});

it('an approval alone stops nothing, and a machine that was stopped is started', async () => {
  const other = place.as(withGcp({ gpu: { count: 2 } }));
  const compute = await computeClient(place.connection);
  await compute.instances.stop({ project: 'dojang-local', zone: inputs.zone, instance: 'dojang-local-ai' });
  expect(status()).toBe('TERMINATED');
  const notes: string[] = [];
  await other.up({ ...inputs, approved: ['ai-machine'] }, (note) => notes.push(note));
  expect(status()).toBe('RUNNING');
  expect(notes.filter((note) => note.startsWith('stopping'))).toEqual([]);
  expect(notes).toContain('starting dojang-local-ai, which was stopped');
});

it('a stopped machine whose zone has no GPU left stays stopped, and what was approved is protected again', async () => {
  const other = place.as(withGcp({ gpu: { count: 2 } }));
  const compute = await computeClient(place.connection);
  await compute.instances.stop({ project: 'dojang-local', zone: inputs.zone, instance: 'dojang-local-ai' });
  const before = disk()?.computed;
  writeFaults(place.cloudFolder, { stockout: [inputs.zone] });
  await expect(other.up({ ...inputs, approved: ['ai-machine'] }, silent)).rejects.toMatchObject({
    code: 'machine-not-started',
    message: `${inputs.zone} has no T4 left: dojang-local-ai could not be started`,
    why: expect.stringContaining('its data is on its disk'),
    next: 'run dojang up again later',
  });
  expect(status()).toBe('TERMINATED');
  expect(disk()?.computed).toEqual(before);
  expect((await place.recorded('ai-machine'))?.protect).toBe(true);
  clearFaults(place.cloudFolder);
  await other.up(inputs, silent);
  expect(status()).toBe('RUNNING');
});
