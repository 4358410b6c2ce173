import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { pythonEnvironment } from '../../../../scripts/io/process/python.ts';
import { remove } from '../../../../scripts/io/state.ts';

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

/**
 * Writes a wheel, or a source archive whose build leaves `built`, of `toy` 1.0. @returns its
 * SHA-256
 */
function toy(kind: 'wheel' | 'source', built = ''): string {
  const packages = join(folder, 'packages');
  remove(packages);
  mkdirSync(packages, { recursive: true });
  const metadata = 'Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n';
  const program = `
import io, sys, tarfile, zipfile
kind, metadata, built = sys.argv[1:]
project = "[build-system]\\nrequires = []\\nbuild-backend = 'backend'\\nbackend-path = ['.']\\n"
if kind == "wheel":
    with zipfile.ZipFile("toy-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("toy.py", "")
        wheel.writestr("toy-1.0.dist-info/METADATA", metadata)
        wheel.writestr("toy-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("toy-1.0.dist-info/RECORD", "")
else:
    with tarfile.open("toy-1.0.tar.gz", "w:gz") as archive:
        for name, text in (("PKG-INFO", metadata), ("pyproject.toml", project), ("backend.py", "open(%r, 'w').close()\\n" % built)):
            entry = tarfile.TarInfo("toy-1.0/" + name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
`;
  execFileSync('python3', ['-c', program, kind, metadata, built], { cwd: packages });
  const [file = ''] = readdirSync(packages);
  return createHash('sha256')
    .update(readFileSync(join(packages, file)))
    .digest('hex');
}

/** A lock that takes packages from the folder that `toy` writes, and from nowhere else. */
function lock(...entries: readonly string[]): void {
  writeFileSync(requirements, ['--no-index', `--find-links ${join(folder, 'packages')}`, ...entries, ''].join('\n'));
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

it('installs a package whose hash is in the lock', async () => {
  lock(`toy==1.0 --hash=sha256:${toy('wheel')}`);
  const python = await pythonEnvironment(requirements, quiet, cache);
  expect(execFileSync(python, ['-c', 'import toy; print(toy.__name__)'], { encoding: 'utf8' })).toBe('toy\n');
});

it('refuses a package without a hash, though its version is the one that is wanted', async () => {
  toy('wheel');
  lock('toy==1.0');
  await expect(pythonEnvironment(requirements, quiet, cache)).rejects.toMatchObject({ code: 'pip-failed' });
  expect(readdirSync(cache)).toEqual([]);
});

it('builds nothing from source, as that would run what was fetched', async () => {
  const built = join(folder, 'built');
  lock(`toy==1.0 --hash=sha256:${toy('source', built)}`);
  await expect(pythonEnvironment(requirements, quiet, cache)).rejects.toMatchObject({ code: 'pip-failed' });
  expect(existsSync(built)).toBe(false);
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
