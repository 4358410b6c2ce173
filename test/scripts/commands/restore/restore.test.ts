import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { type HookFacts, type HookName, hookError } from '../../../../lib/hooks/hooks.ts';
import type { Notice } from '../../../../lib/notify/notices.ts';
import type { ShellResult } from '../../../../lib/ports/host-shell.ts';
import type { DumpManifest } from '../../../../lib/release/database/manifest.ts';
import type { Stored } from '../../../../lib/release/database/plan.ts';
import { restoreSteps } from '../../../../lib/release/database/restore-steps.ts';
import { dump as dumpNow } from '../../../../scripts/commands/dump/dump.ts';
import { listRestorable } from '../../../../scripts/commands/restore/list.ts';
import { type RestoreWords, restore } from '../../../../scripts/commands/restore/restore.ts';
import type { Context } from '../../../../scripts/runtime/context.ts';
import { checked } from '../../checked.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const hash = 'f'.repeat(64);
const manifest: DumpManifest = {
  version: 1,
  id: '20261128T120000Z-nightly',
  label: 'nightly',
  at: '2026-11-28T12:00:00Z',
  server: { version: '8.0.44', uuid: '251aa5cd-eb52-11f1-8660-02fc00000001' },
  position: { file: 'binlog.000002', offset: 157 },
  tables: [{ name: 'people', rows: 3, checksum: hash, definition: hash }],
  rows: 3,
  migrations: ['0001_people'],
  dataBytes: 1,
  bytes: 12_300,
  sha256: hash,
  seconds: 1,
};
const prepared = `step\tfetch\t0.1\nstep\timport\t1\ntable\tpeople\t3\t${hash}\nprepared\t${manifest.id}\t\t3\n`;
const page = 'step\tstop\t2\nstep\texchange\t0.1\nstep\tmigrate\t0.4\nstep\tstart\t3\nstep\topen\t0\n';
const dumps = 'replaced\t20261128T130000Z-before-restore\nrestored\t20261128T130005Z-restored\n';
/** By the clock of the host. */
const clock = 'now\t2026-11-28T13:00:00Z\n';

let stored: Stored;
let answers: Partial<ShellResult>[];
let scripts: string[];
let memory: MemoryClouds;
/** Hooks, notices and scripts of the host, in their order. */
let happened: string[];
let brokenHook: string | undefined;
beforeEach(() => {
  happened = [];
  brokenHook = undefined;
  stored = { dumps: [manifest], logs: [] };
  answers = [];
  scripts = [];
  memory = new MemoryClouds(environment);
});

const ports = () => ({
  aws: { outputs: async () => ({ ArtifactBucket: 'artifacts' }), dumpStore: () => ({ stored: async () => stored }) },
  shell: {
    whenReady: async () => undefined,
    run: async (_: string, script: string) => {
      scripts.push(script);
      happened.push(script.includes('restore apply') ? 'restore apply' : 'another script');
      return { code: 0, stdout: '', stderr: '', ...answers.shift() };
    },
  },
  notifier: { notify: async ({ text }: Notice) => void happened.push(text) },
  hooks: {
    has: () => true,
    run: async (name: HookName, { dump: id, outcome }: HookFacts) => {
      happened.push(`hooks/${name} ${id} ${outcome ?? ''}`.trim());
      if (name === brokenHook) throw hookError(name, 'ended with exit code 1', []);
    },
  },
  who: { owner: 'kim', host: 'laptop' },
});
const run = async (words: Partial<RestoreWords> = {}, options: Partial<Context['options']> = {}) =>
  checked(await restore(memory.context(options), async () => ports(), { rehearse: false, ...words }));

