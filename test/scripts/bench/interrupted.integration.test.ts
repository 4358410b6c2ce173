import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root } from '../../../scripts/io/state.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

it.each(['SIGINT', 'SIGTERM'] as const)('a benchmark ended by %s leaves none of its files', async (signal) => {
  const bench = spawn(process.execPath, [join(root, 'scripts/bench/index.ts'), 'prices', '--megabytes', '1000'], {
    cwd: root,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [ended, said] = [once(bench, 'close'), bench.stderr.toArray()];
  const written = () => readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)));
  await expect.poll(() => written().some((file) => statSync(file).size > 0), { timeout: 60_000 }).toBe(true);
  bench.kill(signal);
  expect(await ended).toEqual([1, null]);
  expect(`${await said}`).toContain(`interrupted by ${signal}`);
  expect(readdirSync(folder)).toEqual([]);
});
