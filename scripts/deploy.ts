/** `dojang deploy`: builds what has changed, and puts each application on its host. An unhealthy release is rolled back. */
import { stackNames, trustParameters } from '../lib/config/names.ts';
import { DojangError } from '../lib/errors.ts';
import type { HostShell } from '../lib/host/shell.ts';
import type { AwsCloud, Progress } from '../lib/ports.ts';
import { type App, type Artifact, apps, artifactKey, shortDigest } from '../lib/release/artifact.ts';
import { hostOf, targetFrom, targetQuestion } from '../lib/release/hosting.ts';
import { installScript } from '../lib/release/install.ts';
import { type Released, releasedFrom } from '../lib/release/outcome.ts';
import { artifactFor } from './artifacts/index.ts';
import type { Context, Outcome } from './context.ts';
import { allSettled } from './runner.ts';

export interface DeployPorts {
  readonly aws: Pick<AwsCloud, 'outputs' | 'putArtifact'>;
  readonly shell: HostShell;
}

/** The applications of this list, or all; those of one host one after the other, the API before the web that asks it. */
export async function deploy(context: Context, ports: () => Promise<DeployPorts>, wanted: readonly string[]): Promise<Outcome> {
  const chosen = chosenApps(wanted);
  if (context.options.dryRun) return dryRun(context, chosen);
  const open = await ports();
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

const order: readonly App[] = ['ai', 'api', 'web'];

function chosenApps(wanted: readonly string[]): App[] {
  const unknown = wanted.find((each) => !apps.some((app) => app === each));
  if (unknown === undefined) return order.filter((app) => wanted.length === 0 || wanted.includes(app));
  throw new DojangError('unknown-app', `no application ${unknown}`, { next: `dojang deploy takes: ${apps.join(', ')}` });
}

async function inOrder(chosen: readonly App[], work: (app: App) => Promise<Released>): Promise<Released[]> {
  const done: Released[] = [];
  for (const app of chosen) done.push(await work(app));
  return done;
}

function deployOne(context: Context, ports: DeployPorts, app: App): Promise<Released> {
  return context.report.task(
    `release ${app}`,
    async (progress) => {
      const artifact = await build(context, ports, app, progress);
      const bucket = await upload(context, ports, artifact, progress);
      progress(`putting it on the ${hostOf[app]} host`);
      const script = installScript(app, optionsOf(context, artifact, bucket));
      const run = { comment: `install ${app} ${shortDigest(artifact.digest)}`, limitSeconds: 600, progress };
      return releasedFrom(app, await ports.shell.run(hostOf[app], script, run));
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
  const { ArtifactBucket: bucket } = await aws.outputs([stackNames(environment).addresses]);
  if (!bucket) {
    throw new DojangError('not-deployed', `${stackNames(environment).addresses} has no artifact bucket yet`, {
      next: `dojang up --env ${environment.name}`,
    });
  }
  await aws.putArtifact(bucket, artifactKey(artifact), artifact.file, progress);
  return bucket;
}

function optionsOf({ environment }: Context, { digest }: Pick<Artifact, 'digest'>, bucket: string) {
  const { region } = environment.aws;
  return { digest, bucket, region, migratePassword: trustParameters(environment).aws['mysql-migrate'] };
}

/** What would be done, without building: the digest is known only then. */
function dryRun(context: Context, chosen: readonly App[]): Outcome {
  const digest = '<digest>';
  const data = chosen.map((app) => ({
    app,
    host: hostOf[app],
    script: installScript(app, optionsOf(context, { digest }, '<artifact bucket>')),
  }));
  return {
    data,
    lines: chosen.map(
      (app) => `  ${app.padEnd(4)} build, upload as ${app}/<digest>.tar.gz, install on the ${hostOf[app]} host, roll back if unhealthy`,
    ),
  };
}