describe('a restore', () => {
  it('needs an approval that names the dump, and says what it would replace; no host is asked', async () => {
    await expect(run({ dump: 'nightly' })).rejects.toMatchObject({
      code: 'stateful-change',
      message: `a restore of ${manifest.id}: 1 table, 3 rows replaces what the database of prod holds`,
      next: expect.stringContaining(`dojang restore ${manifest.id} --env prod --approve ${manifest.id} does it`),
    });
    await expect(run({}, { approve: ['nightly'] })).rejects.toMatchObject({ code: 'stateful-change' });
    expect(scripts).toEqual([]);
  });

  it('names the command with the time as one word', async () => {
    answers = [{ stdout: clock }];
    await expect(run({ to: '2026-11-28 21:30:00+09:00' })).rejects.toMatchObject({
      next: expect.stringContaining(`--to 2026-11-28T21:30:00+09:00 --approve ${manifest.id} does it`),
    });
  });

  it('prints rows and checksums, how long visitors saw the maintenance page, and both dumps', async () => {
    answers = [{ stdout: prepared + page + dumps }];
    const { data, lines } = await run({}, { approve: [manifest.id] });
    expect(scripts).toEqual([expect.stringMatching(/^exec \/usr\/local\/lib\/dojang\/restore apply <</m)]);
    expect(data).toMatchObject({
      rehearsed: false,
      dump: manifest.id,
      to: null,
      downtimeSeconds: 5.5,
      replaced: '20261128T130000Z-before-restore',
      restored: '20261128T130005Z-restored',
      tables: [{ name: 'people', rows: 3, checksum: hash }],
    });
    expect(lines?.join('\n')).toContain('people     3  ffffffffffff');
    expect(lines).toContain('down for 5.5 s');
  });

  it('runs the hooks and is announced', async () => {
    answers = [{ stdout: prepared + page + dumps }];
    await run({}, { approve: [manifest.id] });
    expect(happened).toEqual([
      `hooks/pre-restore ${manifest.id}`,
      `prod: restore of ${manifest.id} has begun\nVisitors see the maintenance page until it is done.\nby kim on laptop`,
      'restore apply',
      `prod: restore of ${manifest.id} is done\n7 seconds, 6 s down\nby kim on laptop`,
      `hooks/post-restore ${manifest.id} serving`,
    ]);
  });

  it('whose hook before it fails changes nothing and is not announced', async () => {
    brokenHook = 'pre-restore';
    await expect(run({}, { approve: [manifest.id] })).rejects.toMatchObject({ code: 'hook-failed' });
    expect(happened).toEqual([`hooks/pre-restore ${manifest.id}`]);
  });

  it('that fails is announced as failed, and runs no hook after it', async () => {
    answers = [{ code: 1, stderr: 'restore: the dump is damaged\n' }];
    await expect(run({}, { approve: [manifest.id] })).rejects.toMatchObject({ code: 'restore-failed' });
    expect(happened.slice(-2)).toEqual(['restore apply', `prod: restore of ${manifest.id} failed: the restore failed\nby kim on laptop`]);
  });

  it('that is rehearsed runs no hook and is not announced', async () => {
    answers = [{ stdout: prepared }];
    await run({ rehearse: true });
    expect(happened).toEqual(['another script']);
  });

  it('to a time ships the binary logs first; that it cannot does not end it', async () => {
    answers = [{ code: 1, stdout: clock, stderr: 'binlog: the data comes from a copy of this server\n' }, { stdout: prepared }];
    const { data } = await run({ to: '2026-11-28T21:30:00+09:00', rehearse: true });
    expect(scripts).toEqual([
      expect.stringMatching(/^exec \/usr\/local\/lib\/dojang\/binlog --wait$/m),
      expect.stringContaining('restore rehearse'),
    ]);
    expect(data).toMatchObject({ rehearsed: true, to: '2026-11-28T12:30:00Z', ends: '2026-11-28T12:00:00.000Z', downtimeSeconds: 0 });
    expect(memory.notes).toEqual([
      'binary logs of the last minutes were not shipped (binlog: the data comes from a copy of this server); those in the bucket are used',
    ]);
  });

  it('that fails says what the host said', async () => {
    answers = [{ code: 1, stdout: 'step\tfetch\t1\n', stderr: 'restore: the dump is damaged\n' }];
    await expect(run({}, { approve: [manifest.id] })).rejects.toMatchObject({
      code: 'restore-failed',
      message: 'the restore failed after the step fetch',
      why: 'restore: the dump is damaged',
    });
  });

  it.each(['yesterday', '2026-11-28T12:30:00', '2026-11-28 25:00Z'])('to %s is refused', async (to) => {
    await expect(run({ to })).rejects.toMatchObject({ code: 'invalid-time' });
    expect(scripts).toEqual([]);
  });

  describe('by the clock of the host, whatever the operator has', () => {
    it('reaches now', async () => {
      answers = [{ stdout: clock }, { stdout: prepared }];
      expect((await run({ to: 'now', rehearse: true })).data).toMatchObject({ to: '2026-11-28T13:00:00Z' });
    });

    it('refuses a time that has not come', async () => {
      answers = [{ stdout: clock }];
      await expect(run({ to: '2026-11-28T22:00:01+09:00', rehearse: true })).rejects.toMatchObject({
        code: 'invalid-time',
        message: '2026-11-28T13:00:01.000Z has not come yet',
        why: 'On the host it is 2026-11-28T13:00:00.000Z.',
      });
      expect(scripts).toHaveLength(1);
    });

    it('is not begun when the host does not print it', async () => {
      await expect(run({ to: 'now', rehearse: true })).rejects.toMatchObject({ code: 'restore-failed' });
      expect(scripts).toHaveLength(1);
    });
  });

  it('is printed by --dry-run as its plan, without a cloud', async () => {
    const unopened = () => Promise.reject(new Error('a cloud was opened'));
    for (const rehearse of [true, false]) {
      const context = memory.context({ dryRun: true });
      const { data, lines } = checked(await restore(context, unopened, { to: 'now', rehearse }));
      const steps = restoreSteps({ toTime: true, rehearse });
      expect(data).toEqual(steps.map(({ id, where }) => expect.objectContaining({ id, where })));
      const text = (lines ?? []).join(' ').replaceAll(/\s+/g, ' ');
      for (const { title, checks } of steps) for (const part of [`${title} (`, checks]) expect(text).toContain(part);
      expect(lines?.filter((line) => line.length > 80)).toEqual([]);
    }
  });
});

