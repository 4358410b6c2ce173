/** Carries out a plan step by step; what a failed step began is undone. */
import pRetry from 'p-retry';
import { messageOf } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import { compensations } from '../../../lib/release/plan/compensations.ts';
import { finalFailure, type Plan, type Step, type StepId } from '../../../lib/release/plan/step.ts';
import type { ReleaseRecord } from '../../../lib/release/record.ts';

/**
 * The work of a step; answers what its row says at the end. May be run again, and ended anywhere.
 */
export type Action = (progress: Progress) => Promise<string>;

export type Actions = Readonly<Partial<Record<StepId, Action>>>;

export interface Performing {
  readonly plan: Plan;
  /** One for each step of the plan. */
  readonly actions: Actions;
  /** Undoes what the steps up to the failed one did: all of it, in one piece of work. */
  readonly undo: (failure: StepFailure, progress: Progress) => Promise<string>;
  /** Whether there may be something to undo. */
  readonly mayUndo: () => boolean;
  /** Steps that are not needed, as far as is known when their turn comes. */
  readonly isSkipped: (step: StepId) => boolean;
  /** Shows the work of a step. */
  readonly row: (name: string, work: Action) => Promise<string>;
  /** Says what went wrong and is no failure. */
  readonly warn: (text: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  /** Called before each step with what was done so far. */
  readonly onStep: (sofar: Pick<Performed, 'steps' | 'gapSeconds'>) => void;
}

export interface StepFailure {
  readonly step: Step;
  readonly error: unknown;
}

export interface Performed {
  readonly steps: ReleaseRecord['steps'];
  /** Seconds of the steps in which, by the plan, nothing serves. */
  readonly gapSeconds: number;
  readonly failure?: StepFailure;
  /** What the undoing ended with; missing where there was nothing to undo. */
  readonly undone?: { readonly done: string } | { readonly error: unknown };
}

/** Name of the row that undoes. */
export const undoRow = 'roll back';

/** Never throws for a failed step: the failure is part of the answer. */
export async function performPlan(performing: Performing): Promise<Performed> {
  const { plan, isSkipped, clock } = performing;
  const steps: { id: StepId; state: 'done' | 'failed' | 'undone'; seconds: number }[] = [];
  let gapSeconds = 0;
  for (const step of plan.steps) {
    if (isSkipped(step.id)) continue;
    performing.onStep({ steps: [...steps], gapSeconds });
    const began = clock();
    const error = await performStep(performing, step);
    const seconds = secondsSince(began, clock);
    steps.push({ id: step.id, state: error === undefined ? 'done' : 'failed', seconds });
    if (step.serving === 'none') gapSeconds += seconds;
    if (error === undefined) continue;
    if (finalFailure(step) === 'continue') {
      performing.warn(`${step.title}: ${messageOf(error.thrown)}`);
      continue;
    }
    const failure = { step, error: error.thrown };
    const undone = await undo(performing, failure);
    if (!undone) return { steps, gapSeconds, failure };
    if (step.serving === 'none') gapSeconds += undone.seconds;
    const states = undoneStates(plan, step.id);
    return {
      steps: steps.map((each) => (states.has(each.id) && each.state === 'done' ? { ...each, state: 'undone' } : each)),
      gapSeconds,
      failure,
      undone: undone.result,
    };
  }
  return { steps, gapSeconds };
}

/** As often as the step says. @returns what was thrown; undefined when it succeeded */
async function performStep({ actions, row }: Performing, { id, onFailure }: Step): Promise<{ readonly thrown: unknown } | undefined> {
  const action = actions[id];
  if (!action) throw new Error(`nothing performs the step ${id}`);
  const { times = 0, pauseSeconds = 0 } = onFailure.do === 'retry' ? onFailure : {};
  const pause = pauseSeconds * 1000;
  try {
    await pRetry(() => row(id, action), { retries: times, minTimeout: pause, maxTimeout: pause, factor: 1 });
    return undefined;
  } catch (thrown) {
    return { thrown };
  }
}

async function undo({ plan, row, undo: work, mayUndo, clock }: Performing, failure: StepFailure) {
  if (!mayUndo() || compensations(plan, failure.step.id).length === 0) return undefined;
  const began = clock();
  try {
    const done = await row(undoRow, (progress) => work(failure, progress));
    return { result: { done }, seconds: secondsSince(began, clock) };
  } catch (error) {
    return { result: { error }, seconds: secondsSince(began, clock) };
  }
}

function undoneStates(plan: Plan, failedAt: StepId): ReadonlySet<string> {
  return new Set(compensations(plan, failedAt).map(({ step }) => step));
}

function secondsSince(began: number, clock: () => number): number {
  return Math.round((clock() - began) / 100) / 10;
}
