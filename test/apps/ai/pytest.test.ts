/** The AI server's own tests, which are Python, each shown by its name. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { pythonEnvironment } from '../../../scripts/io/process/python.ts';
import { remove, root } from '../../../scripts/io/state.ts';

interface Case {
  readonly name: string;
  readonly failure: string | null;
}

const home = join(root, 'apps/ai');
const folder = mkdtempSync(join(tmpdir(), 'dojang-ai-test-'));
afterAll(() => remove(folder));

const python = await pythonEnvironment(join(home, 'requirements-test.txt'), () => undefined);
const run = await ran();

describe('the AI server', () => {
  it.each(run.cases)('$name', ({ failure }) => expect(failure).toBeNull());
  it('has no test that failed to start', () => expect(run.cases.length > 0 && run.ended, run.said).toBe(true));
  it('passes its linter', () => succeeds(['-m', 'ruff', 'check', '--no-cache', '--quiet', home]));
  it('is formatted', () => succeeds(['-m', 'ruff', 'format', '--no-cache', '--check', '--quiet', home]));
});

/** Every case, and whether pytest ended as one ends that ran them all. */
async function ran(): Promise<{ cases: Case[]; ended: boolean; said: string }> {
  const report = join(folder, 'report.json');
  const here = relative(root, import.meta.dirname);
  const args = ['-m', 'pytest', '-c', join(home, 'pyproject.toml'), '--rootdir', root, '-q', '--report', report, here];
  const { code, said } = await ended(args);
  return { cases: casesIn(report), ended: code === 0 || code === 1, said };
}

function casesIn(report: string): Case[] {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return [];
  }
}

async function succeeds(args: string[]): Promise<void> {
  const { code, said } = await ended(args);
  expect(code, said).toBe(0);
}

async function ended(args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', HYPOTHESIS_STORAGE_DIRECTORY: join(folder, 'hypothesis') };
  try {
    const { stdout } = await promisify(execFile)(python, args, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: `${stdout}\n${stderr}` };
  }
}
