/** Gives the terminal to a program of this machine until it ends. */
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { pathFolders, type Variables } from '../process/process-environment.ts';
import { start } from '../process/processes.ts';

/** Programs of these that are not on the PATH of these variables. */
export function missingPrograms(names: readonly string[], env: Variables): string[] {
  return names.filter((name) => !pathFolders(env).some((folder) => isProgram(join(folder, name))));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Keys like Ctrl-C are the program's own. @returns its exit status, as a shell has it: 128 and the
 * number of the signal for one that a signal has ended
 * @throws Error with `code` of the system when it could not be started
 */
export async function giveTerminal([command, ...args]: readonly [string, ...string[]], env: Variables): Promise<number> {
  const stay = () => undefined;
  process.on('SIGINT', stay);
  try {
    const child = start(command, args, { stdio: 'inherit', env });
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 130));
    });
  } finally {
    process.off('SIGINT', stay);
  }
}
