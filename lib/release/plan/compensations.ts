/** What is undone when a step fails, and whether a release serves meanwhile. */
import { type Compensation, type Effect, finalFailure, type Plan, type StepId } from './step.ts';

interface Undo extends Compensation {
  /** The step that it undoes. */
  readonly step: StepId;
}

/**
 * In the order in which it is to be done: the last step first. The failed step is among them, as it
 * may have done its work in part; a compensation whose step did nothing changes nothing. Nothing is
 * undone when a failure is a warning, or is a `stop` after the new release was given the requests.
 */
export function compensations({ steps }: Plan, failedAt: StepId): readonly Undo[] {
  const index = steps.findIndex(({ id }) => id === failedAt);
  const failed = steps[index];
  if (!failed) throw new RangeError(`the plan has no step ${failedAt}`);
  const begun = steps.slice(0, index);
  const failure = finalFailure(failed);
  if (failure === 'continue') return [];
  if (failure === 'stop' && begun.some(({ effects }) => effects.includes('send-new'))) return [];
  return [...begun, failed].reverse().flatMap(({ id, compensation }) => (compensation ? [{ step: id, ...compensation }] : []));
}

/** The two releases of one component: which run, and which gets the requests. */
export interface Releases {
  readonly running: readonly ('old' | 'new')[];
  readonly sentTo: 'old' | 'new';
  /** Whether the other one gets some of the requests. */
  readonly shared: boolean;
}

/** The web's old and new releases are files, of which both are always there. */
export function releasesBefore({ component }: Plan): Releases {
  return { running: component === 'web' ? ['old', 'new'] : ['old'], sentTo: 'old', shared: false };
}

export function afterEffects(before: Releases, effects: readonly Effect[]): Releases {
  return effects.reduce(afterEffect, before);
}

export function isServing({ running, sentTo, shared }: Releases): boolean {
  return shared ? running.includes('old') && running.includes('new') : running.includes(sentTo);
}

function afterEffect({ running, sentTo, shared }: Releases, effect: Effect): Releases {
  const release = effect.endsWith('old') ? 'old' : 'new';
  if (effect.startsWith('send')) return { running, sentTo: release, shared: false };
  if (effect === 'share-new') return { running, sentTo, shared: true };
  const others = running.filter((each) => each !== release);
  return { running: effect.startsWith('start') ? [...others, release] : others, sentTo, shared };
}
