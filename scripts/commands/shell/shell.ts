/** `dojang shell`: a shell on a host in this terminal, through Session Manager. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { hostNamed } from '../../../lib/host/named.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Context, Hosts, SessionCommand } from '../../runtime/context.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { shellAnswer } from './answer.ts';

export interface ShellPorts {
  readonly session: Hosts['session'];
  /** Programs of these that are not on PATH. */
  readonly missing: (names: readonly string[], env: SessionCommand['env']) => readonly string[];
  /** Gives the terminal to the program; its exit status. */
  readonly give: (argv: SessionCommand['argv'], env: SessionCommand['env']) => Promise<number>;
}

/** @throws DojangError `unknown-host`, `no-session-manager`, `host-unreachable` */
export async function shell(
  { environment: { name } }: Pick<Context, 'environment'>,
  ports: () => Promise<ShellPorts>,
  named: string,
): Promise<Outcome<DataOf<typeof shellAnswer>>> {
  const host = hostNamed(named);
  const { session, missing, give } = await ports();
  const { argv, env, needs } = await session(host);
  const lacking = missing(Object.keys(needs), env);
  if (lacking.length > 0) {
    throw new DojangError(
      'no-session-manager',
      `${lacking.join(' and ')} ${lacking.length > 1 ? 'are' : 'is'} not installed on this machine`,
      {
        why: 'A shell on a host goes through Session Manager: no port is open for it.',
        next: `install ${lacking.map((program) => needs[program]).join(' and ')}; dojang exec ${host} -- <command> needs neither`,
      },
    );
  }
  const status = await give(argv, env);
  const answer = { format: shellAnswer, data: { environment: name, host, status }, lines: [] };
  if (status === 0) return answer;
  return { ...answer, failure: new DojangError('exec-failed', `the shell on the ${host} host ended with status ${status}`, { status }) };
}
