/** The tiers cover every test file once, and the unit tier is held to what it may do. */
import { spawn, spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { connect } from 'node:net';
import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../scripts/io/state.ts';
import { filesOfTier } from './tiers.ts';

const files = globSync('test/**/*.test.ts', { cwd: root });
const tiersOf = (file: string) =>
  Object.entries(filesOfTier)
    .filter(([, { include, exclude }]) => isIn(file, include) && !isIn(file, exclude))
    .map(([tier]) => tier);
const isIn = (file: string, patterns: readonly string[]) => patterns.some((pattern) => matchesGlob(file, pattern));

describe('the tiers', () => {
  it.each(files)('%s is of one tier', (file) => expect(tiersOf(file)).toHaveLength(1));

  it.each([
    ['test/lib/new/thing.test.ts', 'unit'],
    ['test/stacks/new.test.ts', 'unit'],
    ['test/scripts/new.test.ts', 'unit'],
    ['test/lib/host/new.integration.test.ts', 'integration'],
    ['test/scripts/local/hosts/new.test.ts', 'integration'],
    ['test/scripts/io/new.test.ts', 'integration'],
    ['test/apps/api/new.test.ts', 'integration'],
    ['test/e2e/new.test.ts', 'e2e'],
  ])('%s is of the tier %s', (file, tier) => expect(tiersOf(file)).toEqual([tier]));
});

describe('a unit test', () => {
  it('opens no connection', async () => {
    expect(() => connect(80, '127.0.0.1')).toThrow('a unit test opened a connection');
    await expect(fetch('http://127.0.0.1/')).rejects.toMatchObject({ cause: { message: expect.stringContaining('opened a connection') } });
  });

  it('starts no program that not every machine has', () => {
    expect(() => spawn('openssl', ['version'])).toThrow('a unit test started openssl');
    expect(() => spawnSync('/usr/bin/shellcheck', ['--version'])).toThrow('a unit test started shellcheck');
    expect(spawnSync('git', ['--version']).status).toBe(0);
  });
});
