/**
 * The GCP side of an environment on the real Pulumi engine; the embedded cloud differs by variables
 * alone.
 */
import type { PulumiFn } from '@pulumi/pulumi/automation/index.js';
import pRetry from 'p-retry';
import type { Environment } from '../../../lib/config/environment.ts';
import { messageOf } from '../../../lib/errors/dojang-error.ts';
import type { GcpCloud, GcpInputs } from '../../../lib/ports/gcp.ts';
import type { Outputs } from '../../../lib/ports/outputs.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { revokeRule, rulesOf } from './api/firewall-rules.ts';
import { imageState } from './api/images.ts';
import { onceServicesAreActive } from './api/service-activation.ts';
import { snapshotOf } from './api/snapshots.ts';
import { engineRun } from './engine/engine-run.ts';
import { explainFailure } from './engine/failures.ts';
import { endOrphans, settle } from './engine/locks.ts';
import { remembered } from './engine/remembered.ts';
import { type GcpCloudOptions, Session } from './engine/session.ts';
import { storedInputs, textsOf } from './engine/stack-values.ts';
import { previewChanges } from './stack/changes.ts';
import { destroyAll } from './stack/destroy.ts';
import { recover } from './stack/recover.ts';
import { repair } from './stack/repair-rules.ts';
import { deploy } from './stack/up.ts';

export type { GcpCloudOptions } from './engine/session.ts';

const silent = () => undefined;

/**
 * The GCP side of this environment. The stack's name is the environment's. Nothing is touched
 * before the first call.
 */
export function gcpCloud(environment: Environment, options: GcpCloudOptions): GcpCloud {
  const session = new Session(environment, options);
  const { project } = environment.gcp;
  const { connection } = options;
  const programFor = (inputs: GcpInputs): PulumiFn => {
    return async () => ({ ...(await import('../../../gpu/program.ts')).gpuProgram(environment, inputs) });
  };
  // The engine is started twice to read them, and they change by the verbs below alone while a
  // command holds the environment's lock.
  const outputs = remembered(() => reading(session, () => outputsOf(session)));
  return {
    inputs: () => reading(session, () => inputsOf(session)),
    changes: (inputs) => reading(session, () => previewChanges(session, programFor(inputs))),
    image: () => explainFailure(() => imageState(environment.gcp.image, connection)),
    snapshot: (name) => explainFailure(() => snapshotOf(project, name, connection)),
    up: (inputs, progress) => outputs.changing(() => active(session, progress, () => deploy(session, inputs, programFor, progress))),
    destroy: ({ keep }, progress) => outputs.changing(() => explainFailure(() => destroyAll(session, keep, progress))),
    outputs: () => outputs.read(),
    refresh: (progress) => outputs.changing(() => explainFailure(() => refresh(session, progress))),
    repairRules: (inputs, progress) =>
      outputs.changing(() => active(session, progress, () => repair(session, inputs, programFor(inputs), progress))),
    rules: (network) => explainFailure(() => rulesOf(project, network, connection)),
    revoke: (rule) => explainFailure(() => revokeRule(project, rule, connection)),
  };
}

function active<Answer>(session: Session, progress: Progress, work: () => Promise<Answer>): Promise<Answer> {
  return explainFailure(() => onceServicesAreActive(session, progress, work));
}

/** Milliseconds between two reads of a state that another process is writing. */
const pause = 300;

/**
 * The engine writes its state in place, so a reader may come in the middle of it: a moment later it
 * is whole.
 */
async function reading<Answer>(session: Session, work: () => Promise<Answer>): Promise<Answer> {
  await settle(session, silent);
  const shouldRetry = ({ error }: { readonly error: Error }) => /failed to load checkpoint/.test(messageOf(error));
  return explainFailure(() => pRetry(work, { retries: 9, minTimeout: pause, factor: 1, shouldRetry }));
}

async function inputsOf(session: Session): Promise<GcpInputs | undefined> {
  const stack = await session.existing(silent);
  return stack && storedInputs(stack);
}

async function outputsOf(session: Session): Promise<Outputs> {
  const stack = await session.existing(silent);
  return stack ? textsOf(await stack.outputs()) : {};
}

async function refresh(session: Session, progress: Progress): Promise<void> {
  await endOrphans(session, progress);
  const stack = await session.existing(progress);
  if (!stack) return;
  await recover(session, stack, progress);
  await engineRun(session, progress, (options) => stack.refresh(options));
}
