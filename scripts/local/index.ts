/**
 * The embedded clouds of this clone: started together, passed to everything else by variables
 * alone.
 */
import { join } from 'node:path';
import type { Environment } from '../../lib/config/environment.ts';
import type { Reporter } from '../../lib/ports/reporter.ts';
import { allSettled } from '../io/all-settled.ts';
import { remove, stateFolder } from '../io/state.ts';
import { stopAcme } from './acme/index.ts';
import { ensureLocalAws, stopLocalAws } from './aws/index.ts';
import { ensureEngine, presentEngine } from './engine/index.ts';
import { ensureLocalGcp, linkBilling, stopLocalGcp } from './gcp/index.ts';
import { stopHosts } from './hosts/index.ts';
import { stopOidc } from './oidc/index.ts';

const folder = join(stateFolder, 'local');
export const localFolders = {
  aws: join(folder, 'aws'),
  gcp: join(folder, 'gcp'),
  pulumi: join(folder, 'pulumi'),
  hosts: join(folder, 'hosts'),
  signIn: join(folder, 'oidc'),
  dns: join(folder, 'dns'),
  acme: join(folder, 'acme'),
} as const;

/**
 * The variables that point production code at the embedded clouds. With `start`, what does not run
 * is started, and what runs an older version of its code is started anew.
 * @throws DojangError `not-running` without `start` when one of them does not run as it should.
 */
export async function startLocalClouds(
  { aws, gcp }: Environment,
  report: Reporter,
  { start }: { readonly start: boolean },
): Promise<Record<string, string>> {
  const engineFor = start ? ensureEngine : presentEngine;
  const work = [
    report.task(
      'local aws',
      (progress) => ensureLocalAws(localFolders.aws, aws, { mayStart: start, progress }),
      ({ env }) => env.AWS_ENDPOINT_URL ?? '',
    ),
    report.task(
      'local gcp',
      async (progress) =>
        ensureLocalGcp({ cloud: localFolders.gcp, pulumi: localFolders.pulumi }, await engineFor(progress), { mayStart: start }),
      ({ env }) => env.GOOGLE_COMPUTE_CUSTOM_ENDPOINT ?? '',
    ),
  ] as const;
  await allSettled(work);
  const [localAws, localGcp] = await Promise.all(work);
  if (start) linkBilling(localFolders.gcp, gcp.billingAccount);
  return { ...localAws.env, ...localGcp.env };
}

/**
 * Ends both clouds, their hosts, the sign-in provider and the certificate authority, and forgets
 * all that was in them.
 */
export async function forgetLocalClouds(): Promise<void> {
  // The hosts first: they follow the clouds, and would see theirs go.
  await stopHosts(localFolders.hosts, { forget: true });
  await Promise.all([
    stopOidc(localFolders.signIn),
    stopAcme(localFolders.acme),
    stopLocalAws(localFolders.aws),
    stopLocalGcp(localFolders.gcp, { forget: true }),
  ]);
  remove(folder);
}
