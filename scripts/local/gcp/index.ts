/**
 * The embedded GCP: the real Pulumi engine works on it as on the real one, directed by variables
 * alone.
 */
import { mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ensureDaemon, stopDaemon } from '../../io/process/daemon.ts';
import { pathFolders } from '../../io/process/process-environment.ts';
import { readJson, remove, root } from '../../io/state.ts';
import { type Engine, languageHostFolder } from '../engine/index.ts';
import { versionOf } from '../version.ts';
import { type GcpPorts, portsFile } from './ports.ts';

export { clearFaults, writeFaults } from './faults/faults.ts';
export { linkBilling } from './rest/preflight.ts';
export { knownApis } from './rest/services.ts';

export interface LocalGcp {
  /** What points the Pulumi engine and Google's clients at the embedded cloud. */
  readonly env: Readonly<Record<string, string>>;
}

export interface LocalGcpFolders {
  /** The cloud itself: what is in it, and its daemon. */
  readonly cloud: string;
  /** The engine's own state: backend and home. */
  readonly pulumi: string;
}

/**
 * The embedded GCP with its state in these folders, started when it does not run. A second call
 * finds the first one's.
 * @throws DojangError `daemon-failed` with the end of its log.
 */
export async function ensureLocalGcp(
  folders: LocalGcpFolders,
  engine: Engine,
  { mayStart = true }: { readonly mayStart?: boolean } = {},
): Promise<LocalGcp> {
  const { ports } = await ensureDaemon({
    name: 'the local GCP',
    mayStart,
    folder: folders.cloud,
    version: versionOf(import.meta.dirname),
    command: async () => process.execPath,
    args: [join(import.meta.dirname, 'main.ts'), folders.cloud],
    ready: () => portsOf(folders.cloud),
    limitSeconds: 20,
  });
  mkdirSync(folders.pulumi, { recursive: true });
  const rest = `http://127.0.0.1:${ports.rest}`;
  return {
    env: {
      PULUMI_DEBUG_PROVIDERS: `gcp:${ports.provider}`,
      PULUMI_BACKEND_URL: `file://${folders.pulumi}`,
      PULUMI_HOME: folders.pulumi,
      PULUMI_CONFIG_PASSPHRASE: 'local',
      PULUMI_SKIP_UPDATE_CHECK: '1',
      // The provider is ours: the engine need not fetch the real one.
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: '1',
      GOOGLE_COMPUTE_CUSTOM_ENDPOINT: `${rest}/compute/v1/`,
      GOOGLE_BILLING_CUSTOM_ENDPOINT: `${rest}/billing/v1/`,
      GOOGLE_CLOUD_BILLING_CUSTOM_ENDPOINT: `${rest}/cloudbilling/v1/`,
      GOOGLE_SERVICE_USAGE_CUSTOM_ENDPOINT: `${rest}/serviceusage/v1/`,
      GOOGLE_MONITORING_CUSTOM_ENDPOINT: `${rest}/monitoring/`,
      PATH: pathWith(engine),
    },
  };
}

/** Ends the daemon. What is in the cloud stays unless `forget`. */
export async function stopLocalGcp(cloud: string, { forget = false }: { readonly forget?: boolean } = {}): Promise<void> {
  await stopDaemon(cloud);
  if (forget) remove(cloud);
}

/**
 * The ports, once this folder's own daemon answers: a file may be left from an earlier life, its
 * ports taken by another clone.
 */
async function portsOf(folder: string): Promise<Readonly<Record<string, number>> | undefined> {
  const ports = readJson<GcpPorts>(portsFile(folder));
  if (!ports) return undefined;
  const answer = await fetch(`http://127.0.0.1:${ports.rest}/health`);
  const health = (await answer.json()) as { readonly folder?: string };
  return health.folder === folder ? { ...ports } : undefined;
}

/**
 * `pulumi` typed by the operator finds the engine, this project's Node and, where the official one
 * is missing, a language host.
 */
function pathWith(engine: Engine): string {
  const host = languageHostFolder(engine);
  const before = [dirname(engine.command), join(root, 'node_modules', '.bin'), ...(host ? [host] : [])];
  const after = pathFolders().filter((folder) => !before.includes(folder));
  return [...before, ...after].join(delimiter);
}
