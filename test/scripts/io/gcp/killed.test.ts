import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processes } from '../../../../scripts/io/gcp/engine/processes.ts';
import { clearFaults, writeFaults } from '../../../../scripts/local/gcp/index.ts';
import { inputs, openPlace, type Place, silent, takeSnapshot, withGcp } from './place.ts';

const machine = 'gcp:compute/instance:Instance';
const disk = 'gcp:compute/disk:Disk';
/**
 * Longer than any test waits: the test clears the fault when it has done what it must do meanwhile.
 */
const untilCleared = 600_000;

let place: Place;
let started: number[] = [];
beforeEach(async () => {
  place = await openPlace();
});
afterEach(async () => {
  for (const pid of started) endQuietly(pid);
  started = [];
  await place.end();
});

describe('a deployment that was killed', () => {
  it.each(['command', 'command and engine'])('%s: goes on where it stood, with no duplicate', async (what) => {
    writeFaults(place.cloudFolder, { delayMs: { [machine]: untilCleared, 'gcp:billing/budget:Budget': untilCleared } });
    // The note comes before the call to the cloud.
    const reached = () => expect.poll(() => place.contents(machine), { interval: 20 }).toHaveLength(1);
    await killWhile(spawnUp(), 'creating ai-machine', reached, { withEngine: what === 'command and engine' });
    clearFaults(place.cloudFolder);
    const half = place.contents();
    expect(half.map(({ type }) => type)).toContain(machine);
    await place.cloud.up(inputs, silent);
    const whole = place.contents();
    expect(whole.filter(({ id }) => half.some((other) => other.id === id))).toHaveLength(half.length);
    expect(place.contents(machine)).toHaveLength(1);
    expect(place.contents('gcp:billing/budget:Budget')).toHaveLength(1);
    expect(await place.cloud.changes(inputs)).toEqual([]);
  });

  it.each(['command', 'command and engine'])('%s: while the data disk was exchanged, has one of the snapshot then', async (what) => {
    await place.cloud.up(inputs, silent);
    const [former] = place.contents(disk);
    const dataSnapshot = await takeSnapshot(place, String(former?.inputs.name), 'of-then');
    const restored = place.as(withGcp({ dataSnapshot }));
    writeFaults(place.cloudFolder, { delayMs: { [disk]: untilCleared } });
    const child = spawnUp(JSON.stringify({ dataSnapshot }), 'ai-data');
    await killWhile(child, 'creating ai-data', () => expect.poll(() => place.contents(disk), { interval: 20 }).toHaveLength(2), {
      withEngine: what === 'command and engine',
    });
    clearFaults(place.cloudFolder);
    await restored.up({ ...inputs, approved: ['ai-data'] }, silent);
    const disks = place.contents(disk);
    expect(disks).toHaveLength(2);
    expect(disks).toContainEqual(former);
    expect((await restored.outputs()).dataDisk).not.toBe(former?.inputs.name);
    expect(place.contents('gcp:compute/attachedDisk:AttachedDisk')).toHaveLength(1);
    expect(await restored.changes(inputs)).toEqual([]);
  });

  it('while its engine wrote the attributes of the state, is read and carried on', async () => {
    await place.cloud.up(inputs, silent);
    const attributes = readdirSync(place.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('local.json.attrs'));
    expect(attributes).toHaveLength(1);
    for (const name of attributes) truncateSync(join(place.folder, name));
    expect(await place.cloud.changes(inputs)).toEqual([]);
    for (const name of attributes) writeFileSync(join(place.folder, name), '{"user.cache_co');
    expect(await place.cloud.up(inputs, silent)).toMatchObject({ zone: inputs.zone });
  });

  it('is not disturbed by a second command while it lives', async () => {
    writeFaults(place.cloudFolder, { delayMs: { 'gcp:compute/network:Network': untilCleared } });
    const first = spawnUp();
    await noted(first, 'creating network');
    await expect(place.cloud.up(inputs, silent)).rejects.toMatchObject({ code: 'stack-locked' });
    clearFaults(place.cloudFolder);
    const [code] = await once(first, 'exit');
    expect(code).toBe(0);
  });
});

function spawnUp(...args: string[]) {
  const argv = [join(import.meta.dirname, 'up-once.ts'), place.folder, ...args];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.pid) started.push(child.pid);
  return child;
}

async function noted(child: ReturnType<typeof spawnUp>, note: string): Promise<void> {
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === note) return;
  }
  throw new Error(`ended without "${note}"`);
}

async function killWhile(
  child: ReturnType<typeof spawnUp>,
  note: string,
  reached: () => Promise<void>,
  { withEngine }: { readonly withEngine: boolean },
): Promise<void> {
  await noted(child, note);
  await reached();
  const engine = withEngine ? engineOf(child.pid ?? 0) : undefined;
  child.kill('SIGKILL');
  if (engine) endQuietly(engine);
  await once(child, 'exit');
}

/** The engine carries the process id of its command at the end of `--exec-agent`. */
function engineOf(command: number): number | undefined {
  return processes().find(({ args }) => new RegExp(`--exec-agent \\S+-${command}\\b`).test(args))?.pid;
}

function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
