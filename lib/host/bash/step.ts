/** What a machine must look like, as data: steps, each a check and what puts it right. */
import type { HostName } from '../../ports/host-shell.ts';

export interface HostStep {
  /** Unique on its host; what `--only` takes. */
  readonly id: string;
  readonly title: string;
  /** Functions that `check` and `apply` share. */
  readonly definitions: string;
  /**
   * Bash that prints one line for each difference and nothing when there is none. Another exit
   * status than 0 means that it could not find out.
   */
  readonly check: string;
  /** Bash that puts it right, ended by the first command that fails. It prints no secret. */
  readonly apply: string;
  /** Handlers to run, once and at the end, when something was put right. */
  readonly notifies: readonly string[];
  /** Of a check as of an apply. */
  readonly limitSeconds: number;
}

/**
 * What is done at the end when a step that notifies it has changed something. It survives a run
 * that was cut off.
 */
export interface HostHandler {
  readonly id: string;
  readonly title: string;
  readonly run: string;
  readonly limitSeconds: number;
}

/** A step that this machine does not need, and why. */
export interface LeftOut {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
}

export interface HostRecipe {
  readonly host: HostName;
  readonly steps: readonly HostStep[];
  readonly handlers: readonly HostHandler[];
  readonly leftOut: readonly LeftOut[];
}

/** A step with what is the same in most. @default no definitions, no handlers, a minute */
export function step(given: Pick<HostStep, 'id' | 'title' | 'check' | 'apply'> & Partial<HostStep>): HostStep {
  return { definitions: '', notifies: [], limitSeconds: 60, ...given };
}
