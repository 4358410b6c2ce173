import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { archiveChecksums } from '../../../../scripts/local/engine/checksums.ts';
import { fetchInto } from '../../../../scripts/local/engine/download.ts';
import { fromCache, fromPath } from '../../../../scripts/local/engine/existing.ts';
import { type EngineSource, ensureEngine, languageHostFolder, presentEngine } from '../../../../scripts/local/engine/index.ts';
import { install } from '../../../../scripts/local/engine/install.ts';
import { engineVersion, fits } from '../../../../scripts/local/engine/version.ts';

const silent = () => undefined;
afterEach(() => vi.unstubAllEnvs());

describe('where the engine comes from', () => {
  it('is the first source that has one; the others are not asked', async () => {
    const asked: string[] = [];
    const source = (name: string, path?: string): EngineSource => ({
      name,
      find: async () => {
        asked.push(name);
        if (!path) throw new Error('not there');
        return path;
      },
    });
    const engine = await ensureEngine(silent, [source('path'), source('cache', '/c/3/bin/pulumi'), source('download', '/d/bin/pulumi')]);
    expect(engine).toEqual({ command: '/c/3/bin/pulumi', root: '/c/3' });
    expect(asked).toEqual(['path', 'cache']);
  });

  it('is one error when there is none, with the reason of each source', async () => {
    const broken = (name: string, reason: string): EngineSource => ({ name, find: () => Promise.reject(new Error(reason)) });
    const failure = await ensureEngine(silent, [
      broken('the official download', 'timed out'),
      broken('a build', 'Go is not installed'),
    ]).catch((e) => e);
    expect(failure).toMatchObject({ code: 'no-engine', next: expect.stringContaining('install Pulumi') });
    expect(failure.message).toContain('the official download: timed out\n    a build: Go is not installed');
  });
});

describe('an engine that is already there', () => {
  it('is taken from PATH when its version fits, past one that is too old', async () => {
    const old = fakeEngine('v3.198.0');
    const right = fakeEngine('v3.260.1');
    vi.stubEnv('PATH', `${dirname(old)}:${dirname(right)}:${process.env.PATH}`);
    expect(await fromPath()).toBe(right);
  });

  it('is not taken when it is too old, and the reason says so', async () => {
    vi.stubEnv('PATH', dirname(fakeEngine('v3.198.0')));
    await expect(fromPath()).rejects.toThrow(/version v3\.198\.0, too old/);
  });

  it('in the cache is one that runs, or the reason why not', async () => {
    const found = await fromCache().catch((error: Error) => error.message);
    if (existsSync(found)) expect(execFileSync(found, ['version'], { encoding: 'utf8' }).trim()).toContain(engineVersion);
    else expect(found).toMatch(/does not exist|does not run/);
  });

  it.each([
    ['3.256.0', true],
    ['v3.250.0\n', true],
    ['v3.249.9', false],
    ['4.0.0', false],
    ['nonsense', false],
  ])('fits or not: %s', (version, expected) => {
    expect(fits(version)).toBe(expected);
  });
});

describe('putting an engine into the cache', () => {
  it('happens in one step and leaves nothing beside it', async () => {
    const root = join(mkdtempSync(join(tmpdir(), 'dojang-engine-')), '3.256.0');
    const command = await install(async (draft) => void writeEngine(join(draft, 'bin'), 'v3.256.0'), root);
    expect(command).toBe(join(root, 'bin', 'pulumi'));
    expect(readdirSync(dirname(root))).toEqual(['3.256.0']);
  });

  it('does not happen when what was made does not run', async () => {
    const root = join(mkdtempSync(join(tmpdir(), 'dojang-engine-')), '3.256.0');
    await expect(install(async (draft) => void mkdirSync(join(draft, 'bin')), root)).rejects.toThrow(/does not run/);
    expect(readdirSync(dirname(root))).toEqual([]);
  });

  it('may be done by two at once, and replaces a broken one', async () => {
    const root = join(mkdtempSync(join(tmpdir(), 'dojang-engine-')), '3.256.0');
    mkdirSync(join(root, 'bin'), { recursive: true });
    const fill = async (draft: string) => void writeEngine(join(draft, 'bin'), 'v3.256.0');
    const [one, other] = await Promise.all([install(fill, root), install(fill, root)]);
    expect(one).toBe(other);
    expect(execFileSync(one, ['version'], { encoding: 'utf8' })).toContain('v3.256.0');
    expect(readdirSync(dirname(root))).toEqual(['3.256.0']);
  });
});

