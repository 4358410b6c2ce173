/** What this machine has of what a purpose needs, and how more can be installed. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../../lib/prerequisites/install-plan.ts';
import { type Probe, type Purpose, type Requirement, requirementsOf } from '../../lib/prerequisites/requirements.ts';
import { pathFolders } from '../io/process/process-environment.ts';
import { succeeds } from '../io/process/processes.ts';
import { browserPath } from './browser.ts';

/**
 * What hosts are made with is here; who became root by `su` alone has another user's PATH without
 * them.
 */
const rootFolders = ['/usr/sbin', '/sbin'];

/**
 * Requirements that are not there, in the order of their areas. Takes some milliseconds: it is
 * asked at every start.
 */
export async function missingOf(purpose: Purpose): Promise<readonly Requirement[]> {
  const found = await Promise.all(
    requirementsOf(purpose).map(async (requirement) => ({ requirement, there: await isThere(requirement.probe) })),
  );
  return found.filter(({ there }) => !there).map(({ requirement }) => requirement);
}

/** How packages get onto this machine. */
export function thisMachine(): Machine {
  const isRoot = process.getuid?.() === 0;
  return {
    platform: process.platform,
    distribution: /^ID=(\w+)$/m.exec(osRelease())?.[1] ?? '',
    hasApt: commandPath('apt-get') !== undefined,
    installsAs: isRoot ? 'root' : maySudo() ? 'sudo' : 'none',
  };
}

/** As a user calls this machine, like `Debian GNU/Linux 13 (trixie)`. */
export function machineName(): string {
  return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(osRelease())?.[1] ?? process.platform;
}

/** The folders of PATH, and those of root's commands. */
export function searchPath(): readonly string[] {
  const folders = pathFolders();
  return [...folders, ...rootFolders.filter((folder) => !folders.includes(folder))];
}

/** Absolute path of a command; undefined when there is none. */
export function commandPath(name: string): string | undefined {
  return searchPath()
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

async function isThere(probe: Probe): Promise<boolean> {
  if ('command' in probe) return commandPath(probe.command) !== undefined;
  if ('file' in probe) return existsSync(probe.file);
  if ('pythonModule' in probe) return hasModule(probe.pythonModule);
  return (await browserPath()) !== undefined;
}

function hasModule(name: string): boolean {
  return succeeds('python3', ['-c', `import ${name}`]);
}

/** With a terminal sudo can ask for the password; without one it must not need any. */
function maySudo(): boolean {
  if (!commandPath('sudo')) return false;
  return process.stdin.isTTY || succeeds('sudo', ['-n', 'true']);
}

function osRelease(): string {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
