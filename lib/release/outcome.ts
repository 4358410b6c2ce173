/** What the installation of a release of web or ai printed, as data. Of the API: api-outcome.ts. */
import { DojangError } from '../errors/dojang-error.ts';
import type { ShellResult } from '../ports/host-shell.ts';
import type { App } from './artifact.ts';

export interface Released {
  readonly app: App;
  /** `current`: it was there already. */
  readonly outcome: 'current' | 'installed';
  readonly digest: string;
  /** What is not as it should be though the release serves; empty mostly. */
  readonly note: string;
}

/**
 * @throws DojangError `release-failed` with the end of what the host said, and whether the old
 *   release is back.
 */
export function releasedFrom(app: App, { code, stdout, stderr }: ShellResult): Released {
  const [, , outcome = '', digest = '', note = ''] =
    stdout
      .split('\n')
      .findLast((line) => line.startsWith('release\t'))
      ?.split('\t') ?? [];
  if (code === 0 && (outcome === 'current' || outcome === 'installed')) return { app, outcome, digest, note };
  const said = `${stdout}\n${stderr}`
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('release\t'));
  const back = wayBack(outcome, digest);
  throw new DojangError('release-failed', `the new ${app} could not be put into service`, {
    why: `${back} The end of what the host said:\n    ${said.slice(-15).join('\n    ')}`,
    next: `mend it and run dojang deploy ${app} again`,
  });
}

function wayBack(outcome: string, digest: string): string {
  if (outcome === 'rolled-back') return `The release before it, ${digest}, is serving again.`;
  return outcome === 'unhealthy' ? 'There is no earlier release to roll back to.' : 'What was serving before has not been changed.';
}
