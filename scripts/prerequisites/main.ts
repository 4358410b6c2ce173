/**
 * `node scripts/prerequisites/main.ts <start|test> <command> [argument ...]`: what `npm start` and
 * `npm test` run. Makes sure of what the command needs, then becomes the command. Of the arguments,
 * `--yes` and `--no-install` are for the installation.
 */
import { basename, delimiter } from 'node:path';
import { DojangError, explain } from '../../lib/errors/dojang-error.ts';
import { processVariables } from '../io/process/process-environment.ts';
import { confirm } from '../io/terminal/prompt.ts';
import { terminal } from '../io/terminal/terminal.ts';
import { parseArguments } from './arguments.ts';
import { ensurePrerequisites } from './ensure.ts';
import { commandPath, searchPath } from './observe.ts';

try {
  const { purpose, install, command } = parseArguments(process.argv.slice(2), processVariables());
  if (purpose) {
    const report = terminal({ out: process.stderr, progress: process.stderr });
    await ensurePrerequisites(purpose, report, { install, confirm, isTerminal: process.stdin.isTTY });
  }
  become(command);
} catch (error) {
  process.stderr.write(`${explain(error, { verbose: process.argv.includes('--verbose') })}\n`);
  process.exitCode = 1;
}

/**
 * The command takes the place of this process, and so its signals and its exit code. `node` is the
 * Node that runs this.
 */
function become([name = '', ...args]: readonly string[]): void {
  const path = name === 'node' ? process.execPath : commandPath(name);
  if (!path) throw new DojangError('no-command', `there is no command ${name}`, { next: 'npm ci' });
  if (!process.execve)
    throw new DojangError('no-execve', 'this Node cannot become another program', { next: 'Linux or macOS, with the Node of npm ci' });
  process.execve(path, [basename(path), ...args], { ...processVariables(), PATH: searchPath().join(delimiter) });
}
