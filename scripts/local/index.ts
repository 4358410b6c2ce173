/** The embedded clouds of this clone: started together, told to everything else by variables alone. */
import { join } from 'node:path';
import type { Environment } from '../../lib/config/environment.ts';
import { DojangError } from '../../lib/errors.ts';
import type { Reporter } from '../../lib/ports.ts';
import { runningDaemon } from '../io/daemon.ts';
import { remove, stateFolder } from '../io/state.ts';
import { ensureLocalAws, stopLocalAws } from './aws/index.ts';
import { ensureEngine } from './engine/index.ts';
import { ensureLocalGcp, stopLocalGcp } from './gcp/index.ts';

const folder = join(stateFolder, 'local');
export const localFolders = { aws: join(folder, 'aws'), gcp: join(folder, 'gcp'), pulumi: join(folder, 'pulumi') } as const;

/** The environment that runs on the embedded clouds. */
export function isLocal({ name }: Pick<Environment, 'name'>): boolean {
  return name === 'local';
}

/** Starts what does not run yet and answers the variables that point production code at it. */
export async function startLocalClouds({ aws }: Environment, report: Reporter): Promise<Record<string, string>> {
  const [localAws, localGcp] = await Promise.all([
    report.task(
      'local aws',
      (progress) => ensureLocalAws(localFolders.aws, aws, progress),
      ({ env }) => env.AWS_ENDPOINT_URL ?? '',
    ),
    report.task(
      'local gcp',
      async (progress) => ensureLocalGcp({ cloud: localFolders.gcp, pulumi: localFolders.pulumi }, await ensureEngine(progress)),
      ({ env }) => env.GOOGLE_COMPUTE_CUSTOM_ENDPOINT ?? '',
    ),
  ]);
  return { ...localAws.env, ...localGcp.env };
}

/** @throws DojangError `not-running` unless both embedded clouds are running. */
export function requireLocalClouds(): void {
  if (runningDaemon(localFolders.aws) && runningDaemon(localFolders.gcp)) return;
  throw new DojangError('not-running', 'the embedded clouds are not running', { next: 'dojang up' });
}

/** Ends both clouds and forgets all that was in them. */
export async function forgetLocalClouds(): Promise<void> {
  await Promise.all([stopLocalAws(localFolders.aws), stopLocalGcp(localFolders.gcp, { forget: true })]);
  remove(folder);
}
