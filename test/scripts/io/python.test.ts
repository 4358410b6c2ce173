import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { pythonEnvironment } from '../../../scripts/io/python.ts';
import { remove } from '../../../scripts/io/state.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-python-test-'));
const requirements = join(folder, 'requirements.txt');
const cache = join(folder, 'cache');
const { PATH } = process.env;
const quiet = () => undefined;

afterAll(() => remove(folder));

afterEach(() => {
  process.env.PATH = PATH;
  remove(cache);
});

/** A project that pip can install without an index. */
function localPackage(name: string): string {
  const source = join(folder, name);
  mkdirSync(source, { recursive: true });
  return source;
}

/** A python3 that answers like one of this version, with or without the venv module. */
function fakePython(answer: string): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho ${answer}\n`, { mode: 0o755 });
  }
  process.env.PATH = bin;
}

it('is made once, also by two at the same time, and clears what a killed command left', async () => {
  writeFileSync(requirements, '# nothing\n');
  const abandoned = join(cache, 'old.999999999.draft');
  mkdirSync(abandoned, { recursive: true });
  const both = await Promise.all([pythonEnvironment(requirements, quiet, cache), pythonEnvironment(requirements, quiet, cache)]);
  expect(both[0]).toBe(both[1]);
  expect(execFileSync(both[0], ['-c', 'import sys; print(sys.prefix != sys.base_prefix)'], { encoding: 'utf8' })).toBe('True\n');
  expect(existsSync(abandoned)).toBe(false);
  expect(readdirSync(cache)).toHaveLength(1);
  const notes: string[] = [];
  await pythonEnvironment(requirements, (note) => void notes.push(note), cache);
  expect(notes).toEqual([]);
});

it('shows the end of what pip said, and leaves nothing that looks complete', async () => {
  writeFileSync(requirements, `${localPackage('not-a-project')}\n`);
  await expect(pythonEnvironment(requirements, quiet, cache)).rejects.toMatchObject({
    code: 'pip-failed',
    why: expect.stringContaining('not-a-project'),
  });
  expect(readdirSync(cache).filter((name) => !name.endsWith('.draft'))).toEqual([]);
});

it('names the package to install when python3 has no venv, is too old or missing', async () => {
  fakePython('3.12.1 False');
  await expect(pythonEnvironment(requirements, quiet, cache)).rejects.toMatchObject({ code: 'no-venv', next: 'apt install python3-venv' });
  fakePython('3.9.6 True');
  await expect(pythonEnvironment(requirements, quiet, cache)).rejects.toMatchObject({
    code: 'no-python',
    message: expect.stringContaining('3.9.6'),
  });
  process.env.PATH = folder;
  await expect(pythonEnvironment(requirements, quiet, cache)).rejects.toMatchObject({
    code: 'no-python',
    message: 'python3 is not installed',
  });
});
