/**
 * The AWS side of one environment, through the official libraries. The local AWS is served by the
 * same code: only its endpoint differs.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import type { AwsCloud } from '../../../lib/ports/aws.ts';
import type { Connection } from '../connection.ts';
import { requireAccount } from './account.ts';
import { putArtifact } from './artifacts.ts';
import { s3AuditStore } from './audit-store.ts';
import type { AwsContext } from './aws-context.ts';
import { awsClients } from './clients.ts';
import { releaseVolumes, snapshotOf } from './data-volumes.ts';
import { s3DumpStore } from './dump-store.ts';
import { s3LockStore } from './lock-store.ts';
import { deleteParameters, putParameter, readParameters } from './parameters.ts';
import { s3RecordStore } from './record-store.ts';
import { allow, revoke, rulesOf } from './rules.ts';
import { once, type Synth } from './stacks/assembly.ts';
import { bootstrap } from './stacks/bootstrap.ts';
import { changesOf } from './stacks/changes.ts';
import { deploy } from './stacks/deploy.ts';
import { destroy } from './stacks/destroy.ts';
import { outputsOf, statusOf } from './stacks/stacks.ts';
import { subscriptionsOf } from './subscriptions.ts';

export interface AwsCloudOptions {
  readonly connection: Connection;
  /**
   * Synthesises the CDK app into this folder; called once, when templates are needed first. The ids
   * of its stacks are their names.
   * @default the three layers of the environment, without the policy checks
   */
  readonly synth?: Synth;
}

/**
 * Every operation first makes sure that the credentials belong to the environment's account.
 * @throws DojangError (from each operation) `no-credentials`, `wrong-account`, or what went wrong
 *   with the stack and the next command
 */
export function awsCloud(environment: Environment, { connection, synth = layers(environment) }: AwsCloudOptions): AwsCloud {
  const site: AwsContext = { environment, connection, clients: awsClients(environment, connection), assembly: once(synth) };
  const account = requireAccount(site);
  const inAccount =
    <Arguments extends unknown[], Answer>(operation: (site: AwsContext, ...given: Arguments) => Promise<Answer>) =>
    async (...given: Arguments): Promise<Answer> => {
      await account();
      return operation(site, ...given);
    };
  return {
    bootstrap: inAccount(bootstrap),
    changes: inAccount(changesOf),
    deploy: inAccount(deploy),
    destroy: inAccount(destroy),
    status: inAccount(statusOf),
    outputs: inAccount(outputsOf),
    rules: inAccount(rulesOf),
    allow: inAccount(allow),
    revoke: inAccount(revoke),
    parameters: inAccount(readParameters),
    putParameter: inAccount(putParameter),
    deleteParameters: inAccount(deleteParameters),
    auditStore: (bucket) => s3AuditStore(site.clients.s3, bucket),
    lockStore: (bucket) => s3LockStore(site.clients.s3, bucket),
    recordStore: (bucket) => s3RecordStore(site.clients.s3, bucket),
    dumpStore: (bucket) => s3DumpStore(site.clients.s3, bucket),
    putArtifact: inAccount(putArtifact),
    subscriptions: inAccount(subscriptionsOf),
    snapshot: inAccount(snapshotOf),
    releaseVolumes: inAccount(releaseVolumes),
  };
}

/**
 * The CDK and the stacks are loaded when they are needed: reading what is deployed needs neither.
 */
function layers(environment: Environment): Synth {
  return async (outdir) => {
    const [{ awsApp }, { requirePinnedImage }] = await Promise.all([
      import('../../../stacks/app.ts'),
      import('../../../stacks/pinned-image.ts'),
    ]);
    const assembly = awsApp(environment, { outdir, checks: false }).synth();
    requirePinnedImage(assembly);
    return assembly;
  };
}
