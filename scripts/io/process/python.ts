/**
 * Private Python environments with pinned packages, made once for each user and shared by all
 * clones.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ErrorCode } from '../../../lib/errors/codes.ts';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { cacheFolder, remove } from '../state.ts';
import { run } from './processes.ts';

const environments = join(cacheFolder, 'python');
/** What the pinned packages need. */
const oldest = { major: 3, minor: 10 };
/** Beside `python3`, which macOS has as 3.9, the names under which newer ones are installed. */
const candidates = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

interface Interpreter {
  readonly command: string;
  readonly version: string;
  readonly hasVenv: boolean;
}

/**
 * A Python interpreter that has exactly the packages of this requirements file, which must list
 * every package with its version and hashes. Made on first use. Killed half-way or made by two
 * commands at once, it is complete or not there.
 * @returns the path of its `python`
 * @throws DojangError `no-python`, `no-venv`, or `pip-failed` with the end of what pip said
 */
export async function pythonEnvironment(requirementsFile: string, progress: Progress, cache = environments): Promise<string> {
  const interpreter = await findPython();
  const packages = readFileSync(requirementsFile, 'utf8');
  const key = createHash('sha256').update(`${interpreter.version}\n${process.arch}\n${packages}`).digest('hex').slice(0, 16);
  const home = join(cache, key);
  if (!existsSync(pythonIn(home))) await make(home, interpreter, requirementsFile, progress);
  return pythonIn(home);
}

/**
 * Nothing but the files whose hashes are written down, and none of them runs anything while it is
 * installed.
 */
const locked = ['--no-deps', '--require-hashes', '--only-binary=:all:'];

const pythonIn = (home: string) => join(home, 'bin', 'python');

export async function findPython(): Promise<Interpreter> {
  const found: Interpreter[] = [];
  for (const command of candidates) {
    const interpreter = await inspect(command);
    if (!interpreter) continue;
    if (isNewEnough(interpreter)) return withVenv(interpreter);
    found.push(interpreter);
  }
  const needed = `${oldest.major}.${oldest.minor}`;
  const what = found[0] ? `python3 is ${found[0].version}, ${needed} or newer is needed` : 'python3 is not installed';
  throw new DojangError('no-python', what, {
    next: process.platform === 'darwin' ? 'brew install python' : 'apt install python3 python3-venv',
  });
}

async function inspect(command: string): Promise<Interpreter | undefined> {
  const question =
    'import sys, importlib.util as u; print("%d.%d.%d" % sys.version_info[:3], all(map(u.find_spec, ("venv", "ensurepip"))))';
  try {
    const [version = '', hasVenv] = (await run(command, ['-c', question])).stdout.trim().split(' ');
    return { command, version, hasVenv: hasVenv === 'True' };
  } catch {
    return undefined;
  }
}

function isNewEnough({ version }: Interpreter): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

function withVenv(interpreter: Interpreter): Interpreter {
  if (interpreter.hasVenv) return interpreter;
  throw new DojangError('no-venv', `${interpreter.command} ${interpreter.version} has no venv module`, {
    why: 'Debian and Ubuntu keep it in a package of its own.',
    next: 'apt install python3-venv',
  });
}

/**
 * Built beside its place and moved there when complete; an environment runs from where it is moved
 * to.
 */
async function make(home: string, { command }: Interpreter, requirementsFile: string, progress: Progress): Promise<void> {
  mkdirSync(dirname(home), { recursive: true });
  removeAbandoned(dirname(home));
  const draft = `${home}.${randomUUID()}.${process.pid}.draft`;
  try {
    progress('making a Python environment (once)');
    await attempt('venv-failed', 'the Python environment could not be made', command, ['-m', 'venv', draft]);
    progress('installing its packages (once)');
    const install = ['-m', 'pip', 'install', ...locked, '--no-input', '--disable-pip-version-check', '--quiet', '-r', requirementsFile];
    await attempt('pip-failed', `pip could not install ${requirementsFile}`, pythonIn(draft), install);
    moveTo(home, draft);
  } finally {
    remove(draft);
  }
}

async function attempt(code: ErrorCode, message: string, command: string, args: readonly string[]): Promise<void> {
  try {
    await run(command, args, { maxBytes: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n    ') || messageOf(error);
    const next = 'check that pip reaches its package index, then run it again';
    throw new DojangError(code, message, { why: `The end of what it said:\n    ${end}`, next, cause: error });
  }
}

/**
 * Another command may have been faster: its environment is as good. What is there without an
 * interpreter is broken and goes.
 */
function moveTo(home: string, draft: string): void {
  if (!existsSync(pythonIn(home))) remove(home);
  try {
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(pythonIn(home))) throw error;
  }
}

/** Drafts of processes that were killed. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /\.(\d+)\.draft$/.exec(name) ?? [];
    if (pid && !isAlive(Number(pid))) remove(join(folder, name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
