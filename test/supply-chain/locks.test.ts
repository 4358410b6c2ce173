/**
 * Every package that is installed is the one that was reviewed: by its version and its hash,
 * wherever it is fetched from.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageSets } from '../../scripts/dev/python-locks/sets.ts';
import { root } from '../../scripts/io/state.ts';
import { archiveChecksums } from '../../scripts/local/engine/checksums.ts';

const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)));

describe('package-lock.json', () => {
  interface Locked {
    readonly link?: boolean;
    readonly integrity?: string;
    readonly inBundle?: boolean;
    readonly resolved?: string;
  }
  const packages = Object.entries(JSON.parse(textOf('package-lock.json')).packages as Readonly<Record<string, Locked>>);
  const fetched = packages.filter(([path, { link }]) => path.includes('node_modules/') && !link);

  it('has the integrity of every package that is fetched', () => {
    // npm leaves it out for other platforms' packages that it had not fetched: remove such an
    // entry, then npm install --package-lock-only.
    expect(fetched.filter(([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual(
      [],
    );
  });

  it('has a bundled package in one whose integrity covers it', () => {
    const known = new Map(fetched);
    for (const [path] of fetched.filter(([, { inBundle }]) => inBundle)) {
      const holders = [...path.matchAll(/\/node_modules\//g)].map(({ index }) => known.get(path.slice(0, index)));
      expect(
        holders.some((holder) => holder?.integrity?.startsWith('sha512-')),
        path,
      ).toBe(true);
    }
  });

  it('names no other place than the public registry', () => {
    const elsewhere = fetched.filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'));
    expect(elsewhere.map(([path]) => path)).toEqual([]);
  });
});

describe('the locks of Python packages', () => {
  it('are made for every file of requirements', () => {
    const files = tracked.filter((file) => /(^|\/)[\w-]*requirements[\w-]*\.txt$/.test(file) || /^scripts\/.*\.txt$/.test(file));
    expect(files.sort()).toEqual(packageSets.map(({ path }) => `${path}.txt`).sort());
    for (const { path } of packageSets) expect(tracked).toContain(`${path}.in`);
  });

  it.each(packageSets.map(({ path }) => path))('%s: every package has one version and its hashes', (path) => {
    const entries = textOf(`${path}.txt`)
      .replaceAll('\\\n', '')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) expect(entry).toMatch(/^[\w.-]+==[\w.]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+ *$/);
  });

  it('are what pip is held to wherever the product calls it', () => {
    const sources = tracked.filter((file) => /^(lib|scripts|stacks|gpu|apps|test|\.ci|\.github)\/.*\.(ts|py|sh|yml)$|^\.ci\//.test(file));
    const calling = sources.filter((file) => /pip'?,?\s+'?(install|download)\b/.test(textOf(file)));
    expect(calling).toEqual(
      expect.arrayContaining(['lib/release/host/unpack.ts', 'scripts/artifacts/ai.ts', 'scripts/io/process/python.ts']),
    );
    for (const file of calling) expect(textOf(file), file).toContain('--require-hashes');
  });
});

it('the archive of the Pulumi engine has a checksum for every platform that Node and Pulumi both have', () => {
  const platforms = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'];
  expect(Object.keys(archiveChecksums).sort()).toEqual(platforms);
  for (const checksum of Object.values(archiveChecksums)) expect(checksum).toMatch(/^[0-9a-f]{64}$/);
});

describe('the updater', () => {
  interface Update {
    readonly 'package-ecosystem': string;
    readonly directory?: string;
    readonly directories?: readonly string[];
    readonly cooldown?: Readonly<Record<string, number>>;
  }
  const updates: readonly Update[] = parse(textOf('.github/dependabot.yml')).updates;
  const foldersOf = (name: string) =>
    updates
      .filter((update) => update['package-ecosystem'] === name)
      .flatMap(({ directory, directories = [] }) => [...(directory ? [directory] : []), ...directories])
      .sort();
  const foldersWith = (test: (file: string) => boolean) => [...new Set(tracked.filter(test).map((file) => `/${dirname(file)}`))].sort();

  it('knows every folder that has something to update', () => {
    expect(foldersOf('github-actions')).toEqual(['/']);
    expect(foldersOf('npm')).toEqual(['/']);
    expect(foldersOf('pip')).toEqual([...new Set(packageSets.map(({ path }) => `/${dirname(path)}`))].sort());
    expect(foldersOf('gomod')).toEqual(foldersWith((file) => file.endsWith('go.mod')));
  });

  it('waits a week before it proposes a release', () => {
    for (const { cooldown } of updates) expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
  });
});