it('a command that only looks takes the engine that is there, and says how to get one', async () => {
  const here = { name: 'path', find: async () => '/p/bin/pulumi' };
  expect(await presentEngine(silent, [here])).toEqual({ command: '/p/bin/pulumi', root: '/p' });
  const none = { name: 'path', find: () => Promise.reject(new Error('not there')) };
  await expect(presentEngine(silent, [none])).rejects.toMatchObject({ code: 'no-engine', next: 'dojang up gets one' });
});

describe('the download', () => {
  const archive = archiveOf({ 'pulumi/pulumi': 'engine', 'pulumi/pulumi-language-nodejs': 'host' });
  const sha256 = createHash('sha256').update(archive).digest('hex');
  const limits = { answerMs: 5_000, silenceMs: 300 };

  it('unpacks an archive with its language hosts, and says how far it is', async () => {
    const notes: string[] = [];
    await served(archive, async (url) => {
      const folder = mkdtempSync(join(tmpdir(), 'dojang-download-'));
      await fetchInto({ url, sha256 }, folder, (note) => notes.push(note), limits);
      expect(readdirSync(folder).sort()).toEqual(['bin', 'unpacked']);
      expect(readdirSync(join(folder, 'bin')).sort()).toEqual(['pulumi', 'pulumi-language-nodejs']);
    });
    expect(notes.at(-1)).toMatch(/downloading the Pulumi engine 3\.\d+\.0: \d+ of \d+ MB/);
  });

  it('refuses what is not the released archive, unpacks nothing of it, and no other source is asked', async () => {
    const changed = archiveOf({ 'pulumi/pulumi': 'another engine' });
    await served(changed, async (url) => {
      const folder = mkdtempSync(join(tmpdir(), 'dojang-download-'));
      const find = () => fetchInto({ url, sha256 }, folder, silent, limits).then(() => folder);
      const next = vi.fn(async () => '/built/bin/pulumi');
      const failure = await ensureEngine(silent, [
        { name: 'the official download', find },
        { name: 'a build', find: next },
      ]).catch((error) => error);
      expect(failure).toMatchObject({
        code: 'wrong-checksum',
        message: expect.stringContaining(url),
        why: expect.stringContaining(sha256),
      });
      expect(readdirSync(folder)).toEqual(['archive.tar.gz']);
      expect(next).not.toHaveBeenCalled();
    });
  });

  it('ends when the server goes silent, however much it has sent', async () => {
    await served(undefined, async (url) => {
      const folder = mkdtempSync(join(tmpdir(), 'dojang-download-'));
      await expect(fetchInto({ url, sha256 }, folder, silent, limits)).rejects.toThrow(/sent nothing for 0\.3 s/);
    });
  });

  it('has a checksum for every platform that Node is carried for', () => {
    expect(Object.keys(archiveChecksums)).toEqual(expect.arrayContaining(['linux-x64', 'linux-arm64', 'darwin-arm64']));
    for (const checksum of Object.values(archiveChecksums)) expect(checksum).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the language host of our own', () => {
  it('is for engines without the official one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dojang-host-'));
    const engine = { command: join(folder, 'pulumi'), root: undefined };
    expect(languageHostFolder(engine, ['/usr/bin'])).toMatch(/scripts\/local\/engine$/);
    writeFileSync(join(folder, 'pulumi-language-nodejs'), '');
    expect(languageHostFolder(engine, ['/usr/bin'])).toBeUndefined();
  });
});

/** A command that calls itself this version. */
function fakeEngine(version: string): string {
  return writeEngine(join(mkdtempSync(join(tmpdir(), 'dojang-fake-')), 'bin'), version);
}

function writeEngine(folder: string, version: string): string {
  mkdirSync(folder, { recursive: true });
  const command = join(folder, 'pulumi');
  writeFileSync(command, `#!/bin/sh\necho ${version.trim()}\n`);
  chmodSync(command, 0o755);
  return command;
}

function archiveOf(files: Readonly<Record<string, string>>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-archive-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return execFileSync('tar', ['-czf', '-', '-C', folder, 'pulumi']);
}

/** A server that answers with these bytes, or begins an answer and never goes on. */
async function served(bytes: Buffer | undefined, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_, response) => {
    response.writeHead(200, bytes ? { 'content-length': bytes.length } : {});
    if (bytes) response.end(bytes);
    else response.write('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/engine.tar.gz`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
