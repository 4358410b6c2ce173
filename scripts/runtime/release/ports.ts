/** What a release needs of the world. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { Hooks } from '../../../lib/ports/hooks.ts';
import type { HostShell } from '../../../lib/ports/host-shell.ts';
import type { Notifier } from '../../../lib/ports/notifier.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import type { App, Artifact, Target } from '../../../lib/release/artifact.ts';
import { artifactFor } from '../../artifacts/index.ts';
import { type Checkout, checkoutOf } from '../../io/git.ts';
import { projectHooks } from '../../io/hooks/hooks.ts';
import { operator } from '../../io/operator.ts';
import { requireHosts } from '../clouds/hosts.ts';
import type { Clouds, Context } from '../context.ts';
import { environmentNotifier } from '../notifier.ts';
import type { WebTestOptions } from './probe/web-test.ts';

export interface ReleasePorts {
  readonly aws: Pick<AwsCloud, 'outputs' | 'putArtifact' | 'recordStore' | 'dumpStore'>;
  readonly shell: HostShell;
  readonly notifier: Notifier;
  readonly hooks: Hooks;
  readonly who: { readonly owner: string; readonly host: string };
  /** Of the working tree that is built; undefined where there is no repository. */
  readonly checkout: Checkout | undefined;
  readonly now: () => Date;
  /** Where visitors find the pages, and whether a private authority signs for it. */
  readonly site: () => Promise<Pick<WebTestOptions, 'url' | 'privateAuthority'>>;
  /** Builds what is in the working tree; the same sources give the same file. */
  readonly build: (app: App, target: Target, progress: Progress) => Promise<Artifact>;
}

export function releasePorts(context: Context, clouds: Clouds): ReleasePorts {
  const { owner, host } = operator();
  const hosts = requireHosts(clouds);
  return {
    aws: clouds.aws,
    shell: hosts.shell,
    notifier: environmentNotifier(context, clouds),
    hooks: projectHooks({ note: context.report.note }),
    who: { owner, host },
    checkout: checkoutOf(),
    now: () => new Date(),
    site: async () => {
      const { publicUrl, embedded } = await hosts.facts();
      return { url: publicUrl, privateAuthority: embedded || context.environment.tls === 'own-ca' };
    },
    build: (app, target, progress) => artifactFor(app, target, { engine: context.environment.ai.engine }, progress),
  };
}

/** @throws DojangError `not-deployed` */
export async function artifactBucket({ environment }: Pick<Context, 'environment'>, aws: Pick<AwsCloud, 'outputs'>): Promise<string> {
  const { addresses } = environment.names.stacks;
  const { ArtifactBucket: bucket } = await aws.outputs([addresses]);
  if (bucket) return bucket;
  throw new DojangError('not-deployed', `${addresses} has no artifact bucket yet`, { next: `dojang up --env ${environment.name}` });
}
