import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setHostFaults } from '../../../../../scripts/local/hosts/faults/fault-verb.ts';
import { readHostFaults } from '../../../../../scripts/local/hosts/faults/faults.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('faults of hosts', () => {
  it('are few where none is asked for: a short hold of the locks, and an agent in time', () => {
    expect(readHostFaults(folder)).toEqual({ firstBootLocks: 5, lateAgent: 0 });
  });

  it('last until another one is named, and are said', async () => {
    expect(await setHostFaults(folder, { firstBootLocks: 60 })).toEqual([
      'new machines hold the locks of packages for 60 s after their first boot',
    ]);
    expect(readHostFaults(folder)).toEqual({ firstBootLocks: 60, lateAgent: 0 });
    expect(await setHostFaults(folder, { lateAgent: 120 })).toEqual(['the agent of the aws host registers 120 s after its next boot']);
    expect(readHostFaults(folder)).toEqual({ firstBootLocks: 5, lateAgent: 120 });
    expect(await setHostFaults(folder, {})).toEqual([]);
    expect(readHostFaults(folder)).toEqual({ firstBootLocks: 5, lateAgent: 0 });
  });

  it('that only a booted host can have are refused before', async () => {
    await expect(setHostFaults(folder, { rebootRequired: true })).rejects.toMatchObject({ code: 'not-running', next: 'dojang up' });
  });
});
