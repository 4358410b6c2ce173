/** A release as a list of steps: what each checks, how long it may take, what undoes it. */
import type { App } from '../artifact.ts';

export type StepId =
  | 'before'
  | 'build'
  | 'upload'
  | 'pre-hook'
  | 'announce'
  | 'dump'
  | 'unpack'
  | 'migrate'
  | 'nginx-test'
  | 'start'
  | 'restart'
  | 'health'
  | 'test'
  | CanaryStepId
  | 'switch'
  | 'watch'
  | 'drain'
  | 'record'
  | 'prune'
  | 'announce-end'
  | 'post-hook';

/** Percent of the sessions that a release of the API gets before all. */
export const canaryShares = [5, 25, 50] as const;
export type CanaryShare = (typeof canaryShares)[number];
export type CanaryStepId = `canary-${CanaryShare}`;

/**
 * What a failed step means. `stop`: the command ends; what the plan began is undone unless the new
 * release serves already. `continue`: a warning, and the next step.
 */
export type FinalFailure = 'stop' | 'roll-back' | 'continue';

export type OnFailure =
  | { readonly do: FinalFailure }
  | { readonly do: 'retry'; readonly times: number; readonly pauseSeconds: number; readonly afterwards: FinalFailure };

/**
 * What a step or a compensation does to the two releases, in order. `share-new`: some of the
 * requests go to the new one, until all are sent to one of the two.
 */
export type Effect = 'start-new' | 'stop-new' | 'start-old' | 'stop-old' | 'share-new' | 'send-new' | 'send-old';

export interface Compensation {
  readonly title: string;
  readonly effects: readonly Effect[];
}

/** What answers requests while a step runs; `none`: there is a gap. */
type Serving = 'old' | 'new' | 'none';

export interface Step {
  readonly id: StepId;
  readonly title: string;
  /** What must be so for it to succeed. */
  readonly checks: string;
  /** Missing: it has no limit of its own. */
  readonly limitSeconds?: number;
  readonly onFailure: OnFailure;
  readonly effects: readonly Effect[];
  /** Missing: it leaves nothing that must be undone. */
  readonly compensation?: Compensation;
  readonly serving: Serving;
}

export interface Plan {
  readonly verb: 'deploy' | 'rollback';
  readonly component: App;
  readonly steps: readonly Step[];
}

/** What ends a step that has failed for good. */
export function finalFailure({ onFailure }: Step): FinalFailure {
  return onFailure.do === 'retry' ? onFailure.afterwards : onFailure.do;
}
