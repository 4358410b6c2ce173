/**
 * One machine: boots from its tree, is found again while it runs, is powered off as a machine is.
 */
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { processVariables } from '../../../io/process/process-environment.ts';
import { start as startProcess } from '../../../io/process/processes.ts';
import { waitFor, waitUntil } from '../../../io/process/wait-until.ts';
import { attempt, endOf } from '../command.ts';
import { type BootSpec, bootArgv, bootEnv, isRunning, leaderOf, runnerOf } from './nspawn.ts';
import { swapOff } from './swap.ts';

/** Real-time signals have no names in Node. What systemd takes for "power off": SIGRTMIN+4. */
const powerOffSignal = 34 + 4;
const bootSeconds = 90;
const powerOffSeconds = 30;

/**
 * Boots the tree, unless it is on already, and waits until its services have started. The machine
 * does not end with this process.
 * @throws DojangError `host-boot-failed` with the end of what the machine said
 */
export async function boot(spec: BootSpec, consoleFile: string): Promise<void> {
  // One that is just ending is started again when it has ended.
  if (await isUpOrEnds(spec.root)) return;
  await start(spec, consoleFile);
  if (await isUpOrEnds(spec.root)) return;
  await powerOff(spec.root);
  throw new DojangError('host-boot-failed', `${spec.hostname} did not boot`, {
    why: existsSync(consoleFile) ? endOf(readFileSync(consoleFile, 'utf8')) : undefined,
    next: `read ${consoleFile}`,
  });
}

/** Swap of an earlier life would keep the tree's files in use. */
async function start(spec: BootSpec, consoleFile: string): Promise<void> {
  await swapOff(spec.root);
  const [program, ...args] = bootArgv(spec);
  const log = openSync(consoleFile, 'w');
  const child = startProcess(program, args, { detached: true, stdio: ['ignore', log, log], env: { ...processVariables(), ...bootEnv } });
  closeSync(log);
  child.unref();
  // Until it has become what it is looked up by, it is a shell that prepares.
  await new Promise((resolve) => child.once('spawn', resolve).once('error', resolve));
}

/** Of a login on the machine; folders of this computer, like TMPDIR, are not there. */
const ownEnvironment = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'LC_ALL=C.UTF-8'];

/**
 * The argv that runs a command on a booted machine, as root, with an environment of its own. The
 * root folder is named beside the mounts: where nspawn cannot pivot (in a chroot) it changes the
 * root instead, and the machine's mounts alone lead to the tree that its own tree lies in.
 */
export function onMachine(leader: number, argv: readonly string[]): readonly [string, ...string[]] {
  const enter = ['nsenter', '--target', String(leader), '--mount', '--uts', '--ipc', '--net', '--pid', '--root', '--wd', '--'] as const;
  return [...enter, 'env', '--ignore-environment', ...ownEnvironment, ...argv];
}

/**
 * Powers the machine off: its services end in order, within a limit. Its swap goes too. Does
 * nothing more when it is off.
 */
export async function powerOff(root: string): Promise<void> {
  const runner = runnerOf(root);
  if (runner !== undefined) {
    const leader = leaderOf(runner);
    if (leader !== undefined) signal(leader, powerOffSignal);
    await ended(runner, leader === undefined ? 0 : powerOffSeconds);
    // The machine's processes end with the one that runs it.
    if (isRunning(runner)) signal(runner, constants.signals.SIGKILL);
    await ended(runner, powerOffSeconds);
  }
  await swapOff(root);
}

/**
 * Waits until the machine's services have started: true; or until it is off or has taken too long:
 * false.
 */
async function isUpOrEnds(root: string): Promise<boolean> {
  const look = async () => {
    const runner = runnerOf(root);
    if (runner === undefined) return false;
    // One that has just begun has no first process yet, and one that restarts has another one
    // later.
    const leader = leaderOf(runner);
    return leader !== undefined && (await isUp(leader)) ? true : undefined;
  };
  return (await waitFor(look, { interval: 100, limit: bootSeconds * 1000 })) ?? false;
}

/** A service that failed makes a machine degraded, not down. */
async function isUp(leader: number): Promise<boolean> {
  const { stdout } = await attempt(onMachine(leader, ['systemctl', 'is-system-running']));
  return /^(running|degraded)$/.test(stdout.trim());
}

async function ended(pid: number, seconds: number): Promise<void> {
  await waitUntil(() => !isRunning(pid), { interval: 50, limit: seconds * 1000 });
}

function signal(pid: number, number: number): void {
  try {
    process.kill(pid, number);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
