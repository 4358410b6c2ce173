/** `dojang exec`: a command on a host, through Systems Manager. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { execScript, requireHostOf } from '../../../lib/host/exec.ts';
import { hostNamed } from '../../../lib/host/named.ts';
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import type { App } from '../../../lib/release/artifact.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { execAnswer } from './answer.ts';

export interface ExecOptions {
  readonly host: string;
  /** The command and its arguments, or one line of bash. */
  readonly words: readonly string[];
  readonly component?: App;
  readonly limitSeconds: number;
}

/**
 * Another exit status than 0 is that of this process too.
 * @throws DojangError `unknown-host`, `wrong-option`, `host-unreachable`, `host-timeout`
 */
export async function exec(
  { environment: { name } }: Pick<Context, 'environment'>,
  shell: () => Promise<HostShell>,
  { host: named, words, component, limitSeconds }: ExecOptions,
): Promise<Outcome<DataOf<typeof execAnswer>>> {
  const host = hostNamed(named);
  if (component !== undefined) requireHostOf(component, host);
  const open = await shell();
  const { code, stdout, stderr } = await open.run(host, execScript({ words, limitSeconds, ...(component && { component }) }), {
    comment: 'dojang exec',
    limitSeconds,
  });
  const data = { environment: name, host, status: code, stdout, stderr };
  const lines = stdout === '' ? [] : [stdout.replace(/\n$/, '')];
  if (code === 0) return { format: execAnswer, data, lines };
  const failure = new DojangError('exec-failed', `the command ended with status ${code} on the ${host} host`, { status: code });
  return { format: execAnswer, data, lines, failure };
}
