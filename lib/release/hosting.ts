/** Which host an application runs on, and what that host says it is. */

import { DojangError } from '../errors/dojang-error.ts';
import type { HostName } from '../ports/host-shell.ts';
import type { App, Target } from './artifact.ts';

export const hostOf: Readonly<Record<App, HostName>> = { web: 'aws', api: 'aws', ai: 'gcp' };

/** Asks a host what artifacts must be built for. */
export const targetQuestion = `printf 'target\\t%s\\t%s\\n' "$(uname -m)" "$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])')"`;

const architectures: Readonly<Record<string, Target['architecture']>> = { x86_64: 'x64', aarch64: 'arm64' };

/**
 * @throws DojangError `unknown-machine` when the answer is none, or of a machine that nothing can
 *   be built for.
 */
export function targetFrom(host: HostName, answer: string): Target {
  const [, machine = '', python = ''] =
    answer
      .split('\n')
      .find((line) => line.startsWith('target\t'))
      ?.trim()
      .split('\t') ?? [];
  const architecture = architectures[machine];
  if (architecture && /^3\.\d+$/.test(python)) return { architecture, python };
  throw new DojangError('unknown-machine', `the ${host} host answered ${JSON.stringify(answer.trim())} when asked what it is`, {
    why: 'Artifacts are built for x86_64 or aarch64 and a Python 3.',
    next: 'dojang provision installs Python; then run it again',
  });
}
