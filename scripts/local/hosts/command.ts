/**
 * Programs of the machine that hosts are made with (ip, nft, losetup, ...): run to their end,
 * failed with what they said.
 */
import { spawn } from 'node:child_process';
import { DojangError } from '../../../lib/errors/dojang-error.ts';

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
export function attempt([program, ...args]: Argv, { input, onLine, env }: CommandOptions = {}): Promise<CommandResult> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C', ...env } });
  let stdout = '';
  let text = '';
  const take = (data: string) => {
    text += data;
    for (const line of onLine ? data.split('\n') : []) onLine?.(line);
  };
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    stdout += data;
    take(data);
  });
  child.stderr.setEncoding('utf8').on('data', take);
  // A program that ends without reading its input is judged by its exit status.
  child.stdin.on('error', () => undefined).end(input ?? '');
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, stdout, text: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 128, stdout, text }));
  });
}

/** The last lines of what a program said, as an error shows them. */
export function endOf(text: string): string {
  const lines = text.trim().split('\n').slice(-6).join('\n    ');
  return `The end of what it said:\n    ${lines || '(nothing)'}`;
}
