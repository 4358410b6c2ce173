/** The runner of steps in real bash, on a folder instead of a host. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesStep } from '../../../../lib/host/bash/files.ts';
import { type RunMode, renderRecipe } from '../../../../lib/host/bash/render.ts';
import { type RunResults, stepResults } from '../../../../lib/host/bash/results.ts';
import { type HostStep, step } from '../../../../lib/host/bash/step.ts';
import { bash } from '../bash.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-recipe-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const owner = bash('stat -c %U:%G /proc/self').stdout.trim();
const at = (name: string) => join(folder, name);
const file = (name: string, content: string) => ({ path: at(name), content, mode: '640', owner });
const reload = {
  id: 'reload',
  title: 'Reload',
  run: `cat "${'$'}state_folder/../one" >>"${'$'}state_folder/../reloads"`,
  limitSeconds: 10,
};

function two(content = 'hello $HOME'): HostStep[] {
  return [
    filesStep({ id: 'first', title: 'First', files: [file('one', content), file('sub/two', 'x')], notifies: ['reload'] }),
    step({ id: 'second', title: 'Second', check: `[ -e ${at('made')} ] || echo "no made"`, apply: `touch ${at('made')}` }),
  ];
}

function script(steps: readonly HostStep[], mode: RunMode): string {
  const places = { work: at('work'), state: at('state'), log: at('log') };
  return renderRecipe({ host: 'aws', steps, handlers: [reload], leftOut: [] }, mode, places);
}

/** A reader of secrets that notes how it is called, and fails where `broken` is there. */
function reader(): string {
  const tool = at('secret');
  writeFileSync(
    tool,
    `#!/bin/bash
echo "$1 $(stat -c %a "\${SECRETS_READ:-/nowhere}" 2>/dev/null)" >>${at('calls')}
[ "$1" != fetch ] || { [ ! -e ${at('broken')} ] && echo '{"/toy/key": "hidden"}'; exit; }
[ "$1" = fill ] || exit 2
read=$(grep -c hidden "$SECRETS_READ" 2>/dev/null)
[ "$read" = 1 ] || echo asked >>${at('calls')}
sed 's,{{/toy/key}},hidden,'
`,
    { mode: 0o755 },
  );
  return tool;
}

function runWithSecrets(mode: RunMode, after = ''): RunResults {
  const secret = (name: string) => ({ ...file(name, '{{/toy/key}}'), secret: true });
  const steps = [
    filesStep({ id: 'first', title: 'First', files: [secret('one'), secret('two')] }),
    filesStep({ id: 'second', title: 'Second', files: [secret('three')] }),
    step({ id: 'third', title: 'Third', check: after || ':', apply: ':', limitSeconds: 20 }),
  ];
  const places = { work: at('work'), state: at('state'), log: at('log'), secretTool: reader() };
  const rendered = renderRecipe({ host: 'aws', steps, handlers: [], leftOut: [] }, mode, places);
  // Into a file: the process that limits a step keeps the output of a killed run open to its limit.
  bash('exec bash -s >"$OUTPUT" 2>&1', { OUTPUT: at('output') }, rendered);
  return stepResults(readFileSync(at('output'), 'utf8'));
}
const calls = () => readFileSync(at('calls'), 'utf8').trim().split('\n');

function run(steps: readonly HostStep[], mode: RunMode): RunResults {
  return stepResults(bash('bash -s', {}, script(steps, mode)).stdout);
}

const states = ({ results }: RunResults) => Object.fromEntries(results.map(({ id, state }) => [id, state]));

describe('secrets', () => {
  it('are read with one question, which root alone may see, and are gone at the end', () => {
    expect(states(runWithSecrets('apply'))).toEqual({ first: 'changed', second: 'changed', third: 'ok' });
    expect(readFileSync(at('one'), 'utf8')).toBe('hidden\n');
    expect(calls().filter((call) => call.startsWith('fetch'))).toEqual(['fetch 600']);
    expect(calls()).not.toContain('asked');
    expect(existsSync(at('work/secrets-read'))).toBe(false);
  });

  it('are asked for by each step where that question fails', () => {
    writeFileSync(at('broken'), '');
    expect(states(runWithSecrets('apply'))).toEqual({ first: 'changed', second: 'changed', third: 'ok' });
    expect(calls().filter((call) => call === 'asked').length).toBeGreaterThanOrEqual(3);
  });

  it('are gone when a run is ended in the middle', () => {
    expect(runWithSecrets('apply', 'kill -TERM $$').end).toBe('cut');
    expect(calls()[0]).toBe('fetch 600');
    expect(existsSync(at('work/secrets-read'))).toBe(false);
  });
});

