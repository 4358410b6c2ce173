import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../../scripts/io/lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const take = <T>(work: () => Promise<T>, environment = 'local') => withLock(environment, 'deploy', work, { folder });
const lockFile = () => join(folder, 'local.lock');
const endedProcess = () => spawnSync(process.execPath, ['--version']).pid;

describe('the lock of an environment', () => {
  it('is held while the work runs, and gives its answer', async () => {
    const answer = await take(async () => {
      await expect(take(async () => 'second')).rejects.toMatchObject({
        code: 'locked',
        message: `dojang deploy is already running for local (process ${process.pid})`,
      });
      return 'first';
    });
    expect(answer).toBe('first');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is waited for', async () => {
    let release = () => {};
    const first = take(() => new Promise<void>((resolve) => (release = resolve)));
    const second = withLock('local', 'wire', async () => 'second', { folder, waitSeconds: 60 });
    release();
    await first;
    expect(await second).toBe('second');
  });

  it('is released when the work fails', async () => {
    await expect(take(() => Promise.reject(new Error('work failed')))).rejects.toThrow('work failed');
    expect(await take(async () => 'next')).toBe('next');
  });

  it('is one for each environment', async () => {
    expect(await take(() => take(async () => 'both', 'prod'))).toBe('both');
  });

  it('is taken over from a process that has ended, also one that ended while it took it over', async () => {
    const dead = { pid: endedProcess(), verb: 'up', id: 'one' };
    writeFileSync(lockFile(), JSON.stringify(dead));
    writeFileSync(`${lockFile()}.one`, JSON.stringify({ ...dead, id: 'two' }));
    expect(await take(async () => 'taken over')).toBe('taken over');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells the work which holders before it have ended: what they hold elsewhere is free', async () => {
    writeFileSync(lockFile(), JSON.stringify({ pid: endedProcess(), verb: 'up', id: 'two', dead: ['one'] }));
    await withLock('local', 'deploy', async ({ dead }) => expect(dead).toEqual(['two', 'one']), { folder });
    await withLock('local', 'deploy', async ({ dead }) => expect(dead).toEqual([]), { folder });
  });

  it.each(['', 'null', '{}'])('is taken over when nothing can be read from it: %j', async (text) => {
    writeFileSync(lockFile(), text);
    expect(await take(async () => 'taken over')).toBe('taken over');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not taken over from one that is just taking it over', async () => {
    writeFileSync(lockFile(), JSON.stringify({ pid: endedProcess(), verb: 'up', id: 'one' }));
    writeFileSync(`${lockFile()}.one`, JSON.stringify({ pid: process.pid, verb: 'wire', id: 'two' }));
    await expect(take(async () => undefined)).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining('dojang wire') });
  });

  it('is held by one of many commands at a time', async () => {
    const runs = Array.from({ length: 4 }, () =>
      spawn(process.execPath, [join(import.meta.dirname, 'lock-rounds.ts'), folder, '1500'], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    const outputs = await Promise.all(runs.map(async (run) => [await run.stdout.toArray(), await once(run, 'close')] as const));
    for (const [, [code]] of outputs) expect(code).toBe(0);
    const had = outputs.map(([output]) => Number(Buffer.concat(output)));
    expect(had.reduce((sum, each) => sum + each)).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});
