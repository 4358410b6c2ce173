/** A place of its own for one test: an embedded GCP with the real engine, in a temporary folder. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import configuration from '../../../../dojang.config.ts';
import { type Environment, environmentOf } from '../../../../lib/config/environment.ts';
import type { GcpCloud } from '../../../../lib/ports/gcp.ts';
import { type Connection, connectionFrom } from '../../../../scripts/io/connection.ts';
import { computeClient } from '../../../../scripts/io/gcp/api/google-api.ts';
import type { ActivationPatience } from '../../../../scripts/io/gcp/engine/session.ts';
import { Session, type StateResource, stateOf } from '../../../../scripts/io/gcp/engine/session.ts';
import { nameOf } from '../../../../scripts/io/gcp/engine/urn.ts';
import { gcpCloud } from '../../../../scripts/io/gcp/index.ts';
import { processVariables } from '../../../../scripts/io/process/process-environment.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureEngine } from '../../../../scripts/local/engine/index.ts';
import { ensureLocalGcp, stopLocalGcp } from '../../../../scripts/local/gcp/index.ts';
import { type CloudResource, Store } from '../../../../scripts/local/gcp/resources/store.ts';

export interface Place {
  readonly folder: string;
  readonly cloudFolder: string;
  readonly connection: Connection;
  readonly cloud: GcpCloud;
  /** What the cloud really holds now. */
  contents(type?: string): readonly CloudResource[];
  /** The GCP side of another configuration in the same place. */
  as(environment: Environment): GcpCloud;
  /** The stack below the cloud, for what only the engine can show. */
  readonly session: Session;
  /** What the engine has recorded of a resource. */
  recorded(name: string): Promise<StateResource | undefined>;
  end(): Promise<void>;
}

export const silent = () => undefined;
const local = environmentOf(configuration, 'local');
export const inputs = { awsAddress: '203.0.113.10', zone: 'asia-northeast3-b' };

/**
 * APIs that were just enabled are waited for as long as `activation` says; nothing else differs
 * from production.
 */
export async function openPlace(folder = mkdtempSync(join(tmpdir(), 'dojang-gcp-')), activation?: ActivationPatience): Promise<Place> {
  const cloudFolder = join(folder, 'cloud');
  const engine = await ensureEngine(silent);
  const { env } = await ensureLocalGcp({ cloud: cloudFolder, pulumi: join(folder, 'pulumi') }, engine);
  const connection = connectionFrom({ ...processVariables(), ...env });
  const options = { folder: join(folder, 'work'), connection, engine: async () => engine, ...(activation && { activation }) };
  const as = (environment: Environment) => gcpCloud(environment, options);
  return {
    folder,
    cloudFolder,
    connection,
    cloud: as(local),
    as,
    contents: (type) => new Store(cloudFolder).all(type),
    session: new Session(local, options),
    recorded: async (name) => {
      const stack = await new Session(local, options).existing(silent);
      return stack && (await stateOf(stack)).resources.find(({ urn, custom }) => custom && nameOf(urn) === name);
    },
    end: async () => {
      await stopLocalGcp(cloudFolder, { forget: true });
      remove(folder);
    },
  };
}

/** Takes a snapshot of a disk as an operator does, by the Compute API, and returns its name. */
export async function takeSnapshot({ connection }: Place, disk: string, name: string): Promise<string> {
  const compute = await computeClient(connection);
  await compute.disks.createSnapshot({ project: local.gcp.project, zone: inputs.zone, disk, requestBody: { name } });
  return name;
}

/** The local environment with these changes of its GCP side. */
export function withGcp(changes: {
  readonly dataDisk?: string;
  readonly dataSnapshot?: string;
  readonly gpu?: { readonly count: 1 | 2 };
  readonly machine?: string;
  readonly range?: string;
  readonly image?: string;
}): Environment {
  const { local: written, ...others } = configuration.environments;
  if (!written) throw new Error('dojang.config.ts has no environment local');
  const environments = { ...others, local: { ...written, gcp: { ...written.gcp, ...changes } } };
  return environmentOf({ ...configuration, environments }, 'local');
}
