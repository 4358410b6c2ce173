/** What the scripts of this folder print, as samples for the judgement of a release. */
import { DojangError } from '../../errors/dojang-error.ts';
import type { ShellResult } from '../../ports/host-shell.ts';
import { isSignal } from '../plan/triggers.ts';
import type { Before, Sample } from '../plan/watch.ts';

/**
 * In the order of time.
 * @throws DojangError `not-measured` when the script failed or printed no sample: a release that
 *   cannot be measured is not known to be good, and not known to be bad
 */
export function samplesFrom({ code, stdout, stderr }: ShellResult): readonly Sample[] {
  const rows = stdout.split('\n').flatMap((line) => (line.startsWith('sample\t') ? [line.split('\t').slice(1)] : []));
  if (code === 0 && rows.length > 0) return rows.map(sampleFrom);
  const printed = `${stdout}\n${stderr}`.trim().split('\n').slice(-10).join('\n    ');
  throw new DojangError('not-measured', `the release could not be measured: the script ended with ${code}`, {
    why: `The end of what the host printed:\n    ${printed}`,
    next: 'dojang doctor looks at the host; then run it again',
  });
}

function sampleFrom([kind = '', ...fields]: readonly string[]): Sample {
  const [first = '', second = '', third = '', note = ''] = fields;
  if (kind === 'window') return { kind, requests: Number(first), errors: Number(second), p95Milliseconds: Number(third) };
  if (kind === 'probe' && isSignal(first)) {
    return { kind, signal: first, ok: second === 'ok', seconds: Number(third), ...(note && { note }) };
  }
  throw new DojangError('not-measured', `a script printed a sample that is not known: ${JSON.stringify([kind, ...fields])}`);
}

/** Where the window ended, by the host's clock: the next one begins there. */
export function measuredUntil({ stdout }: Pick<ShellResult, 'stdout'>): string | undefined {
  return /^until\t(\d+\.\d+)$/m.exec(stdout)?.[1];
}

/** What later windows are compared with. */
export function beforeFrom(samples: readonly Sample[]): Before {
  const window = samples.find((sample) => sample.kind === 'window');
  if (!window || window.requests === 0) return undefined;
  return { errorRate: window.errors / window.requests, p95Milliseconds: window.p95Milliseconds };
}
