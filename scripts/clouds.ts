/** The two clouds of an environment: the real ones, or the embedded ones for `local`. Only endpoints differ. */
import type { Clouds, Context } from './context.ts';
import { root } from './io/state.ts';
import { ensureEngine } from './local/engine/index.ts';
import { isLocal, localFolders, requireLocalClouds, startLocalClouds } from './local/index.ts';

export interface CloudsOptions {
  /** Whether the embedded clouds are started when they do not run. */
  readonly start: boolean;
}

/** @throws DojangError `not-running` when the embedded clouds are needed, do not run and may not be started. */
export async function cloudsOf({ environment, report }: Context, { start }: CloudsOptions): Promise<Clouds> {
  const local = isLocal(environment);
  if (local) {
    if (!start) requireLocalClouds();
    // The official SDKs and the engine take their endpoints from the environment; nothing else of the code knows of it.
    Object.assign(process.env, await startLocalClouds(environment, report));
    delete process.env.AWS_PROFILE;
  }
  const [{ awsCloud }, { gcpCloud }, { assemble }] = await Promise.all([
    import('./io/aws/index.ts'),
    import('./io/gcp/index.ts'),
    import('./synthesise.ts'),
  ]);
  return {
    aws: awsCloud(environment, { synth: (outdir) => assemble(environment, outdir) }),
    gcp: gcpCloud(environment, { folder: local ? localFolders.pulumi : root, engine: ensureEngine }),
  };
}
