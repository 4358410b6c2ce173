/**
 * A test run that is interrupted while it has embedded clouds and hosts leaves nothing of them on
 * this machine.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/io/state.ts';
import { type Leftovers, leftoversIn, prefixesIn } from './interrupted/leftovers.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-interrupted-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nothing: Leftovers = { processes: [], namespaces: [], devices: [], folders: [] };
const some = expect.arrayContaining([expect.anything()]);

describe('a test run', () => {
  const moments: [string, NodeJS.Signals, RegExp, Partial<Leftovers>][] = [
    ['while the clouds start', 'SIGINT', /· local aws/, { processes: some, folders: some }],
    ['while both clouds are deployed to', 'SIGTERM', /· gcp ai +creating ai-machine/, { processes: some, folders: some }],
    ['while the hosts are provisioned', 'SIGKILL', /· provision aws +running/, { processes: some, namespaces: some, devices: some }],
  ];

  it.each(moments)('interrupted %s by %s leaves nothing', async (_, signal, moment, had) => {
    const run = startRun();
    await printed(run, moment);
    const prefixes = prefixesIn(folder);
    expect(await leftoversIn(folder, prefixes)).toMatchObject(had);
    run.kill(signal);
    // The last process that has its standard error is the one that removes what is left.
    await once(run, 'close');
    expect(await leftoversIn(folder, prefixes)).toEqual(nothing);
  });
});

/** All that the run has on this machine lies in our folder. */
function startRun(): ChildProcess {
  const config = join(import.meta.dirname, 'interrupted/vitest.config.ts');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { npm_lifecycle_event: _, ...env } = process.env;
  return spawn(process.execPath, [vitest, 'run', '--config', config], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, TMPDIR: folder },
  });
}

/** Answers when the run prints this. @throws with all that was printed when it ends before */
async function printed(run: ChildProcess, moment: RegExp): Promise<void> {
  let text = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [run.stdout, run.stderr]) {
      stream?.on('data', (data) => {
        text += data;
        if (moment.test(text)) resolve();
      });
    }
    run.once('close', () => reject(new Error(`the run ended before it printed ${moment}:\n${text}`)));
  });
}
