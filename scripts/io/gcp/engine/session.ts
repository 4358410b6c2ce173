/**
 * One stack on the Pulumi engine: opened once a command, driven through the official Automation
 * API.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalWorkspaceOptions, PulumiFn, Stack } from '@pulumi/pulumi/automation/index.js';
import type { Environment } from '../../../../lib/config/environment.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import type { Connection } from '../../connection.ts';
import { processVariables } from '../../process/process-environment.ts';
import { run } from '../../process/processes.ts';

/** Name of the Pulumi project, as in `Pulumi.yaml`. */
export const project = 'dojang';

export interface GcpCloudOptions {
  /**
   * Where `Pulumi.yaml` and `Pulumi.<environment>.yaml` live: the project's root, or a folder of
   * the embedded cloud.
   */
  readonly folder: string;
  readonly connection: Connection;
  /** How long an API that was just enabled is waited for; minutes unless said otherwise. */
  readonly activation?: ActivationPatience;
  /** Finds the engine; asked at the first use. */
  readonly engine: (progress: Progress) => Promise<{ readonly command: string; readonly root: string | undefined }>;
}

/** A resource as the stack's state records it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: boolean;
  /** Let go of for a replacement that is not made yet. */
  readonly pendingReplacement?: boolean;
  readonly retainOnDelete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface StackState {
  readonly resources: readonly StateResource[];
  readonly pending: readonly { readonly type: string; readonly resource: StateResource }[];
}

export class Session {
  readonly environment: Environment;
  readonly options: GcpCloudOptions;
  #open: Promise<Stack> | undefined;
  #engine: Promise<{ readonly command: string; readonly root: string | undefined }> | undefined;

  constructor(environment: Environment, options: GcpCloudOptions) {
    this.environment = environment;
    this.options = options;
  }

  /** The stack, made when there is none. */
  async open(progress: Progress): Promise<Stack> {
    const existing = await this.existing(progress);
    if (existing) return existing;
    const { LocalWorkspace } = await import('@pulumi/pulumi/automation/index.js');
    const stack = await LocalWorkspace.createStack(this.#stackArgs(), await this.#workspaceOptions(progress));
    this.#open = Promise.resolve(stack);
    return stack;
  }

  /** The stack if it exists. */
  async existing(progress: Progress): Promise<Stack | undefined> {
    const { LocalWorkspace, StackNotFoundError } = await import('@pulumi/pulumi/automation/index.js');
    this.#open ??= this.#workspaceOptions(progress).then((options) => LocalWorkspace.selectStack(this.#stackArgs(), options));
    try {
      return await this.#open;
    } catch (error) {
      this.#open = undefined;
      if (error instanceof StackNotFoundError) return undefined;
      throw error;
    }
  }

  /**
   * A stack of this name that nothing has ever been deployed to, in a folder of its own: what a
   * first preview is compared with.
   */
  async blank(folder: string, progress: Progress): Promise<Stack> {
    const { LocalWorkspace } = await import('@pulumi/pulumi/automation/index.js');
    const envVars = { ...this.#variables(), PULUMI_BACKEND_URL: `file://${folder}`, PULUMI_CONFIG_PASSPHRASE: 'preview' };
    const options = await this.#workspaceOptions(progress);
    return LocalWorkspace.createStack(this.#stackArgs(), { ...options, ...settingsFor(folder), workDir: folder, envVars });
  }

  /**
   * The stack for previews that show what protection forbids. The Automation API has no option for
   * the engine's `--ignore-protect`, so it goes by a variable of this one workspace. There is no
   * way to deploy through it.
   */
  async withoutProtection(progress: Progress): Promise<Pick<Stack, 'preview'>> {
    const { LocalWorkspace } = await import('@pulumi/pulumi/automation/index.js');
    const options = await this.#workspaceOptions(progress);
    const envVars = { ...options.envVars, PULUMI_OPTION_IGNORE_PROTECT: 'true' };
    return LocalWorkspace.selectStack(this.#stackArgs(), { ...options, envVars });
  }

  /** Removes the stack with its configuration. */
  async remove(stack: Stack): Promise<void> {
    await stack.workspace.removeStack(stack.name);
    this.#open = undefined;
  }

  /** Takes the engine's protection off resources. */
  unprotect(urns: readonly string[], progress: Progress): Promise<void> {
    return this.#setProtection('unprotect', urns, progress);
  }

  /** Puts the engine's protection on resources. */
  protect(urns: readonly string[], progress: Progress): Promise<void> {
    return this.#setProtection('protect', urns, progress);
  }

  engine(progress: Progress): Promise<{ readonly command: string; readonly root: string | undefined }> {
    this.#engine ??= this.options.engine(progress);
    return this.#engine;
  }

  async #setProtection(verb: 'protect' | 'unprotect', urns: readonly string[], progress: Progress): Promise<void> {
    if (urns.length === 0) return;
    const { command } = await this.engine(progress);
    const { connection, folder } = this.options;
    const args = ['state', verb, ...urns, '--yes', '--stack', this.environment.name];
    await run(command, args, { cwd: folder, env: connection.variables });
  }

  #stackArgs(): { readonly stackName: string; readonly projectName: string; readonly program: PulumiFn } {
    // Every operation brings its own program.
    return { stackName: this.environment.name, projectName: project, program: async () => undefined };
  }

  /** The Automation API takes no variable that is not set. */
  /**
   * The Automation API adds the variables of this process to these: one that the connection leaves
   * out, such as a profile of AWS beside the embedded cloud, is emptied.
   */
  #variables(): Record<string, string> {
    const own = this.options.connection.variables;
    const names = new Set([...Object.keys(processVariables()), ...Object.keys(own)]);
    return Object.fromEntries([...names].map((name) => [name, own[name] ?? '']));
  }

  async #workspaceOptions(progress: Progress): Promise<LocalWorkspaceOptions> {
    const { PulumiCommand } = await import('@pulumi/pulumi/automation/index.js');
    const { root } = await this.engine(progress);
    const { folder } = this.options;
    mkdirSync(folder, { recursive: true });
    return {
      workDir: folder,
      envVars: this.#variables(),
      pulumiCommand: await PulumiCommand.get(root === undefined ? {} : { root }),
      ...settingsFor(folder),
    };
  }
}

/** A folder that has no `Pulumi.yaml` yet gets a plain one. */
function settingsFor(folder: string): Pick<LocalWorkspaceOptions, 'projectSettings'> {
  return existsSync(join(folder, 'Pulumi.yaml')) ? {} : { projectSettings: { name: project, runtime: 'nodejs' } };
}

/** What the stack records, with the operations that a killed run left unfinished. */
export async function stateOf(stack: Stack): Promise<StackState> {
  const { deployment } = await stack.exportStack();
  const recorded = deployment as { resources?: StackState['resources']; pending_operations?: StackState['pending'] } | undefined;
  return { resources: recorded?.resources ?? [], pending: recorded?.pending_operations ?? [] };
}

export interface ActivationPatience {
  /** Milliseconds from one try to the next. */
  readonly interval: number;
  /** Milliseconds of waiting after which the API is taken for one that is off. */
  readonly limit: number;
}
