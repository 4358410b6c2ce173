/** Snapshots that a data disk can be made from. */
import type { DiskSnapshot } from '../../../../lib/ports/snapshots.ts';
import type { Connection } from '../../connection.ts';
import { computeClient } from './google-api.ts';

/** The snapshot of this name in the project; undefined when there is none. */
export async function snapshotOf(project: string, snapshot: string, connection: Connection): Promise<DiskSnapshot | undefined> {
  const { snapshots } = await computeClient(connection);
  try {
    const { data } = await snapshots.get({ project, snapshot });
    return { gib: Number(data.diskSizeGb ?? 0), isReady: data.status === 'READY', state: data.status ?? 'unknown' };
  } catch (error) {
    if ((error as { readonly status?: number }).status === 404) return undefined;
    throw error;
  }
}

/** Whether there is a disk of this name in the zone, whatever made it. */
export async function hasDisk(project: string, zone: string, disk: string, connection: Connection): Promise<boolean> {
  const { disks } = await computeClient(connection);
  try {
    return (await disks.get({ project, zone, disk })).data.name === disk;
  } catch (error) {
    if ((error as { readonly status?: number }).status === 404) return false;
    throw error;
  }
}
