/** Building what is released, and bringing it to the artifact bucket. */
import { type Artifact, artifactKey, shortDigest } from '../../../../lib/release/artifact.ts';
import { hostOf, targetFrom, targetQuestion } from '../../../../lib/release/hosting.ts';
import { type ReleaseRecord, recordLine } from '../../../../lib/release/record.ts';
import { newestFirst, servingRelease } from '../../../../lib/release/releases.ts';
import type { Action, Actions } from '../perform.ts';
import { beginRecord } from '../records.ts';
import { digestOf, type RunState } from '../run-state.ts';
import { choose } from './before.ts';
import { migrations } from './migrations.ts';

export function artifactActions(state: RunState): Actions {
  let artifact: Artifact | undefined;
  const build: Action = async (progress) => {
    const { component } = state.request;
    const host = hostOf[component];
    const { stdout } = await state.ports.shell.run(host, targetQuestion, { comment: 'which machine is it', limitSeconds: 60, progress });
    artifact = await state.ports.build(component, targetFrom(host, stdout), progress);
    choose(state, artifact.digest);
    return [shortDigest(artifact.digest), ...(state.kind === 'new' ? [] : ['serves already'])].join(', ');
  };
  const upload: Action = async (progress) => {
    if (!artifact) throw new Error('no artifact was built');
    const uploaded = await state.ports.aws.putArtifact(state.bucket, artifactKey(artifact), artifact.file, progress);
    await begin(state);
    return [`${Math.ceil(artifact.bytes / 1024 ** 2)} MiB`, ...(uploaded ? [] : ['there already'])].join(', ');
  };
  return { build, upload };
}

/** The record of the release, from before anything on a host is changed. */
export async function begin(state: RunState): Promise<void> {
  const { ports, request, bucket } = state;
  if (state.record) return;
  const draft = draftOf(state, digestOf(state));
  state.record = await beginRecord(ports.aws.recordStore(bucket), draft.since.slice(0, 10), draft);
  state.context.report.note(`release ${state.record.id} of ${request.component}${commitText(state.record)}`);
}

function draftOf({ ports, request, read, servedBefore }: RunState, digest: string): Omit<ReleaseRecord, 'id'> {
  const { component, target } = request;
  const { checkout, who, now } = ports;
  const built = checkout && { commit: checkout.commit, subject: recordLine(checkout.subject), uncommitted: checkout.uncommitted };
  const from = target ? { commit: target.commit, subject: target.subject, uncommitted: target.uncommitted } : built;
  // What the host serves may be another one than the records say.
  const serving =
    newestFirst(read.records, component).find((record) => record.digest === servedBefore) ?? servingRelease(read.records, component);
  const known = component === 'api' ? { migrations: target ? target.migrations : migrations() } : {};
  return {
    version: 1,
    verb: target ? 'rollback' : 'deploy',
    component,
    digest,
    ...from,
    who,
    since: now().toISOString(),
    steps: [],
    outcome: 'running',
    ...(target && serving && serving.digest !== digest && { leaves: serving.id }),
    ...known,
    downtimeSeconds: 0,
  };
}

function commitText({ commit, subject = '', uncommitted }: ReleaseRecord): string {
  if (commit === undefined) return '';
  return `  commit ${commit.slice(0, 7)} ${JSON.stringify(subject)}${uncommitted ? ', with changes that are not committed' : ''}`;
}
