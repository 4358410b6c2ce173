import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processes } from '../../../../scripts/io/gcp/engine/processes.ts';
import { clearFaults, writeFaults } from '../../../../scripts/local/gcp/index.ts';
import { inputs, openPlace, type Place, silent } from './place.ts';

const machine = 'gcp:compute/instance:Instance';
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
    await killWhile('creating ai-machine', what === 'command and engine');
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

function spawnUp() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'up-once.ts'), place.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.pid) started.push(child.pid);
  return child;
}

async function noted(child: ReturnType<typeof spawnUp>, note: string): Promise<void> {
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === note) return;
  }
  throw new Error(`ended without "${note}"`);
}

async function killWhile(note: string, withEngine: boolean): Promise<void> {
  const child = spawnUp();
  await noted(child, note);
  // The note comes before the call to the cloud.
  await expect.poll(() => place.contents(machine), { timeout: 60_000, interval: 20 }).toHaveLength(1);
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
