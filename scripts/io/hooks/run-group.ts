/** Runs a program to its end, with whatever it has started: all of it ends with its time. */

import type { Variables } from '../process/process-environment.ts';
import { type ChildProcess, start } from '../process/processes.ts';

export interface GroupOptions {
  readonly cwd: string;
  readonly env: Variables;
  readonly limitSeconds: number;
  /** Each line that it prints, to either stream. */
  readonly onLine: (line: string) => void;
}

export interface GroupEnd {
  /** Why it did not end well, as in "hooks/pre-deploy ended with status 3"; undefined if it did. */
  readonly fault: string | undefined;
  /** The last lines that it printed. */
  readonly said: readonly string[];
}

/** Lines that are kept, and characters of each. */
const kept = { lines: 12, characters: 300 } as const;

/** Milliseconds between being asked to end and being ended. */
const patience = 5_000;

/** A process group of its own: signals reach all of it. That of the terminal is passed on. */
export async function runGroup(program: string, { cwd, env, limitSeconds, onLine }: GroupOptions): Promise<GroupEnd> {
  const child = start(program, [], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const said: string[] = [];
  const line = (text: string) => {
    said.push(text);
    if (said.length > kept.lines) said.shift();
    onLine(text);
  };
  for (const stream of [child.stdout, child.stderr]) followLines(stream, line);
  const stopPassing = passSignals(child);
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    endGroup(child);
  }, limitSeconds * 1000);
  try {
    const fault = await endOf(child);
    return { fault: isOver ? `did not end within ${limitSeconds} s` : fault, said };
  } finally {
    clearTimeout(timer);
    stopPassing();
    if (isOver) signalGroup(child, 'SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/** Milliseconds in which what a program printed last is read. */
const readWithin = 200;

/**
 * The program's own end counts: what it left running in the background may keep its output open,
 * and is not waited for.
 */
function endOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.once('error', ({ code }: NodeJS.ErrnoException) => resolve(`could not be started (${code})`));
    child.once('exit', (code, signal) => {
      const fault = signal ? `was ended by ${signal}` : `ended with status ${code}`;
      const done = () => resolve(code === 0 ? undefined : fault);
      const timer = setTimeout(done, readWithin);
      child.once('close', () => {
        clearTimeout(timer);
        done();
      });
    });
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}

function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patience);
  timer.unref();
}

const passed = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal to this process ends the group first, and then this process as it would have. */
function passSignals(child: ChildProcess): () => void {
  const handlers = passed.map((signal) => {
    const handler = () => {
      signalGroup(child, signal);
      stop();
      process.kill(process.pid, signal);
    };
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  const stop = () => {
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
  return stop;
}

function followLines(stream: ChildProcess['stdout'], onLine: (line: string) => void): void {
  let rest = '';
  const given = (text: string) => {
    const line = text.replaceAll(/\p{Cc}/gu, ' ').trim();
    if (line !== '') onLine(line.slice(0, kept.characters));
  };
  stream
    ?.setEncoding('utf8')
    .on('data', (text: string) => {
      const lines = (rest + text).split(/[\r\n]/);
      rest = (lines.pop() ?? '').slice(-kept.characters);
      for (const each of lines) given(each);
    })
    .on('end', () => given(rest));
}
