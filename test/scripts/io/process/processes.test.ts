/** Processes as they are started, and how they end. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { collect, collectSync, run, runSync, start, succeeds } from '../../../../scripts/io/process/processes.ts';

const bash = (script: string) => ['-c', script] as const;

describe('a process that is run to its end', () => {
  it('answers its exit status and both outputs, each whole', async () => {
    const ended = await collect('bash', bash('echo 한글; echo oops >&2; exit 3'));
    expect(ended).toEqual({ code: 3, stdout: '한글\n', stderr: 'oops\n' });
  });

  it('reads its input, and ends where it reads none of it', async () => {
    expect((await run('cat', [], { input: 'word' })).stdout).toBe('word');
    expect((await collect('true', [], { input: 'x'.repeat(2 ** 20) })).code).toBe(0);
    expect((await collect('cat', [])).stdout).toBe('');
  });

  it('has the variables that it is given and no others, and no other PATH', async () => {
    const { stdout } = await run('/usr/bin/env', [], { env: { WORD: 'one', PATH: '/usr/bin', ABSENT: undefined } });
    expect(stdout.trim().split('\n').sort()).toEqual(['PATH=/usr/bin', 'WORD=one']);
    expect(runSync('/usr/bin/env', [], { env: { WORD: 'one' } }).stdout).toBe('WORD=one\n');
  });

  it('fails with its command and what it said', async () => {
    const failure = {
      code: 3,
      stdout: 'out\n',
      stderr: 'oops\n',
      message: 'Command failed: bash -c echo out; echo oops >&2; exit 3\noops\n',
    };
    const script = bash('echo out; echo oops >&2; exit 3');
    await expect(run('bash', script)).rejects.toMatchObject(failure);
    expect(() => runSync('bash', script)).toThrow(expect.objectContaining(failure));
  });

  it('fails as the system says where there is no such command', async () => {
    const missing = { code: 'ENOENT', message: expect.stringContaining('no-such-command ENOENT') };
    await expect(collect('no-such-command', ['word'], { input: 'word' })).rejects.toMatchObject(missing);
    expect(() => collectSync('no-such-command', [])).toThrow(expect.objectContaining(missing));
    expect(succeeds('no-such-command', [])).toBe(false);
    expect([succeeds('true', []), succeeds('false', [])]).toEqual([true, false]);
  });

  it('passes its output on as it comes, both streams in their order', async () => {
    const pieces: string[] = [];
    const script = 'echo one; read -r; echo two >&2';
    const ended = collect('bash', bash(script), { input: '\n', onOutput: (text) => void pieces.push(text) });
    expect(await ended).toMatchObject({ stdout: 'one\n', stderr: 'two\n' });
    expect(pieces.toSorted()).toEqual(['one\n', 'two\n']);
  });

  it('is ended at its limit by the signal that was asked for', async () => {
    const script = "trap '' TERM; echo begun; while :; do read -r -t 1 <> <(:); done";
    expect(await collect('bash', bash(script), { timeout: 300, killSignal: 'SIGKILL' })).toMatchObject({ code: null });
  });

  it('is ended when it prints more than it may', async () => {
    const fault = { code: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', message: 'stdout maxBuffer length exceeded' };
    await expect(collect('yes', [], { maxBytes: 10_000 })).rejects.toMatchObject(fault);
    const { stdout } = await collect('bash', bash("head -c 3000000 /dev/zero | tr '\\0' x"), { maxBytes: 3_000_000 });
    expect(stdout).toHaveLength(3_000_000);
  });

  it('is ended when it is aborted, with the reason as the cause', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const ended = collect('sleep', ['60'], { signal: controller.signal });
    controller.abort(reason);
    await expect(ended).rejects.toMatchObject({ name: 'AbortError', cause: reason });
  });

  it('has output whose bytes are kept, when it is asked for them', () => {
    const { stdout } = runSync('printf', ['\\xff\\x00'], { encoding: 'latin1' });
    expect([...Buffer.from(stdout, 'latin1')]).toEqual([0xff, 0]);
  });
});

describe('a process that started others, which hold its outputs', () => {
  /** Its own process ends at once; the other one would hold the outputs for a minute. */
  const script = (...before: string[]) => bash([...before, 'sleep 60 & echo hi; wait'].join('\n'));
  const within = async <T>(work: Promise<T>) => Promise.race([work, new Promise<'late'>((resolve) => setTimeout(resolve, 20_000, 'late'))]);

  it('is let go when its time is up', async () => {
    expect(await within(collect('bash', script(), { timeout: 300 }))).toEqual({ code: null, stdout: 'hi\n', stderr: '' });
  });

  it('has failed when its time was up, whatever it makes of the signal', async () => {
    const polite = collect('bash', bash("trap 'exit 0' TERM; echo hi; sleep 60 & wait"), { timeout: 300 });
    expect(await within(polite)).toMatchObject({ code: null, stdout: 'hi\n' });
  });

  it('is let go when it is aborted', async () => {
    const work = collect('bash', script(), { signal: AbortSignal.timeout(300) });
    await expect(within(work)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is let go when it prints too much', async () => {
    const work = collect('bash', bash('sleep 60 & head -c 100000 /dev/zero; wait'), { maxBytes: 1000 });
    await expect(within(work)).rejects.toMatchObject({ code: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' });
  });
});

describe('a process beside this one', () => {
  it('is a process of Node, whose end is an event', async () => {
    const child = start('cat', [], { stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin?.end();
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it('reports by an event that there is no such command', async () => {
    const [error] = await once(start('no-such-command', [], { stdio: 'ignore' }), 'error').catch((cause) => [cause]);
    expect(error).toMatchObject({ code: 'ENOENT' });
  });
});