describe('what there is to restore', () => {
  it('is listed with how far binary logs lead', async () => {
    const restored = {
      ...manifest,
      id: '20261128T121000Z-restored',
      label: 'restored',
      at: '2026-11-28T12:10:00Z',
      since: '2026-11-28T12:09:50Z',
    };
    const uuid = manifest.server.uuid;
    const log = (number: number) => ({
      key: `${number}`,
      server: uuid,
      number,
      from: new Date('2026-11-28T12:00:00Z'),
      until: new Date(`2026-11-28T12:0${number}:59Z`),
      bytes: 1,
      sha256: hash,
    });
    stored = { dumps: [manifest, restored], logs: [2, 3, 5].map(log) };
    const { data } = checked(await listRestorable(memory.context(), ports()));
    expect(data.map(({ id, reaches }) => [id, reaches])).toEqual([
      [restored.id, restored.at],
      // Number 4 is missing.
      [manifest.id, '2026-11-28T12:03:59Z'],
    ]);
    stored = { dumps: [manifest, { ...restored, since: '2026-11-28T12:02:30Z' }], logs: [2, 3].map(log) };
    expect((await listRestorable(memory.context(), ports())).data[1]?.reaches).toBe('2026-11-28T12:02:30Z');
  });

  it('is nothing at first', async () => {
    stored = { dumps: [], logs: [] };
    const { lines } = checked(await listRestorable(memory.context(), ports()));
    expect(lines).toEqual(['no dump of prod yet: dojang dump makes one']);
  });

  it('is nothing before there is a bucket', async () => {
    const aws = { ...ports().aws, outputs: async () => ({}) };
    await expect(listRestorable(memory.context(), { aws })).rejects.toMatchObject({ code: 'not-deployed' });
  });
});

it('dojang dump makes one beside those of nights and releases', async () => {
  answers = [{ stdout: 'dump\t20261128T130000Z-manual\t9515\t1.7\t13\t45\n' }];
  const { data, lines } = checked(await dumpNow(memory.context(), ports()));
  expect(scripts).toEqual(['exec /usr/local/lib/dojang/dump manual\n']);
  expect(data).toEqual({
    environment: 'prod',
    id: '20261128T130000Z-manual',
    key: 'dumps/20261128T130000Z-manual.sql.gz',
    bytes: 9515,
    seconds: 1.7,
    tables: 13,
    rows: 45,
  });
  expect(lines?.[1]).toContain('dojang restore 20261128T130000Z-manual --env prod --rehearse');
});
