/**
 * Packages by apt-get: how much is to be downloaded, and the installation, as root or through sudo.
 */
import { DojangError } from '../../lib/errors/dojang-error.ts';
import type { Progress } from '../../lib/ports/reporter.ts';
import type { PackageGroup } from '../../lib/prerequisites/install-plan.ts';
import { type Download, downloadIn } from '../../lib/prerequisites/render.ts';
import { waitFor } from '../io/process/wait-until.ts';
import { type Argv, attempt, type CommandResult, endOf } from '../local/hosts/command.ts';

export interface AptOptions {
  /** What apt-get is started by, like `['sudo']`; empty for root. */
  readonly through: readonly string[];
  readonly progress: Progress;
  /** How long another apt-get may hold its lock. @default 600 seconds */
  readonly lockSeconds?: number;
  /** Between two questions for that lock, in milliseconds. @default 2000 */
  readonly askEveryMs?: number;
}

const install = ['install', '--no-install-recommends', '--yes'] as const;

/**
 * What each group adds to those before it, so that the sum is right where groups share packages.
 * Undefined where a package is not in apt's lists.
 */
export async function downloadsOf(groups: readonly PackageGroup[]): Promise<(Download | undefined)[]> {
  const upTo = (index: number) => groups.slice(0, index + 1).flatMap(({ packages }) => packages);
  const totals = await Promise.all(groups.map((_, index) => totalOf(upTo(index))));
  return totals.map((total, index) => {
    const before = index === 0 ? { packages: 0, bytes: 0 } : totals[index - 1];
    return total && before ? { packages: total.packages - before.packages, bytes: total.bytes - before.bytes } : undefined;
  });
}

async function totalOf(packages: readonly string[]): Promise<Download | undefined> {
  const { code, stdout } = await attempt(['apt-get', ...install, '--print-uris', '--quiet=2', ...packages]);
  return code === 0 ? downloadIn(stdout) : undefined;
}

/** Renews apt's lists of packages. @throws DojangError `apt-failed` */
export async function updateLists(options: AptOptions): Promise<void> {
  options.progress('apt-get update');
  const result = await apt(['update', '--quiet'], options);
  if (result.code !== 0) throw failed('apt-get update', result);
}

/**
 * Installs the packages. Lists that are too old name files that their server has no more: then they
 * are renewed once.
 * @throws DojangError `apt-failed` with the end of what it printed
 */
export async function installPackages(packages: readonly string[], options: AptOptions): Promise<void> {
  const run = () => apt([...install, '--quiet', ...packages], options);
  let result = await run();
  if (result.code !== 0 && /404 +Not Found|Failed to fetch|Unable to (fetch|locate)/.test(result.text)) {
    await updateLists(options);
    result = await run();
  }
  if (result.code !== 0) throw failed(`apt-get install ${packages.join(' ')}`, result);
}

/**
 * Waits for a lock that another apt-get holds: that of the packages by itself, that of the lists by
 * asking again.
 */
async function apt(args: readonly string[], options: AptOptions): Promise<CommandResult> {
  const { through, progress, lockSeconds = 600, askEveryMs = 2_000 } = options;
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_SUSPEND=1', 'LC_ALL=C'];
  const [first = '', ...rest] = [...through, ...environment, 'apt-get', '-o', `DPkg::Lock::Timeout=${lockSeconds}`, ...args];
  const argv: Argv = [first, ...rest];
  const end = Date.now() + lockSeconds * 1000;
  const attemptOnce = async () => {
    const result = await attempt(argv, { onLine: phaseReporter(progress) });
    const [, holder] = /Could not get lock \S+\. It is held by process (\d+ \([^)]*\))/.exec(result.text) ?? [];
    if (result.code === 0 || !/Could not get lock/.test(result.text) || Date.now() > end) return result;
    progress(`waiting for another apt-get${holder ? `, process ${holder}` : ''}`);
    return undefined;
  };
  return waitFor(attemptOnce, { interval: askEveryMs });
}

const phases: readonly (readonly [RegExp, string])[] = [
  [/^Waiting for cache lock/, 'waiting for another apt-get'],
  [/^Get:\d+ /, 'downloading'],
  [/^Unpacking /, 'unpacking'],
  [/^Setting up /, 'setting up'],
];

/** Says each phase once: apt goes back and forth between unpacking and setting up. */
function phaseReporter(progress: Progress): (line: string) => void {
  let reached = -1;
  return (line) => {
    const index = phases.findIndex(([pattern]) => pattern.test(line));
    if (index <= reached) return;
    reached = index;
    progress(phases[index]?.[1] ?? '');
  };
}

function failed(what: string, { code, text }: CommandResult): DojangError {
  return new DojangError('apt-failed', `${what} failed with status ${code}`, {
    why: endOf(text),
    next: 'check that apt-get reaches its mirror, then run it again; --no-install goes on without these packages',
  });
}
