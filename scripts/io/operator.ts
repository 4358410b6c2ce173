/** Who runs this command, and where: for locks and records that others read. */
import { hostname, userInfo } from 'node:os';
import { processVariables } from './process/process-environment.ts';

export interface Operator {
  /** The user's name on this machine; in a workflow the one who started it. */
  readonly owner: string;
  readonly host: string;
  readonly process: number;
}

/** Bounded, as others print it. */
export function operator(variables = processVariables()): Operator {
  const { GITHUB_ACTOR, GITLAB_USER_LOGIN } = variables;
  const owner = (GITHUB_ACTOR || GITLAB_USER_LOGIN || userName()).slice(0, 128);
  return { owner, host: hostname().slice(0, 256), process: process.pid };
}

/** What was typed after `dojang`. */
export function typedWords(): readonly string[] {
  return process.argv.slice(2);
}

/** A container may run as a user id without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
