/** Hooks of a project, run for real. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HookName } from '../../../../lib/hooks/hooks.ts';
import { projectHooks } from '../../../../scripts/io/hooks/hooks.ts';
import { processVariables } from '../../../../scripts/io/process/process-environment.ts';
import { collect, start } from '../../../../scripts/io/process/processes.ts';
import { waitUntil } from '../../../../scripts/io/process/wait-until.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-hooks-'));
  mkdirSync(join(folder, 'hooks'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function hook(name: HookName, script: string, mode = 0o755): void {
  writeFileSync(join(folder, 'hooks', name), `#!/usr/bin/env bash\n${script}\n`);
  chmodSync(join(folder, 'hooks', name), mode);
}

const facts = { verb: 'deploy', environment: 'prod', component: 'api', release: '2026-11-28.3', owner: 'kim' };

function hooks(limitSeconds?: number) {
  const notes: string[] = [];
  const variables = { ...processVariables(), DOJANG_RELEASE: 'of another command', DOJANG_OTHER: 'kept' };
  const options = { note: (text: string) => void notes.push(text), folder, variables };
  return { notes, ...projectHooks({ ...options, ...(limitSeconds && { limitSeconds }) }) };
}

const isRunning = async (pid: string) => (await collect('kill', ['-0', pid])).code === 0;

describe('a hook', () => {
  it('that the project does not have is nothing', async () => {
    const { run, notes } = hooks();
    await run('pre-deploy', facts);
    expect(notes).toEqual([]);
  });

  it('runs in the folder of the project, with its variables, and shows what it prints', async () => {
    hook('pre-deploy', 'set -u; env | grep ^DOJANG_ | grep -v ^DOJANG_TEST_ | sort >seen; echo one; echo two >&2');
    const shown: string[] = [];
    await hooks().run('pre-deploy', facts, (text) => void shown.push(text));
    expect(readFileSync(join(folder, 'seen'), 'utf8').split('\n').slice(0, -1)).toEqual([
      'DOJANG_COMMIT=',
      'DOJANG_COMPONENT=api',
      'DOJANG_DUMP=',
      'DOJANG_ENV=prod',
      'DOJANG_HOOK=pre-deploy',
      'DOJANG_OTHER=kept',
      'DOJANG_OUTCOME=',
      'DOJANG_REASON=',
      'DOJANG_RELEASE=2026-11-28.3',
      'DOJANG_VERB=deploy',
      'DOJANG_WHO=kim',
    ]);
    expect(shown.toSorted()).toEqual(['hooks/pre-deploy', 'hooks/pre-deploy: one', 'hooks/pre-deploy: two']);
  });

  it('before the work stops it when it fails', async () => {
    hook('pre-deploy', 'seq 1 100; echo "no ticket is open"; exit 3');
    const failing = hooks().run('pre-deploy', facts);
    await expect(failing).rejects.toMatchObject({
      code: 'hook-failed',
      message: 'hooks/pre-deploy ended with status 3',
      why: expect.stringMatching(/ 100\n {2}no ticket is open$/),
    });
    await expect(failing).rejects.toMatchObject({ why: expect.not.stringMatching(/ 50\n/) });
  });

  it.each(['post-deploy', 'deploy-failed'] as const)('%s leaves a note when it fails', async (name) => {
    hook(name, 'echo "no room"; exit 3');
    const { run, notes } = hooks();
    await run(name, facts);
    expect(notes).toEqual([`hooks/${name} ended with status 3: no room; the work itself is done`]);
  });

  it('that may not be run is not passed over', async () => {
    hook('pre-deploy', 'exit 0', 0o644);
    await expect(hooks().run('pre-deploy', facts)).rejects.toMatchObject({ message: expect.stringContaining('chmod +x') });
  });

  it('that is no program says so', async () => {
    writeFileSync(join(folder, 'hooks', 'pre-deploy'), '#!/no/such/interpreter\n', { mode: 0o755 });
    await expect(hooks().run('pre-deploy', facts)).rejects.toMatchObject({ message: 'hooks/pre-deploy could not be started (ENOENT)' });
  });

  it('is ended after its time with all that it has started, also what ignores being asked', async () => {
    hook('pre-deploy', `bash -c 'trap "" TERM; echo $$ >child; exec sleep 1000' & wait`);
    await expect(hooks(1).run('pre-deploy', facts)).rejects.toMatchObject({ message: 'hooks/pre-deploy did not end within 1 s' });
    const pid = readFileSync(join(folder, 'child'), 'utf8').trim();
    await waitUntil(async () => !(await isRunning(pid)), { interval: 50, limit: 10_000 });
  });

  it('may leave a program running, which is not waited for', async () => {
    hook('post-deploy', 'sleep 1000 & echo $! >child');
    const { run, notes } = hooks();
    await run('post-deploy', facts);
    expect(notes).toEqual([]);
    const pid = readFileSync(join(folder, 'child'), 'utf8').trim();
    expect(await isRunning(pid)).toBe(true);
    await collect('kill', [pid]);
  });

  it('ends when the command is ended', async () => {
    hook('pre-deploy', 'echo $$ >child; exec sleep 1000');
    const module = join(import.meta.dirname, '../../../../scripts/io/hooks/hooks.ts');
    const program = `const { projectHooks } = await import(${JSON.stringify(module)});
      await projectHooks({ note: () => undefined, folder: ${JSON.stringify(folder)} }).run('pre-deploy', ${JSON.stringify(facts)});`;
    const command = start(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    const child = join(folder, 'child');
    await waitUntil(() => existsSync(child) && readFileSync(child, 'utf8').endsWith('\n'), { interval: 50, limit: 60_000 });
    const ended = new Promise((resolve) => command.once('exit', (_, signal) => resolve(signal)));
    command.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    await waitUntil(async () => !(await isRunning(readFileSync(child, 'utf8').trim())), { interval: 50, limit: 10_000 });
  });
});
