/** Runs the hooks of the project: files in `hooks/` of its folder. */
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import { type HookName, hookError, hookSeconds, hookVariableNames, hookVariables, mayStop } from '../../../lib/hooks/hooks.ts';
import type { Hooks } from '../../../lib/ports/hooks.ts';
import { processVariables, type Variables } from '../process/process-environment.ts';
import { root } from '../state.ts';
import { type GroupEnd, runGroup } from './run-group.ts';

export interface HooksOptions {
  /** What went wrong with a hook that stops nothing. */
  readonly note: (text: string) => void;
  /** The project, in which they run. @default this clone */
  readonly folder?: string;
  /** @default hookSeconds */
  readonly limitSeconds?: number;
  /** What they inherit. @default the variables of this process */
  readonly variables?: Variables;
}

export function projectHooks({ note, folder = root, limitSeconds = hookSeconds, variables = processVariables() }: HooksOptions): Hooks {
  const fileOf = (name: HookName) => join(folder, 'hooks', name);
  const has = (name: HookName) => statSync(fileOf(name), { throwIfNoEntry: false }) !== undefined;
  return {
    has,
    async run(name, facts, progress = () => undefined) {
      const file = fileOf(name);
      if (!has(name)) return;
      progress(`hooks/${name}`);
      const env = { ...withoutOurs(variables), ...hookVariables(name, facts) };
      const ended = isProgram(file)
        ? await runGroup(file, { cwd: folder, env, limitSeconds, onLine: (line) => progress(`hooks/${name}: ${line}`) })
        : { fault: 'is no file that may be run: chmod +x', said: [] };
      if (ended.fault === undefined) return;
      if (mayStop(name)) throw hookError(name, ended.fault, ended.said);
      note(failureNote(name, ended));
    },
  };
}

/** Those of a command that has started this one say nothing about this one. */
function withoutOurs(variables: Variables): Variables {
  const ours: ReadonlySet<string> = new Set(hookVariableNames);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !ours.has(name)));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function failureNote(name: HookName, { fault, said }: GroupEnd): string {
  const last = said.at(-1);
  return `hooks/${name} ${fault}${last === undefined ? '' : `: ${last}`}; the work itself is done`;
}
