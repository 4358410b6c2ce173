/** The port through which a command runs the project's hooks. */
import type { HookFacts, HookName } from '../hooks/hooks.ts';
import type { Progress } from './reporter.ts';

export interface Hooks {
  /** Whether the project has it. */
  has(name: HookName): boolean;
  /**
   * Runs a hook where the project has it, and waits for its end. One that comes after the work
   * leaves a note when it fails.
   * @throws DojangError `hook-failed` for one that comes before the work
   */
  run(name: HookName, facts: HookFacts, progress?: Progress): Promise<void>;
}
