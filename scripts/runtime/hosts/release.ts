/** Building applications and putting them on their hosts: what `deploy` and `up` share. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { type App, type Artifact, artifactKey } from '../../../lib/release/artifact.ts';
import type { HostReleaseOptions } from '../../../lib/release/host/index.ts';
import { hostOf, targetFrom, targetQuestion } from '../../../lib/release/hosting.ts';
import type { Released } from '../../../lib/release/outcome.ts';
import { artifactFor } from '../../artifacts/index.ts';
import { allSettled } from '../../io/all-settled.ts';
import type { Context } from '../context.ts';
import type { PartOutcome } from '../outcome.ts';
import { releaseOnHost } from './release-steps.ts';

export interface DeployPorts {
  readonly aws: Pick<AwsCloud, 'outputs' | 'putArtifact'>;
  readonly shell: HostShell;
}

/**
 * Applications of one host one after the other, the API before the web that asks it; both hosts at
 * the same time.
 */
export async function release(
  context: Context,
  open: DeployPorts,
  chosen: readonly App[] = releaseOrder,
): Promise<PartOutcome<readonly Released[]>> {
  const work = ['gcp', 'aws'].map((host) =>
    inOrder(
      chosen.filter((app) => hostOf[app] === host),
      (app) => deployOne(context, open, app),
    ),
  );
  await allSettled(work);
  const released = (await Promise.all(work)).flat();
  return { data: released, lines: [] };
}

export const releaseOrder: readonly App[] = ['ai', 'api', 'web'];

/** The name of the row that shows the release of an application. */
export const releaseRow = (app: App) => `release ${app}`;

async function inOrder(chosen: readonly App[], work: (app: App) => Promise<Released>): Promise<Released[]> {
  const done: Released[] = [];
  for (const app of chosen) done.push(await work(app));
  return done;
}

function deployOne(context: Context, ports: DeployPorts, app: App): Promise<Released> {
  return context.report.task(
    releaseRow(app),
    async (progress) => {
      const artifact = await build(context, ports, app, progress);
      const bucket = await upload(context, ports, artifact, progress);
      return releaseOnHost({ shell: ports.shell, app, options: hostReleaseOptions(context, artifact, bucket), progress });
    },
    ({ outcome, digest, note }) => [digest, ...(outcome === 'current' ? ['already there'] : []), ...(note ? [note] : [])].join(', '),
  );
}

async function build({ environment }: Context, { shell }: DeployPorts, app: App, progress: Progress): Promise<Artifact> {
  const host = hostOf[app];
  const { stdout } = await shell.run(host, targetQuestion, { comment: 'which machine is it', limitSeconds: 60, progress });
  return artifactFor(app, targetFrom(host, stdout), { engine: environment.ai.engine }, progress);
}

/** Written once under its own digest: what is there already is the same. */
async function upload({ environment }: Context, { aws }: DeployPorts, artifact: Artifact, progress: Progress): Promise<string> {
  const { ArtifactBucket: bucket } = await aws.outputs([environment.names.stacks.addresses]);
  if (!bucket) {
    throw new DojangError('not-deployed', `${environment.names.stacks.addresses} has no artifact bucket yet`, {
      next: `dojang up --env ${environment.name}`,
    });
  }
  await aws.putArtifact(bucket, artifactKey(artifact), artifact.file, progress);
  return bucket;
}

export function hostReleaseOptions({ environment }: Context, { digest }: Pick<Artifact, 'digest'>, bucket: string): HostReleaseOptions {
  const { api, aws, names } = environment;
  const migratePassword = names.parameters.trust.aws['mysql-migrate'];
  return { digest, bucket, region: aws.region, migratePassword, healthSeconds: api.healthSeconds };
}
