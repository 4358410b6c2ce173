/**
 * Every process that is started, by tinyexec: run to its end and its output collected, or started
 * beside this one. The only module that knows `node:child_process`, for its types: a process that
 * is started beside this one is Node's own object, which callers listen to, signal and detach.
 */
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { type Result, x, xSync } from 'tinyexec';
import { processVariables, type Variables } from './process-environment.ts';

export type { ChildProcess } from 'node:child_process';

interface CommonOptions {
  readonly cwd?: string;
  /** All variables of the process. @default those of this process */
  readonly env?: Variables;
  /** What it reads on its standard input; nothing when omitted. */
  readonly input?: string;
  /** Bytes that each output may have; a process that prints more is ended. @default 1 MiB */
  readonly maxBytes?: number;
}

export interface RunOptions extends CommonOptions {
  /** Milliseconds after which it gets `killSignal`. @default no limit */
  readonly timeout?: number;
  /** @default SIGTERM */
  readonly killSignal?: NodeJS.Signals;
  /** Ends the process when it is aborted. */
  readonly signal?: AbortSignal;
  /** Called with each piece of its output as it comes, of both streams. */
  readonly onOutput?: (text: string) => void;
}

export interface SyncOptions extends CommonOptions {
  /** `inherit` shows the output where that of this process is shown. @default collected */
  readonly output?: 'inherit';
  /** How its output is decoded; `latin1` has one character for each byte. @default utf8 */
  readonly encoding?: 'utf8' | 'latin1';
}

export interface StartOptions extends Omit<SpawnOptions, 'env' | 'shell' | 'stdio'> {
  readonly env?: Variables;
  readonly stdio: SpawnOptions['stdio'];
}

export interface Ended {
  /** Exit status; null when a signal has ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that ended with another status than 0. */
class ProcessFailed extends Error {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;

  constructor(command: string, args: readonly string[], { code, stdout, stderr }: Ended) {
    super(`Command failed: ${[command, ...args].join(' ')}\n${stderr}`);
    this.name = 'ProcessFailed';
    this.code = code;
    this.stdout = stdout;
    this.stderr = stderr;
  }
}

const defaultMaxBytes = 2 ** 20;

/**
 * Runs a process to its end.
 * @throws ProcessFailed when it ends with another status than 0, or by a signal; and as `collect`
 */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return succeeded(command, args, await collect(command, args, options));
}

/**
 * Runs a process to its end, whatever its exit status.
 * @throws Error with `code` of the system (`ENOENT`: there is no such command),
 *   `ERR_CHILD_PROCESS_STDIO_MAXBUFFER`, or an `AbortError` whose cause is the signal's reason
 */
export async function collect(command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env, input = '', timeout, killSignal, signal, maxBytes = defaultMaxBytes } = options;
  const child = x(command, args, {
    ...ownVariables,
    stdin: input,
    ...(signal && { signal }),
    nodeOptions: { ...(cwd !== undefined && { cwd }), env: variables(env), timeout, killSignal },
  });
  const exceeded = follow(child, maxBytes, options.onOutput);
  const expired = expiry(child, timeout);
  signal?.addEventListener('abort', () => letGo(child), { once: true });
  const { stdout, stderr } = await child;
  const tooLong = exceeded();
  if (tooLong) throw tooLong;
  if (child.aborted) throw aborted(signal);
  return { code: expired() ? null : (child.exitCode ?? null), stdout, stderr };
}

/** As `run`, while this process waits. */
export function runSync(command: string, args: readonly string[], options: SyncOptions = {}): Ended {
  return succeeded(command, args, collectSync(command, args, options));
}

/** As `collect`, while this process waits. */
export function collectSync(command: string, args: readonly string[], options: SyncOptions = {}): Ended {
  const { cwd, env, input, maxBytes = defaultMaxBytes, output, encoding = 'utf8' } = options;
  const { stdout, stderr, exitCode } = xSync(command, args, {
    ...ownVariables,
    nodeOptions: {
      ...(cwd !== undefined && { cwd }),
      env: variables(env),
      encoding,
      maxBuffer: maxBytes,
      ...(input !== undefined && { input }),
      ...(output && { stdio: output }),
    },
  });
  return { code: exitCode ?? null, stdout, stderr };
}

/** Whether the command exists and ends with status 0. What it prints is not shown. */
export function succeeds(command: string, args: readonly string[]): boolean {
  try {
    return collectSync(command, args).code === 0;
  } catch {
    return false;
  }
}

/**
 * Starts a process that goes on beside this one. That it could not be started is the event `error`
 * of the process.
 */
export function start(command: string, args: readonly string[], { env, ...options }: StartOptions): ChildProcess {
  const { process: child } = x(command, args, { ...ownVariables, nodeOptions: { ...options, env: variables(env) } });
  if (!child) throw new Error(`${command} was not started`);
  return child;
}

/** tinyexec would put `node_modules/.bin` first on PATH, and add the variables of this process. */
const ownVariables = { nodePath: false, inheritEnv: false } as const;

function variables(env: Variables = processVariables()): NodeJS.ProcessEnv {
  return { ...env };
}

function succeeded(command: string, args: readonly string[], ended: Ended): Ended {
  if (ended.code === 0) return ended;
  throw new ProcessFailed(command, args, ended);
}

/** Passes the output on, and ends the process that prints too much. @returns the fault, if any */
function follow(child: Result, maxBytes: number, onOutput: (text: string) => void = () => undefined): () => Error | undefined {
  let fault: Error | undefined;
  for (const name of ['stdout', 'stderr'] as const) {
    let bytes = 0;
    child.process?.[name]?.setEncoding('utf8').on('data', (text: string) => {
      bytes += Buffer.byteLength(text);
      if (bytes > maxBytes) {
        fault ??= Object.assign(new RangeError(`${name} maxBuffer length exceeded`), { code: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' });
        child.kill();
        letGo(child);
      }
      onOutput(text);
    });
  }
  return () => fault;
}

/**
 * Whether its time was up: whatever the process makes of the signal then, it has failed. @returns
 * the answer once the process has ended
 */
function expiry(child: Result, timeout: number | undefined): () => boolean {
  if (timeout === undefined) return () => false;
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    letGo(child);
  }, timeout);
  child.process?.once('exit', () => clearTimeout(timer));
  return () => isOver;
}

/** Processes that it has started itself may hold its pipes; nothing waits for them. */
function letGo({ process: child }: Result): void {
  const end = () => {
    child?.stdout?.destroy();
    child?.stderr?.destroy();
  };
  if (child?.exitCode === null && child.signalCode === null) child.once('exit', end);
  else end();
}

function aborted(signal: AbortSignal | undefined): Error {
  const error = new Error('The operation was aborted', { cause: signal?.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}
