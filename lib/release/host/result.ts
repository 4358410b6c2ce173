/** What a script of a release printed, as data; and what serves, as the host reports it. */
import { DojangError } from '../../errors/dojang-error.ts';
import type { ShellResult } from '../../ports/host-shell.ts';
import { type App, shortDigest } from '../artifact.ts';
import { busyExitCode, type HostStepId } from './script.ts';

const outcomes = [
  'healthy',
  'unhealthy',
  'none',
  'current',
  'unpacked',
  'migrated',
  'tested',
  'started',
  'serving',
  'shared',
  'switched',
  'restarted',
  'drained',
  'pruned',
  'kept',
  'rolled-back',
] as const;
type HostOutcome = (typeof outcomes)[number];

interface Serving {
  /** Of the API; the others have none. */
  readonly slot?: string;
  /** SHA-256 of the artifact, 64 hexadecimal digits. */
  readonly digest: string;
  /** Of its unit, as `systemctl is-active` prints it; of the web that of nginx. */
  readonly state: string;
}

export interface HostResult {
  readonly outcome: HostOutcome;
  /** 64 hexadecimal digits, `-` where the step is of no release. */
  readonly digest: string;
  readonly note: string;
  /** Missing when no release has served yet. */
  readonly serving?: Serving;
}

/** The release itself was not healthy, as the host has seen. */
export class ReleaseFault extends DojangError {}

/**
 * @throws DojangError `release-failed` with what serves now and the end of what the host printed;
 *   as a `ReleaseFault` when the host says that the release is not healthy; `host-busy` when
 *   another release held the host's lock: this one was not looked at
 */
export function hostResultFrom(component: App, step: HostStepId, { code, stdout, stderr }: ShellResult): HostResult {
  const [, , outcome = '', digest = '-', note = ''] = lastLine(stdout, 'release') ?? [];
  const known = outcomes.find((each) => each === outcome);
  if (code === 0 && known) return { outcome: known, digest, note, serving: servingFrom(stdout) };
  const printed = `${stdout}\n${stderr}`
    .trim()
    .split('\n')
    .filter((line) => line !== '' && !/^(release|serving)\t/.test(line));
  if (code === busyExitCode) {
    throw new DojangError('host-busy', printed.at(-1) ?? `another release of ${component} is at work on its host`, {
      why: `The step ${step} waited for it and changed nothing. ${servingText(component, stdout)}`,
      next: `run dojang deploy ${component} again when the other release has ended: it carries on`,
    });
  }
  const fault = faultFrom(stdout);
  const Failure = fault ? ReleaseFault : DojangError;
  throw new Failure('release-failed', fault || `the script of the step ${step} ended with exit code ${code}`, {
    why: `${servingText(component, stdout)} The end of what the host printed:\n    ${printed.slice(-18).join('\n    ')}`,
    next: `mend it and run dojang deploy ${component} again: it carries on`,
  });
}

/** Why the release is not healthy, where that is what failed. */
function faultFrom(stdout: string): string {
  const line = stdout.split('\n').findLast((each) => /^release\t\w+\tunhealthy\t/.test(each));
  return line?.split('\t')[4] ?? '';
}

/** What serves, by the host's last line about it: never by what should be so. */
function servingText(component: App, stdout: string): string {
  if (!lastLine(stdout, 'serving')) return 'The host did not report which release serves: dojang doctor asks it.';
  const serving = servingFrom(stdout);
  if (!serving) return 'There is no earlier release, so none serves.';
  const { slot, digest, state } = serving;
  const release = `Release ${shortDigest(digest)}${slot ? ` in slot ${slot}` : ''}`;
  if (state === 'active') return `${release} serves.`;
  return `${release} should serve, but ${component === 'web' ? 'nginx' : 'its unit'} is ${state}.`;
}

function servingFrom(stdout: string): Serving | undefined {
  const [, slot = '-', digest = '-', state = ''] = lastLine(stdout, 'serving') ?? [];
  if (digest === '-') return undefined;
  return { ...(slot !== '-' && { slot }), digest, state };
}

function lastLine(stdout: string, key: string): readonly string[] | undefined {
  return stdout
    .split('\n')
    .findLast((line) => line.startsWith(`${key}\t`))
    ?.split('\t');
}
