/**
 * The two clouds of an environment: the real ones, or the embedded ones for `local`. Only endpoints
 * differ.
 */
import { delimiter } from 'node:path';
import type { Environment } from '../../../lib/config/environment.ts';
import { isLocal } from '../../../lib/config/names.ts';
import type { Reporter } from '../../../lib/ports/reporter.ts';
import { allSettled } from '../../io/all-settled.ts';
import { connectionFrom } from '../../io/connection.ts';
import { processVariables, withoutOverriding } from '../../io/process/process-environment.ts';
import { root } from '../../io/state.ts';
import { ensureEngine, presentEngine } from '../../local/engine/index.ts';
import { localFolders, startLocalClouds } from '../../local/index.ts';
import type { Clouds, Context, MachinesWanted } from '../context.ts';
import { hostsOf } from './hosts.ts';
import { installedTrust } from './installed-trust.ts';
import { machineCommands, startMachines } from './local-machines.ts';
import { realConnection } from './real-connection.ts';

export interface CloudsOptions {
  /** Whether the embedded clouds are started when they do not run. */
  readonly start: boolean;
  readonly machines: MachinesWanted;
}

/** Milliseconds. The embedded GCP counts requests, not minutes, until an API is on. */
const impatient = { interval: 1_000, limit: 60_000 };

/**
 * @throws DojangError `not-running` when the embedded clouds are needed, do not run and may not
 *   be started; `stand-in` when a real environment would be deployed to them.
 */
export async function connectClouds({ environment, report }: Context, options: CloudsOptions): Promise<Clouds> {
  const local = isLocal(environment);
  const { connection, machines } = local
    ? await startLocal(environment, report, options)
    : { machines: undefined, connection: realConnection(environment.name) };
  const [{ awsCloud }, { awsSecretStore }, { gcpCloud }, { assemble }, { preflightPorts }, { internet }] = await Promise.all([
    import('../../io/aws/index.ts'),
    import('../../io/aws/secret-store.ts'),
    import('../../io/gcp/index.ts'),
    import('../plan/synthesise.ts'),
    import('./preflight-ports.ts'),
    local ? import('../../local/internet.ts') : import('../../io/network/internet.ts'),
  ]);
  const parts = {
    // What goes to a real account passes the policy checks first; on this machine a trial should
    // not wait for them.
    aws: awsCloud(environment, { connection, synth: (outdir) => assemble(environment, outdir, { checks: !local }) }),
    gcp: gcpCloud(environment, {
      folder: local ? localFolders.pulumi : root,
      connection,
      engine: local && !options.start ? presentEngine : ensureEngine,
      ...(local && { activation: impatient }),
    }),
    secrets: awsSecretStore(environment, connection),
  };
  const clouds = { ...parts, preflight: preflightPorts(environment, { ...parts, internet: internet(), connection }) };
  if (machines && 'reason' in machines) return { ...clouds, hosts: machines };
  const hosts = hostsOf(environment, connection, clouds, machines?.(clouds.secrets));
  return { ...clouds, hosts, installed: installedTrust(hosts.shell) };
}

/**
 * The embedded clouds and their machines, where both may be started at the same time: each takes
 * its time when it is made for the first time.
 */
async function startLocal(environment: Environment, report: Reporter, { start, machines: wanted }: CloudsOptions) {
  const running = startLocalClouds(environment, report, { start });
  // No machine boots for clouds that do not run.
  if (!start) await running;
  const work = [running, startMachines(environment, report, wanted)] as const;
  await allSettled(work);
  const [variables, machines] = await Promise.all(work);
  const commands = 'reason' in machines ? [] : [machineCommands];
  const own = withoutOverriding(processVariables());
  const PATH = [...commands, variables.PATH ?? own.PATH].join(delimiter);
  return { machines, connection: connectionFrom({ ...own, ...variables, PATH }) };
}
