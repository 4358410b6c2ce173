/** One release of one component, from the look at what serves to its record. */
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import { shortDigest } from '../../../lib/release/artifact.ts';
import { deployPlan, rollbackPlan } from '../../../lib/release/plan/plan.ts';
import type { Plan, StepId } from '../../../lib/release/plan/step.ts';
import { type ReleaseRecord, recordLine } from '../../../lib/release/record.ts';
import type { Released } from '../../../lib/release/summary.ts';
import type { Context } from '../context.ts';
import { artifactActions, begin } from './actions/artifact.ts';
import { before } from './actions/before.ts';
import { canaryActions } from './actions/canary.ts';
import { dump } from './actions/dump.ts';
import { hostActions } from './actions/hosts.ts';
import { announceFailure, hasNoHook, noticeActions } from './actions/notices.ts';
import { record, write } from './actions/record.ts';
import { test } from './actions/test.ts';
import { watch } from './actions/watch.ts';
import { type Action, type Actions, type Performed, performPlan, undoRow } from './perform.ts';
import type { ReleasePorts } from './ports.ts';
import type { ReadRecords } from './records.ts';
import type { ReleaseRequest, RunState } from './run-state.ts';
import { reasonOf, undo } from './undo.ts';

/** How the steps are shown: a row for each, or the notes of one row for all. */
export type StepRow = (name: string, work: Action) => Promise<string>;

export interface ReleaseRun {
  readonly context: Context;
  readonly ports: ReleasePorts;
  readonly bucket: string;
  readonly read: ReadRecords;
  readonly request: ReleaseRequest;
  readonly row: StepRow;
}

export function planOf({ context, request }: Pick<ReleaseRun, 'context' | 'request'>): Plan {
  const { component, target, watchSeconds, canary } = request;
  const { healthSeconds } = context.environment.api;
  const options = { healthSeconds, watchSeconds, canary };
  return target ? rollbackPlan(component, target, options) : deployPlan(component, options);
}

/** Rows of a plan, in the order in which they begin. */
export const stepNames = (plan: Plan): readonly string[] => plan.steps.map(({ id }) => id);

/**
 * @throws DojangError `release-failed`, or what stopped it, with what serves now. What the release
 *   changed has been undone then, and its record says how it ended.
 */
export async function releaseComponent({ context, ports, bucket, read, request, row }: ReleaseRun): Promise<Released> {
  const state: RunState = {
    ...{
      context,
      ports,
      request,
      bucket,
      read,
      servedBefore: undefined,
      hasServed: false,
      artifact: undefined,
      kind: 'new',
      record: undefined,
    },
    ...{ steps: [], gapSeconds: 0, baseline: undefined, note: '' },
  };
  const plan = planOf({ context, request });
  const performed = await performPlan({
    plan,
    actions: actionsOf(state),
    undo: (failure, progress) => undo(state, plan, failure, progress),
    // What served before this command is not taken away by it.
    mayUndo: () => state.kind !== 'current',
    isSkipped: (step) => isSkipped(state, step) || hasNoHook(state, step),
    row,
    warn: (text) => context.report.note(text),
    clock: () => performance.now(),
    onStep: ({ steps, gapSeconds }) => Object.assign(state, { steps, gapSeconds }),
  });
  await complete(state, performed);
  if (!performed.failure) return releasedFrom(state, performed);
  const serves = !performed.undone && (switched(state) || state.record?.outcome === 'serving');
  await announceFailure(state, performed, { serves, progress: () => undefined });
  throw failureOf(state, performed);
}

function actionsOf(state: RunState): Actions {
  return {
    ...hostActions(state),
    ...artifactActions(state),
    ...noticeActions(state),
    ...canaryActions(state),
    before: before(state),
    dump: dump(state),
    test: test(state),
    watch: watch(state),
    record: record(state),
    ...(state.request.target && { unpack: rollbackUnpack(state) }),
  };
}

/** A rollback builds nothing, so its record begins here. */
function rollbackUnpack(state: RunState): Action {
  const { unpack } = hostActions(state);
  return async (progress) => {
    await begin(state);
    return (await unpack?.(progress)) ?? '';
  };
}

/** Of what serves already only what tidies up is left. */
const whenCurrent: ReadonlySet<StepId> = new Set(['before', 'build', 'restart', 'health', 'drain', 'prune']);
/** Of what serves and was never watched to its end. */
const whenUnrecorded: ReadonlySet<StepId> = new Set([...whenCurrent, 'test', 'watch', 'record', 'announce-end', 'post-hook']);
/** Without an earlier release there is nothing to protect, to compare with or to return to. */
const notForTheFirst: ReadonlySet<StepId> = new Set(['dump']);

function isSkipped({ kind, hasServed, request }: RunState, step: StepId): boolean {
  if (isWatch(step) && request.watchSeconds === 0) return true;
  if (kind === 'current') return !whenCurrent.has(step);
  if (kind === 'unrecorded') return !whenUnrecorded.has(step);
  return !hasServed && (notForTheFirst.has(step) || isWatch(step));
}

const isWatch = (step: StepId) => step === 'watch' || step.startsWith('canary-');

/** The record of a release that ended otherwise than by serving, or that has more steps by now. */
async function complete(state: RunState, { failure, undone, steps, gapSeconds }: Performed): Promise<void> {
  Object.assign(state, { steps, gapSeconds });
  if (!state.record || (state.kind === 'current' && state.record.ended !== undefined)) return;
  const serves = state.record.outcome === 'serving';
  const fault = failure ? reasonOf(failure) : '';
  const isBack = undone !== undefined && 'done' in undone;
  const outcome: ReleaseRecord['outcome'] = serves ? 'serving' : isBack && fault !== '' ? 'rolled-back' : 'failed';
  // A failure after the switch that is not undone leaves the release serving: the next run records
  // it.
  if (failure && !undone && !serves && switched(state)) return;
  const ended = state.ports.now().toISOString();
  const why = serves || !failure ? {} : { bad: fault !== '', reason: fault || recordLine(messageOf(failure.error)) };
  await write(state, { outcome, ended, ...why }).catch((error: unknown) =>
    state.context.report.note(`the record of ${state.record?.id} could not be written: ${messageOf(error)}`),
  );
}

const switched = ({ steps }: RunState) => steps.some(({ id, state }) => id === 'switch' && state === 'done');

function failureOf(state: RunState, { failure, undone }: Performed): unknown {
  const { error } = failure ?? {};
  if (!(error instanceof DojangError)) return error;
  const { component } = state.request;
  const which = state.record ? `release ${state.record.id} of ${component}` : `the ${component}`;
  const back =
    undone === undefined
      ? []
      : 'done' in undone
        ? [`Rolled back: ${undone.done}.`]
        : [`${undoRow} failed too: ${messageOf(undone.error)}.`];
  return new DojangError(error.code, `${which} failed in the step ${failure?.step.id}: ${error.message}`, {
    why: [...back, ...(error.why ? [error.why] : [])].join(' '),
    next: error.next,
    cause: error,
  });
}

function releasedFrom({ request, kind, artifact, record: recorded, note, gapSeconds }: RunState, { steps }: Performed): Released {
  const seconds = Math.round(steps.reduce((sum, step) => sum + step.seconds, 0));
  return {
    app: request.component,
    outcome: kind === 'current' ? 'current' : 'installed',
    digest: shortDigest(artifact?.digest ?? ''),
    note,
    ...(recorded && { release: recorded.id }),
    seconds,
    downtimeSeconds: kind === 'current' ? 0 : gapSeconds,
  };
}
