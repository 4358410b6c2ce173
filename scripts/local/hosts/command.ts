/**
 * Programs of the machine that hosts are made with (ip, nft, losetup, ...): run to their end,
 * failed with what they said.
 */
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import { processVariables } from '../../io/process/process-environment.ts';
import { collect } from '../../io/process/processes.ts';

export type Argv = readonly [command: string, ...args: string[]];

export interface CommandOptions {
  /** What it reads on its standard input; nothing when omitted. */
  readonly input?: string;
  /** Called with every line it prints. */
  readonly onLine?: (line: string) => void;
  readonly env?: Readonly<Record<string, string>>;
}

export interface CommandResult {
  /** Exit status; 127 when there is no such program. */
  readonly code: number;
  readonly stdout: string;
  /** Both streams as they came. */
  readonly text: string;
}

/** What the command printed. @throws DojangError `command-failed` with the end of what it said. */
export async function command(argv: Argv, options: CommandOptions = {}): Promise<string> {
  const { code, stdout, text } = await attempt(argv, options);
  if (code === 0) return stdout;
  throw new DojangError('command-failed', `${argv.join(' ')} failed with status ${code}`, { why: endOf(text) });
}

/** Runs a command and answers whatever its exit status. */
export async function attempt([program, ...args]: Argv, { input = '', onLine, env }: CommandOptions = {}): Promise<CommandResult> {
  let text = '';
  const onOutput = (data: string) => {
    text += data;
    for (const line of onLine ? data.split('\n') : []) onLine?.(line);
  };
  const variables = { ...processVariables(), LC_ALL: 'C', ...env };
  try {
    const { code, stdout } = await collect(program, args, { input, env: variables, onOutput, maxBytes: Number.POSITIVE_INFINITY });
    return { code: code ?? 128, stdout, text };
  } catch (error) {
    return { code: 127, stdout: '', text: messageOf(error) };
  }
}

/** The last lines of what a program said, as an error shows them. */
export function endOf(text: string): string {
  const lines = text.trim().split('\n').slice(-6).join('\n    ');
  return `The end of what it said:\n    ${lines || '(nothing)'}`;
}