describe('a recipe', () => {
  it('is carried out once, and then has nothing to do', () => {
    expect(run(two(), 'apply')).toMatchObject({ end: 'done' });
    expect(readFileSync(at('one'), 'utf8')).toBe('hello $HOME\n');
    expect((statSync(at('one')).mode & 0o777).toString(8)).toBe('640');
    expect(states(run(two(), 'apply'))).toEqual({ first: 'ok', second: 'ok' });
    expect(readFileSync(at('reloads'), 'utf8')).toBe('hello $HOME\n');
  });

  it('changes nothing when it only looks, and names what differs', () => {
    expect(states(run(two(), 'check'))).toEqual({ first: 'differs', second: 'differs' });
    expect(existsSync(at('one'))).toBe(false);
    run(two(), 'apply');
    writeFileSync(at('one'), 'edited by hand\n');
    bash(`chmod 666 ${at('sub/two')}`);
    const { results } = run(two(), 'check');
    expect(results[0]).toEqual({
      kind: 'step',
      id: 'first',
      state: 'differs',
      details: [`${at('one')} differs`, `${at('sub/two')} is 666 ${owner}, not 640 ${owner}`],
    });
    expect(readFileSync(at('one'), 'utf8')).toBe('edited by hand\n');
    expect(states(run(two(), 'apply'))).toEqual({ first: 'changed', second: 'ok', reload: 'changed' });
    expect(states(run(two(), 'check'))).toEqual({ first: 'ok', second: 'ok' });
  });

  it('puts a file in the place of a link to another', () => {
    writeFileSync(at('elsewhere'), 'hello $HOME\n');
    bash(`ln -s elsewhere ${at('one')}`);
    expect(states(run(two(), 'apply'))).toMatchObject({ first: 'changed' });
    expect(readFileSync(at('elsewhere'), 'utf8')).toBe('hello $HOME\n');
    expect(bash(`[ -L ${at('one')} ]`).code).toBe(1);
  });

  it('stops at a step that fails, with the end of what it said, and still reloads what had changed', () => {
    const broken = step({ id: 'broken', title: 'Broken', check: 'echo wrong', apply: 'seq 50; echo no such thing >&2; false; echo never' });
    const [first, second] = two() as [HostStep, HostStep];
    const { results } = run([first, broken, second], 'apply');
    expect(results.map(({ id, state }) => `${id} ${state}`)).toEqual(['first changed', 'broken failed', 'reload changed']);
    expect(results[1]?.details.at(-1)).toBe('no such thing');
    expect(results[1]?.details.length).toBeLessThan(20);
    expect(existsSync(at('made'))).toBe(false);
  });

  it('fails a step that says it is done and is not', () => {
    const liar = step({ id: 'liar', title: 'Liar', check: 'echo still wrong', apply: ':' });
    expect(run([liar], 'apply').results).toEqual([{ kind: 'step', id: 'liar', state: 'failed', details: ['still wrong'] }]);
  });

  it('distinguishes a check that failed from a difference, and runs the others', () => {
    const blind = step({ id: 'blind', title: 'Blind', check: 'echo "no answer" >&2; return 3', apply: ':' });
    const { results } = run([blind, ...two()], 'check');
    expect(results.map(({ id, state }) => `${id} ${state}`)).toEqual(['blind failed', 'first differs', 'second differs']);
    expect(results[0]?.details).toEqual(['no answer']);
  });

  it('ends a step that takes too long, with all that it started', () => {
    const slow = step({
      id: 'slow',
      title: 'Slow',
      check: 'echo wrong',
      apply: `(sleep 60; touch ${at('late')}) & sleep 60`,
      limitSeconds: 1,
    });
    const { results } = run([slow], 'apply');
    expect(results[0]).toMatchObject({ state: 'failed', details: ['ended after 1 s'] });
    expect(bash(`pgrep -f 'touch ${at('late')}'`).stdout).toBe('');
  });

  it('says little, however much there is to say', () => {
    const loud = Array.from({ length: 60 }, (_, index) =>
      step({ id: `loud-${index}`, title: 'Loud', check: `yes "${'x'.repeat(300)}" | head -n 100`, apply: ':' }),
    );
    const { stdout } = bash('bash -s', {}, script(loud, 'check'));
    expect(stdout.length).toBeLessThan(24_000);
    expect(stepResults(stdout).results).toHaveLength(60);
  });

  it('does not read the script as its own input', () => {
    const eater = step({ id: 'eater', title: 'Eater', check: `[ -e ${at('eaten')} ] || echo wrong`, apply: `cat >${at('eaten')}` });
    expect(run([eater, ...two()], 'apply')).toMatchObject({ end: 'done' });
    expect(readFileSync(at('eaten'), 'utf8')).toBe('');
  });
});

describe('a run that was killed', () => {
  it('is taken up by the next one, with the reload that it owed', async () => {
    const hang = step({
      id: 'hang',
      title: 'Hang',
      check: `[ -e ${at('hung')} ] || echo wrong`,
      apply: `touch ${at('hung')}; read -r _ <${at('gate')}`,
    });
    bash(`mkfifo ${at('gate')}`);
    const steps = [...two(), hang];
    const child = spawn('bash', ['-s'], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.end(script(steps, 'apply'));
    const ended = new Promise((resolve) => child.once('close', resolve));
    while (!existsSync(at('hung'))) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await ended;
    // The step, which has outlived its run, comes to its end.
    writeFileSync(at('gate'), '\n');
    expect(existsSync(at('reloads'))).toBe(false);
    expect(states(run(steps, 'check'))).toMatchObject({ reload: 'differs' });
    expect(states(run(steps, 'apply'))).toEqual({ first: 'ok', second: 'ok', hang: 'ok', reload: 'changed' });
    expect(states(run(steps, 'check'))).toEqual({ first: 'ok', second: 'ok', hang: 'ok' });
  });

  it('never leaves half a file', () => {
    run(two(), 'apply');
    writeFileSync(at('.one.new'), 'half of a fi');
    expect(states(run(two('hello again'), 'apply'))).toMatchObject({ first: 'changed' });
    expect(readFileSync(at('one'), 'utf8')).toBe('hello again\n');
    expect(existsSync(at('.one.new'))).toBe(false);
  });
});
