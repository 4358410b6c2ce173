/** Daemons that are found again, and ended, whatever became of their folder. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { daemonsOf, endedDaemon, ensureDaemon, stopDaemon } from '../../../../scripts/io/process/daemon.ts';
import { start } from '../../../../scripts/io/process/processes.ts';
import { readJson, remove } from '../../../../scripts/io/state.ts';

const endless =
  'import { writeFileSync } from "node:fs";\nwriteFileSync(process.argv[2].concat(".ready"), "{}");\nsetInterval(() => {}, 1000);\n';
let place: string;
let folder: string;
let program: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'dojang-daemon-'));
  folder = join(place, 'state of it');
  program = join(place, 'scripts/local/toy/main.ts');
  mkdirSync(join(place, 'scripts/local/toy'), { recursive: true });
  writeFileSync(program, endless);
});
afterEach(async () => {
  await stopDaemon(folder);
  remove(place);
});

const ensure = (mayStart = true) =>
  ensureDaemon({
    name: 'the toy',
    folder,
    version: '1',
    mayStart,
    command: async () => {
      remove(`${folder}.ready`);
      return process.execPath;
    },
    args: [program, folder],
    ready: async () => readJson(`${folder}.ready`),
    limitSeconds: 60,
  });

it('a daemon is found again by its record', async () => {
  const first = await ensure();
  expect(await ensure(false)).toEqual(first);
  expect(daemonsOf(folder)).toEqual([first.pid]);
  expect(endedDaemon(folder)).toBeUndefined();
});

it('one whose folder was removed is ended by stop, and before another is started', async () => {
  const first = await ensure();
  remove(folder);
  expect(daemonsOf(folder)).toEqual([first.pid]);
  const second = await ensure();
  expect(daemonsOf(folder)).toEqual([second.pid]);
  expect(second.pid).not.toBe(first.pid);
  remove(folder);
  await stopDaemon(folder);
  expect(daemonsOf(folder)).toEqual([]);
});

it('one that has ended by itself has left its record', async () => {
  const record = await ensure();
  process.kill(record.pid, 'SIGKILL');
  await expect.poll(() => endedDaemon(folder)).toEqual(record);
  await stopDaemon(folder);
  expect(endedDaemon(folder)).toBeUndefined();
});

it('neither the daemon of another folder nor another program that has the folder as its argument is ended', async () => {
  const others = [
    start(process.execPath, [program, `${folder} too`], { stdio: 'ignore' }),
    start(process.execPath, ['-e', 'setInterval(() => {}, 1000)', folder], { stdio: 'ignore' }),
  ];
  const { pid } = await ensure();
  expect(daemonsOf(folder)).toEqual([pid]);
  await stopDaemon(folder);
  expect(others.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual([null, null]);
  for (const each of others) each.kill('SIGKILL');
});
