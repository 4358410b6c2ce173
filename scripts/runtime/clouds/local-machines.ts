/**
 * The machines of the embedded clouds, where this machine can boot them: their daemon, the sign-in
 * provider, and what differs.
 */
import { join } from 'node:path';
import type { Environment } from '../../../lib/config/environment.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { AcmeAuthority } from '../../../lib/host/facts.ts';
import type { PortOutcome, Prober } from '../../../lib/ports/prober.ts';
import type { Reporter } from '../../../lib/ports/reporter.ts';
import type { SecretStore } from '../../../lib/ports/secrets.ts';
import type { DaemonStart } from '../../io/process/daemon.ts';
import { processVariables } from '../../io/process/process-environment.ts';
import { run } from '../../io/process/processes.ts';
import { ensureAcme } from '../../local/acme/index.ts';
import { browserPort, ensureHosts, hostSupport, hostsReady, loginOn, namespaceOf } from '../../local/hosts/index.ts';
import { prefixOf } from '../../local/hosts/network/network.ts';
import { localFolders } from '../../local/index.ts';
import { ensureOidc } from '../../local/oidc/index.ts';
import type { MachinesWanted, NoHosts } from '../context.ts';
import type { Surroundings } from './hosts.ts';

/** What differs of the machines from real ones, once secrets can be kept. */
type Machines = (secrets: SecretStore) => Surroundings;

/** Where the stand-in for `gcloud` is. */
export const machineCommands = join(import.meta.dirname, '../../local/hosts/bin');

/** How long two machines may take to boot. */
const bootSeconds = 180;

/**
 * Starts what the machines need, or returns why they can not run. With `as-is`, machines that are
 * off are no fault.
 */
export async function startMachines(environment: Environment, report: Reporter, wanted: MachinesWanted): Promise<Machines | NoHosts> {
  if (wanted === 'none') return { reason: 'only the clouds were asked for', next: 'dojang up' };
  const lacking = await hostSupport(localFolders.hosts);
  if (lacking) return lacking;
  if (wanted === 'start') return machines(environment, report, { mayStart: true });
  return machines(environment, quiet, { mayStart: false }).catch((error) => {
    if (error instanceof DojangError && error.code === 'not-running') return { reason: error.message, next: 'dojang up' };
    throw error;
  });
}

/** Machines that are off are no failure that a reader of rules should see. */
const quiet: Pick<Reporter, 'task'> = { task: (_, work) => work(() => undefined) };

/** Whether what does not run is started. */
type MayStart = Pick<DaemonStart, 'mayStart'>;

async function machines(environment: Environment, report: Pick<Reporter, 'task'>, { mayStart }: MayStart): Promise<Machines> {
  const { hosts, aws, gcp, signIn, dns } = localFolders;
  await report.task(
    'local hosts',
    (progress) => ensureHosts({ hosts, aws, gcp, signIn, dns }, environment, { mayStart, progress }),
    () => publicUrl(),
  );
  const provider = await report.task(
    'local sign-in',
    (progress) => ensureOidc(signIn, { redirectUris: [`${publicUrl()}/api/auth/callback`] }, { mayStart, progress }),
    ({ issuer }) => issuer,
  );
  const acme = environment.tls === 'letsencrypt' ? await authority(report, { mayStart }) : undefined;
  return (secrets) => ({
    prober: externalProber(namespaceOf(hosts, 'external')),
    session: async (host) => ({ argv: loginOn(hosts, host), env: processVariables(), needs: {} }),
    known: { embedded: true, publicUrl: publicUrl(), ...(acme && { acme }) },
    ready: async (progress) => {
      // The embedded provider makes its own; the operator gives a real one's.
      const parameter = environment.names.parameters.trust.aws['oidc-client-secret'];
      const { [parameter]: kept } = await secrets.read([parameter]);
      if (kept?.reveal() !== provider.clientSecret.reveal()) await secrets.put(parameter, provider.clientSecret, 'secret');
      await hostsReady(hosts, { aws: true, gcp: true }, bootSeconds, progress);
    },
  });
}

/** Who plays Let's Encrypt. Only an environment that asks it for a certificate has one. */
function authority(report: Pick<Reporter, 'task'>, { mayStart }: MayStart): Promise<AcmeAuthority> {
  return report.task(
    'local acme',
    (progress) => ensureAcme(localFolders.acme, { prefix: prefixOf(localFolders.hosts), mayStart }, progress),
    ({ directory }) => directory,
  );
}

/** Where a browser on this machine reaches the service. */
function publicUrl(): string {
  const port = browserPort(localFolders.hosts);
  if (port) return `https://localhost:${port}`;
  throw new DojangError('not-running', 'the embedded hosts are not running', { next: 'dojang up' });
}

/** Ports tried by a process on the embedded internet. */
function externalProber(namespace: string): Prober {
  const program = join(import.meta.dirname, '../../local/hosts/network/external-probe.ts');
  return {
    async connect(_from, address, port, limitMs) {
      const words = [process.execPath, program, address, String(port), String(limitMs)];
      const { stdout } = await run('ip', ['netns', 'exec', namespace, ...words]);
      return stdout.trim() as PortOutcome;
    },
  };
}
