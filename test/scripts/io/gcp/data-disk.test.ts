/** The data disk of an environment is exchanged for one from a snapshot, on the real engine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Environment } from '../../../../lib/config/environment.ts';
import { inputs, openPlace, type Place, silent, takeSnapshot, withGcp } from './place.ts';

const disk = 'gcp:compute/disk:Disk';
const machine = 'gcp:compute/instance:Instance';
const attachment = 'gcp:compute/attachedDisk:AttachedDisk';
const scheduled = 'gcp:compute/diskResourcePolicyAttachment:DiskResourcePolicyAttachment';
const approved = { ...inputs, approved: ['ai-data'] };

let place: Place;
beforeAll(async () => {
  place = await openPlace();
  await place.cloud.up(inputs, silent);
});
afterAll(() => place.end());

const first = 'dojang-local-ai-data';
const as = (environment: Environment) => place.as(environment);
const names = () => place.contents(disk).map(({ inputs: { name } }) => name);
const idOf = (type: string) => place.contents(type).map(({ id, computed }) => `${id} ${computed.creationTimestamp}`);

describe('a snapshot', () => {
  it('is found by its name with the size of then, or not found', async () => {
    const name = await takeSnapshot(place, first, 'found');
    expect(await place.cloud.snapshot(name)).toEqual({ gib: 100, isReady: true, state: 'READY' });
    expect(await place.cloud.snapshot('missing')).toBeUndefined();
  });

  it('makes no disk when there is none of this name', async () => {
    const other = await openPlace();
    try {
      await expect(other.as(withGcp({ dataSnapshot: 'missing' })).up(inputs, silent)).rejects.toMatchObject({
        message: expect.stringContaining("Error 404: The resource 'projects/dojang-local/global/snapshots/missing' was not found"),
      });
      expect(other.contents(disk)).toEqual([]);
    } finally {
      await other.end();
    }
  });
});

describe('an exchange', () => {
  const dataSnapshot = 'before-the-fault';
  let restored: ReturnType<typeof as>;
  let second: string;

  it('is reported as a replacement of the disk with its attachments, and refused without an approval', async () => {
    await takeSnapshot(place, first, dataSnapshot);
    restored = as(withGcp({ dataSnapshot }));
    const changes = await restored.changes(inputs);
    expect(changes.map(({ id, effect }) => `${effect} ${id}`).sort()).toEqual([
      'replace ai-data',
      'replace ai-data-attachment',
      'replace ai-data-snapshots-attachment',
    ]);
    await expect(restored.up(inputs, silent)).rejects.toMatchObject({ code: 'gcp-protected' });
    expect(names()).toEqual([first]);
  });

  it('attaches a disk of the snapshot to the same machine, which it stops meanwhile, and keeps the one of before', async () => {
    const before = { disks: place.contents(disk), machine: idOf(machine) };
    const notes: string[] = [];
    await restored.up(approved, (note) => notes.push(note));
    second = String((await restored.outputs()).dataDisk);
    expect(second).toMatch(/^dojang-local-ai-data-[0-9a-f]{8}$/);
    expect(names().sort()).toEqual([first, second]);
    expect(place.contents(disk)).toContainEqual(before.disks[0]);
    expect(idOf(machine)).toEqual(before.machine);
    expect(place.contents(attachment).map(({ inputs: { disk: of } }) => String(of).split('/').at(-1))).toEqual([second]);
    expect(place.contents(scheduled).map(({ inputs: { disk: of } }) => of)).toEqual([second]);
    const [stopped, started] = ['stopping dojang-local-ai', 'starting dojang-local-ai'].map((text) =>
      notes.findIndex((note) => note.startsWith(text)),
    );
    expect(stopped).toBeGreaterThanOrEqual(0);
    expect(started).toBeGreaterThan(stopped ?? 0);
    expect(place.contents(machine)).toMatchObject([{ computed: { currentStatus: 'RUNNING' } }]);
  });

  it('is protected again, would be deleted with its environment, and changes nothing when done again', async () => {
    expect(await place.recorded('ai-data')).toMatchObject({ protect: true, inputs: { name: second } });
    expect((await place.recorded('ai-data')) as object).not.toHaveProperty('retainOnDelete', true);
    expect(await restored.changes(inputs)).toEqual([]);
    const before = place.contents();
    await restored.up(approved, silent);
    expect(place.contents()).toEqual(before);
  });

  it('is not undone by taking the setting away: not without an approval, and not onto the disk of before', async () => {
    await expect(place.cloud.up(inputs, silent)).rejects.toMatchObject({ code: 'gcp-protected' });
    const before = place.contents();
    await expect(place.cloud.up(approved, silent)).rejects.toMatchObject({
      code: 'disk-exists',
      message: `there is a disk ${first} in ${inputs.zone} already`,
    });
    expect(place.contents()).toEqual(before);
    await restored.up(inputs, silent);
    expect(await restored.changes(inputs)).toEqual([]);
  });

  it('follows another one, also after Google has refused a smaller disk in the middle of it', async () => {
    const dataSnapshot = await takeSnapshot(place, second, 'of-the-second');
    await expect(as(withGcp({ dataSnapshot, dataDisk: '50 GiB' })).up(approved, silent)).rejects.toMatchObject({
      message: expect.stringContaining('Requested disk size cannot be smaller than the snapshot size (100 GB)'),
    });
    expect(names().sort()).toEqual([first, second]);
    await restored.up(inputs, silent);
    expect(await restored.changes(inputs)).toEqual([]);
    expect(names().sort()).toEqual([first, second]);
    await expect(as(withGcp({ dataSnapshot, dataDisk: '50 GiB' })).up(approved, silent)).rejects.toMatchObject({ code: 'gcp-failed' });
    const third = as(withGcp({ dataSnapshot }));
    await third.up(approved, silent);
    expect(names()).toHaveLength(3);
    expect((await third.outputs()).dataDisk).not.toBe(second);
    expect(place.contents(machine)).toMatchObject([{ computed: { currentStatus: 'RUNNING' } }]);
    await third.destroy({ keep: [] }, silent);
    expect(names().sort()).toEqual([first, second]);
  });

  it('keeps its disk when all else is removed, although the setting was taken away', async () => {
    const other = await openPlace();
    try {
      await other.cloud.up(inputs, silent);
      const environment = withGcp({ dataSnapshot: await takeSnapshot(other, first, dataSnapshot) });
      await other.as(environment).up(approved, silent);
      const before = other.contents(disk);
      await other.cloud.destroy({ keep: ['ai-address', 'ai-data'] }, silent);
      expect(other.contents(disk).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    } finally {
      await other.end();
    }
  });
});
