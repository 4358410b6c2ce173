/** How a host is reached: the port through which everything that runs on a host is carried out. */
import type { Cloud } from '../inventory/resource.ts';
import type { Progress } from './reporter.ts';

/** A host is called by the cloud that it is on. */
export type HostName = Cloud;

export interface ShellResult {
  /** Exit status of the script. */
  readonly code: number;
  /** At most 24,000 characters, as Systems Manager keeps; what is longer loses its middle. */
  readonly stdout: string;
  readonly stderr: string;
}

export interface ShellRun {
  /** What the record of Systems Manager calls it, at most 100 characters; never a secret. */
  readonly comment: string;
  readonly limitSeconds: number;
  readonly progress?: Progress;
}

export interface HostShell {
  /**
   * Runs a bash script as root and answers when it has ended, whatever its exit status.
   * @throws DojangError `host-unreachable`, `host-timeout`
   */
  run(host: HostName, script: string, options: ShellRun): Promise<ShellResult>;
  /**
   * Waits until Systems Manager reaches the host. @throws DojangError `host-unreachable` after
   * `limitSeconds`.
   */
  whenReady(host: HostName, limitSeconds: number, progress: Progress): Promise<void>;
}
