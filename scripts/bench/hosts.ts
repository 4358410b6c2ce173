/** The embedded hosts as a benchmark sees them. They must be up. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import type { HostName, HostShell } from '../../lib/ports/host-shell.ts';
import { loadConfig } from '../io/config/config-file.ts';
import { pathFolders } from '../io/process/process-environment.ts';
import { terminal } from '../io/terminal/terminal.ts';
import { namespaceOf } from '../local/hosts/index.ts';
import { localFolders } from '../local/index.ts';
import { addressesOf } from '../runtime/addresses.ts';
import { connectClouds } from '../runtime/clouds/connect.ts';
import { requireHosts } from '../runtime/clouds/hosts.ts';
import type { Context } from '../runtime/context.ts';

export interface LoadHost {
  readonly shell: HostShell;
  /** Network namespace in which the load is made. */
  readonly visitor: string;
  /** Of the AWS host. */
  readonly address: string;
  /** What the service calls itself. */
  readonly publicUrl: string;
}

/** @throws DojangError `no-wrk` */
export function requireWrk(): void {
  if (pathFolders().some((folder) => existsSync(join(folder, 'wrk')))) return;
  throw new DojangError('no-wrk', 'wrk is not installed', { why: 'It makes the load.', next: 'apt install wrk' });
}

/** @throws DojangError `not-running`, `no-hosts` */
export async function openHosts(): Promise<LoadHost> {
  const report = terminal({ out: process.stdout, progress: process.stderr });
  const context: Context = { environment: await loadConfig('local'), report, options: { dryRun: false, approve: [] } };
  const clouds = await connectClouds(context, { start: false, machines: 'as-is' });
  const { shell, facts } = requireHosts(clouds);
  const { aws } = await addressesOf(context.environment, clouds);
  const { publicUrl } = await facts();
  return { shell, visitor: namespaceOf(localFolders.hosts, 'visitor'), address: aws, publicUrl };
}

/** Runs a script as root. @throws DojangError `bench-failed` */
export async function onHost({ shell }: LoadHost, host: HostName, script: string): Promise<void> {
  const { code, stdout, stderr } = await shell.run(host, script, { comment: 'benchmark', limitSeconds: 300 });
  if (code !== 0)
    throw new DojangError('bench-failed', `a step of the benchmark ended with ${code} on ${host}`, { why: `${stdout}${stderr}`.trim() });
}
