/**
 * The variables of this process: the only module beside `bin` that reads or writes `process.env`.
 * Everything else is given a `Connection`, or the variables of the process that it starts.
 */
import { delimiter } from 'node:path';

/** Environment variables by name; undefined when one is not set. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The variables that the operator, the CI or the parent process has set. */
export function processVariables(): Variables {
  return process.env;
}

/** The folders of PATH, in the order in which a command is looked for. */
export function pathFolders({ PATH = '' }: Variables = processVariables()): readonly string[] {
  return PATH.split(delimiter);
}
