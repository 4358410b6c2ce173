/**
 * A process that outlives the command that starts it, known by a record file; started once, found
 * again, stopped.
 */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { readJson, remove, writeJson } from '../state.ts';
import { processVariables } from './process-environment.ts';
import { collectSync, start } from './processes.ts';
import { waitFor, waitUntil } from './wait-until.ts';

export interface DaemonSpec {
  /** Name in messages, like `local AWS`. */
  readonly name: string;
  /**
   * Where its record and its log live; also how its process is recognised, so it must be one of the
   * arguments.
   */
  readonly folder: string;
  /** What the process runs: a running one with another version is ended and started anew. */
  readonly version: string;
  /** Finds the program, or makes it; asked only when the process is to be started. */
  readonly command: () => Promise<string>;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Answers what is recorded of the running process (ports, ...) once it is ready, undefined while
   * it is not.
   */
  readonly ready: () => Promise<Readonly<Record<string, number>> | undefined>;
  readonly limitSeconds: number;
  /** Whether it is started when it does not run, or runs another version. */
  readonly mayStart: boolean;
}

/** How a daemon is asked for. */
export interface DaemonStart {
  readonly mayStart: boolean;
  readonly progress: Progress;
}

export interface DaemonRecord {
  readonly pid: number;
  readonly version: string;
  readonly ports: Readonly<Record<string, number>>;
}

const recordFile = (folder: string) => join(folder, 'daemon.json');
const pidFile = (folder: string) => join(folder, 'daemon.pid.json');
const logFile = (folder: string) => join(folder, 'daemon.log');

/** The daemon of this folder if its process is alive and really is ours. */
function runningDaemon(folder: string): DaemonRecord | undefined {
  const record = readJson<DaemonRecord>(recordFile(folder));
  return record && isOurs(record.pid, folder) ? record : undefined;
}

/** The record of a daemon that has ended without being stopped. */
export function endedDaemon(folder: string): DaemonRecord | undefined {
  const record = readJson<DaemonRecord>(recordFile(folder));
  return record && !isOurs(record.pid, folder) ? record : undefined;
}

/**
 * The running daemon; started when there is none, if it may be.
 * @throws DojangError `daemon-failed` with the end of its log; `not-running` when it may not be
 *   started.
 */
export async function ensureDaemon(spec: DaemonSpec): Promise<DaemonRecord> {
  const running = runningDaemon(spec.folder);
  if (running?.version === spec.version) return running;
  if (!spec.mayStart) {
    throw new DojangError('not-running', `${spec.name} ${running ? 'runs an older version of its code' : 'is not running'}`, {
      next: 'dojang up',
    });
  }
  await stopDaemon(spec.folder);
  const command = await spec.command();
  mkdirSync(spec.folder, { recursive: true });
  const log = openSync(logFile(spec.folder), 'w');
  const child = start(command, spec.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...processVariables(), ...spec.env },
    cwd: spec.folder,
  });
  closeSync(log);
  const failure = new Promise<never>((_, reject) => child.once('error', reject));
  if (child.pid !== undefined) writeJson(pidFile(spec.folder), { pid: child.pid });
  const ports = await Promise.race([whenReady(spec, () => child.exitCode !== null), failure]);
  child.unref();
  const record = { pid: child.pid ?? 0, version: spec.version, ports };
  writeJson(recordFile(spec.folder), record);
  return record;
}

async function whenReady(spec: DaemonSpec, ended: () => boolean): Promise<Readonly<Record<string, number>>> {
  const look = async () => (ended() ? 'ended' : spec.ready().catch(() => undefined));
  const ports = await waitFor(look, { interval: 100, limit: spec.limitSeconds * 1000 });
  if (ports !== undefined && ports !== 'ended') return ports;
  const log = readFileSync(logFile(spec.folder), 'utf8').trim().split('\n').slice(-5).join('\n    ');
  throw new DojangError('daemon-failed', `${spec.name} did not start${ended() ? '' : ` within ${spec.limitSeconds} s`}`, {
    why: `The end of its log:\n    ${log || '(empty)'}`,
    next: `read ${logFile(spec.folder)}`,
  });
}

/**
 * Ends the daemon of this folder, also one that a killed command had started but not recorded, and
 * one whose record has been removed. Does nothing when there is none.
 */
export async function stopDaemon(folder: string): Promise<void> {
  const recorded = [recordFile(folder), pidFile(folder)].flatMap((file) => readJson<{ pid: number }>(file)?.pid ?? []);
  const pids = new Set([...recorded.filter((pid) => isOurs(pid, folder)), ...daemonsOf(folder)]);
  await Promise.all([...pids].map((pid) => end(pid, folder)));
  for (const file of [recordFile(folder), pidFile(folder)]) remove(file);
}

/** The programs of daemons; anything else may have the folder among its arguments too. */
const program = /\/scripts\/local\/\S+\.(ts|py)$/;

/** Processes that run a daemon of this folder, by their arguments alone. */
export function daemonsOf(folder: string): readonly number[] {
  if (process.platform !== 'linux') return listed().flatMap(([pid, args]) => (isDaemon(args.split(' '), folder) ? [pid] : []));
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => pid !== process.pid && isDaemon(commandLine(pid).split('\0'), folder));
}

function isDaemon(args: readonly string[], folder: string): boolean {
  return args.includes(folder) && args.some((each) => program.test(each));
}

function listed(): readonly (readonly [pid: number, args: string])[] {
  const lines = collectSync('ps', ['-axww', '-o', 'pid=,args=']).stdout.split('\n');
  return lines.map((line) => [Number.parseInt(line, 10), line.trim().replace(/^\d+\s+/, '')]);
}

async function end(pid: number, folder: string): Promise<void> {
  signal(pid, 'SIGTERM');
  const hasEnded = await waitUntil(() => !isOurs(pid, folder), { interval: 100, limit: 5_000 });
  if (!hasEnded) signal(pid, 'SIGKILL');
}

/** Of several that are ended at once, one may end with another. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * A process id is reused after a restart: only a process whose arguments name the folder is ours.
 */
function isOurs(pid: number, folder: string): boolean {
  return commandLine(pid).includes(folder);
}

/**
 * The arguments of a process; empty when it has ended. From /proc on Linux (a zombie's are empty),
 * elsewhere from `ps`.
 */
function commandLine(pid: number): string {
  if (process.platform !== 'linux') return collectSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).stdout;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
