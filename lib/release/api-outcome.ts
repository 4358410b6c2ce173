/** What a script of a release of the API printed, as data; and what serves, as the host reports it. */
import { DojangError } from '../errors/dojang-error.ts';
import type { ShellResult } from '../ports/host-shell.ts';
import type { ApiStep } from './host/script.ts';

const outcomes = [
  'current',
  'prepared',
  'migrated',
  'serving',
  'healthy',
  'unhealthy',
  'switched',
  'drained',
  'pruned',
  'kept',
  'rolled-back',
] as const;
type ApiOutcome = (typeof outcomes)[number];

interface Serving {
  readonly slot: string;
  /** Of the release, short. */
  readonly digest: string;
  /** As `systemctl is-active` prints it. */
  readonly state: string;
}

export interface ApiStepResult {
  /** Undefined where there was nothing to do. */
  readonly outcome: ApiOutcome | undefined;
  /** Of the release, short. */
  readonly digest: string;
  readonly note: string;
  /** Undefined when no release has served yet. */
  readonly serving: Serving | undefined;
}

/** @throws DojangError `release-failed` with what serves now and the end of what the host printed */
export function apiStepFrom(step: ApiStep, { code, stdout, stderr }: ShellResult): ApiStepResult {
  const [, , outcome = '', digest = '', note = ''] = lastLine(stdout, 'release') ?? [];
  if (code === 0) return { outcome: outcomes.find((each) => each === outcome), digest, note, serving: servingFrom(stdout) };
  const said = `${stdout}\n${stderr}`
    .trim()
    .split('\n')
    .filter((line) => !/^(release|serving)\t/.test(line));
  throw new DojangError('release-failed', `the release of the API failed in the step ${step}`, {
    why: `${servingText(stdout)} The end of what the host printed:\n    ${said.slice(-18).join('\n    ')}`,
    next: 'mend it and run dojang deploy api again: it carries on',
  });
}

/** What serves, by the host's last line about it: never by what should be so. */
function servingText(stdout: string): string {
  if (!lastLine(stdout, 'serving')) return 'The host did not report which release serves: dojang doctor asks it.';
  const serving = servingFrom(stdout);
  if (!serving) return 'There is no earlier release, so none serves.';
  const { slot, digest, state } = serving;
  if (state === 'active') return `Release ${digest} serves, in slot ${slot}.`;
  return `Release ${digest} in slot ${slot} should serve, but its unit is ${state}.`;
}

function servingFrom(stdout: string): Serving | undefined {
  const [, slot = '-', digest = '', state = ''] = lastLine(stdout, 'serving') ?? [];
  return slot === '-' ? undefined : { slot, digest, state };
}

function lastLine(stdout: string, key: string): readonly string[] | undefined {
  return stdout
    .split('\n')
    .findLast((line) => line.startsWith(`${key}\t`))
    ?.split('\t');
}
