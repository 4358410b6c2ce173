/** What every verb is given, and what it gives back. */
import type { Environment } from '../../lib/config/environment.ts';
import type { HostFacts } from '../../lib/host/facts.ts';
import type { NodeRegistry } from '../../lib/host/join.ts';
import type { AwsCloud } from '../../lib/ports/aws.ts';
import type { GcpCloud } from '../../lib/ports/gcp.ts';
import type { HostName, HostShell, ShellResult, ShellRun } from '../../lib/ports/host-shell.ts';
import type { PreflightPorts } from '../../lib/ports/preflight.ts';
import type { Prober } from '../../lib/ports/prober.ts';
import type { Progress, Reporter } from '../../lib/ports/reporter.ts';
import type { InstalledTrust, SecretStore } from '../../lib/ports/secrets.ts';
import type { EnvironmentLock } from './lock/shared-lock.ts';

interface VerbOptions {
  readonly dryRun: boolean;
  /** Resources that may be replaced or deleted this once. */
  readonly approve: readonly string[];
}

export interface Context {
  readonly environment: Environment;
  readonly report: Reporter;
  readonly options: VerbOptions;
  /** Held while a command changes the environment; none for one that only reads. */
  readonly lock?: EnvironmentLock;
}

/** A program of this machine that is given the terminal. */
export interface SessionCommand {
  readonly argv: readonly [string, ...string[]];
  /** All variables of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Programs that must be on PATH, and what brings each. */
  readonly needs: Readonly<Record<string, string>>;
}

/** The machines of an environment. */
export interface Hosts {
  readonly shell: HostShell;
  readonly registry: NodeRegistry;
  /** Milliseconds between two questions to Systems Manager. */
  readonly interval: number;
  /** Runs a script on the GPU machine before Systems Manager knows it. */
  readonly channel: (script: string, options: ShellRun) => Promise<ShellResult>;
  readonly prober: Prober;
  /** The command on this machine that opens a shell on a host. */
  session(host: HostName): Promise<SessionCommand>;
  /** Waits until the machines are what their clouds say. */
  ready(progress: Progress): Promise<void>;
  facts(): Promise<HostFacts>;
}

/**
 * Whether the machines of the embedded clouds are started, taken as they are (running or not), or
 * left out.
 */
export type MachinesWanted = 'start' | 'as-is' | 'none';

/** Why there are no machines, and the command that brings them. */
export interface NoHosts {
  readonly reason: string;
  readonly next: string;
}

export interface Clouds {
  readonly aws: AwsCloud;
  readonly gcp: GcpCloud;
  readonly secrets: SecretStore;
  /** What is asked before a deployment. */
  readonly preflight: PreflightPorts;
  readonly hosts: Hosts | NoHosts;
  /** What the hosts have of the trust between them; undefined where no host can be asked. */
  readonly installed?: InstalledTrust;
}
