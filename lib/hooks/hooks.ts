/**
 * Hooks: programs in the project's folder `hooks/` that a command runs before and after its work,
 * with what it is about in variables.
 */
import { DojangError } from '../errors/dojang-error.ts';
import { oneLine } from '../notify/one-line.ts';

/** Each is the name of a file. */
export const hookNames = [
  'pre-deploy',
  'post-deploy',
  'deploy-failed',
  'pre-rollback',
  'post-rollback',
  'pre-restore',
  'post-restore',
] as const;

export type HookName = (typeof hookNames)[number];

/** Seconds that a hook may take. */
export const hookSeconds = 600;

/** How the work ended, as a hook after it gets it; a release that serves may lack a later step. */
export const hookOutcomes = ['serving', 'rolled-back', 'failed'] as const;

type HookOutcome = (typeof hookOutcomes)[number];

/** What a hook is about. Never a secret. */
export interface HookFacts {
  /** Like `deploy`. */
  readonly verb: string;
  readonly environment: string;
  /** `web`, `api`, `ai`, `model` or `all`; none for a restore. */
  readonly component?: string;
  /** Like `2026-11-28.3`. */
  readonly release?: string;
  readonly commit?: string;
  /** Who typed the command. */
  readonly owner: string;
  /** Where it has ended. */
  readonly outcome?: HookOutcome;
  /** Why it was rolled back or failed, or which step after the switch did. */
  readonly reason?: string;
  /** Id of the dump that is restored. */
  readonly dump?: string;
}

/** All of them are set, so that a hook may use `set -u`; one that does not apply is empty. */
export function hookVariables(name: HookName, facts: HookFacts): Readonly<Record<HookVariable, string>> {
  const { verb, environment, component = '', release = '', commit = '', owner, outcome = '', reason = '', dump = '' } = facts;
  const values = {
    DOJANG_HOOK: name,
    DOJANG_VERB: verb,
    DOJANG_ENV: environment,
    DOJANG_COMPONENT: component,
    DOJANG_RELEASE: release,
    DOJANG_COMMIT: commit,
    DOJANG_WHO: owner,
    DOJANG_OUTCOME: outcome,
    DOJANG_REASON: reason,
    DOJANG_DUMP: dump,
  };
  return mapped(values, oneLine);
}

export const hookVariableNames = [
  'DOJANG_HOOK',
  'DOJANG_VERB',
  'DOJANG_ENV',
  'DOJANG_COMPONENT',
  'DOJANG_RELEASE',
  'DOJANG_COMMIT',
  'DOJANG_WHO',
  'DOJANG_OUTCOME',
  'DOJANG_REASON',
  'DOJANG_DUMP',
] as const;

export type HookVariable = (typeof hookVariableNames)[number];

function mapped<Name extends string>(values: Readonly<Record<Name, string>>, change: (text: string) => string): Record<Name, string> {
  return Object.fromEntries(Object.entries<string>(values).map(([name, value]) => [name, change(value)])) as Record<Name, string>;
}

/** Whether the work is not begun when this hook fails. Others come too late to stop anything. */
export function mayStop(name: HookName): boolean {
  return name.startsWith('pre-');
}

/** @param said the end of what it printed */
export function hookError(name: HookName, fault: string, said: readonly string[]): DojangError {
  return new DojangError('hook-failed', `hooks/${name} ${fault}`, {
    why: ['What serves was not changed: a hook before the work must end well.', ...said.map((line) => `  ${line}`)].join('\n'),
    next: `mend hooks/${name}, or take it away`,
  });
}
