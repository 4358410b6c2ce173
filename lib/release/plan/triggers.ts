/** When a release is rolled back: the triggers of the manual, and our own for the watch. */
import type { App } from '../artifact.ts';
import type { StepId } from './step.ts';

/** What is measured. A probe of a signal succeeds or fails, and takes its time. */
const signals = [
  'build',
  'copy',
  'start',
  'main-page',
  'console',
  'health',
  'sign-in',
  'core-api',
  'response-time',
  'analysis',
  'gpu-memory',
] as const;
export type Signal = (typeof signals)[number];

export function isSignal(name: string): name is Signal {
  return signals.some((each) => each === name);
}

/** Those of one component, in the order of the manual. */
export function triggersOf(component: App): readonly Trigger[] {
  return manualTriggers.filter((trigger) => trigger.component === component);
}

export type Threshold =
  /** Failed probes one after the other; the manual's pause between them where it names one. */
  | { readonly is: 'consecutive'; readonly times: number; readonly manualPauseSeconds?: number }
  /** Mean of the last probes, in seconds. */
  | { readonly is: 'mean'; readonly of: number; readonly overSeconds: number };

export type Scope = 'nothing' | 'release' | 'release-and-machine';

export interface Trigger {
  readonly component: App;
  /** Row of the manual's table of steps. */
  readonly manualStep: number;
  readonly condition: string;
  /** As documented. */
  readonly manualScope: string;
  readonly criterion: string;
  readonly signal: Signal;
  readonly threshold: Threshold;
  /** What is rolled back here. */
  readonly scope: Scope;
  /** Our steps that notice it. */
  readonly steps: readonly StepId[];
}

const once = { is: 'consecutive', times: 1 } as const;

/** One for each row of the manual's tables of rollback triggers, in its order. */
export const manualTriggers: readonly Trigger[] = [
  {
    component: 'web',
    manualStep: 3,
    condition: 'the build fails',
    manualScope: 'nothing to roll back',
    criterion: 'the previous files are still served',
    signal: 'build',
    threshold: once,
    scope: 'nothing',
    steps: ['build'],
  },
  {
    component: 'web',
    manualStep: 4,
    condition: 'copying the files fails',
    manualScope: 'restore from the backup',
    criterion: 'files were copied in part',
    signal: 'copy',
    threshold: once,
    scope: 'nothing',
    steps: ['unpack'],
  },
  {
    component: 'web',
    manualStep: 6,
    condition: 'a main page answers 500',
    manualScope: 'restore the previous build',
    criterion: 'still after 3 reloads in a row',
    signal: 'main-page',
    threshold: { is: 'consecutive', times: 3 },
    scope: 'release',
    steps: ['test', 'watch'],
  },
  {
    component: 'web',
    manualStep: 6,
    condition: 'critical errors in the console',
    manualScope: 'restore the previous build',
    criterion: 'a core function (sign-in, calls of the API) is not possible',
    signal: 'console',
    threshold: once,
    scope: 'release',
    steps: ['test'],
  },
  {
    component: 'api',
    manualStep: 8,
    condition: 'the build fails',
    manualScope: 'code',
    criterion: 'check out the commit before and build again',
    signal: 'build',
    threshold: once,
    scope: 'nothing',
    steps: ['build'],
  },
  {
    component: 'api',
    manualStep: 10,
    condition: 'health fails 3 times in a row',
    manualScope: 'code and restart of the service',
    criterion: '/health 3 times, 60 s apart',
    signal: 'health',
    threshold: { is: 'consecutive', times: 3, manualPauseSeconds: 60 },
    scope: 'release',
    steps: ['health', 'watch'],
  },
  {
    component: 'api',
    manualStep: 11,
    condition: 'sign-in through OAuth fails',
    manualScope: 'code',
    criterion: 'without it the service cannot be used',
    signal: 'sign-in',
    threshold: once,
    scope: 'release',
    steps: ['test'],
  },
  {
    component: 'api',
    manualStep: 11,
    condition: 'a core API answers 500',
    manualScope: 'code',
    criterion: 'checklist query or document upload, one or more',
    signal: 'core-api',
    threshold: once,
    scope: 'release',
    steps: ['test'],
  },
  {
    component: 'api',
    manualStep: 11,
    condition: 'responses take over 10 s',
    manualScope: 'watch, then decide',
    criterion: 'mean of 3 measurements; roll back when it persists',
    signal: 'response-time',
    threshold: { is: 'mean', of: 3, overSeconds: 10 },
    scope: 'release',
    steps: ['test', 'watch'],
  },
  {
    component: 'ai',
    manualStep: 5,
    condition: 'the service does not start',
    manualScope: 'code',
    criterion: 'check out the commit before and restart',
    signal: 'start',
    threshold: once,
    scope: 'release',
    steps: ['health'],
  },
  {
    component: 'ai',
    manualStep: 6,
    condition: 'health fails 3 times in a row',
    manualScope: 'code',
    criterion: '/health 3 times, 30 s apart',
    signal: 'health',
    threshold: { is: 'consecutive', times: 3, manualPauseSeconds: 30 },
    scope: 'release',
    steps: ['health', 'watch'],
  },
  {
    component: 'ai',
    manualStep: 7,
    condition: 'the analysis of a contract fails',
    manualScope: 'code',
    criterion: 'without it there is little need to run the service',
    signal: 'analysis',
    threshold: once,
    scope: 'release',
    steps: ['test'],
  },
  {
    component: 'ai',
    manualStep: 7,
    condition: 'responses take over N s',
    manualScope: 'watch, then decide',
    criterion: 'the manual leaves N open; here the 300 s in which a contract must be answered',
    signal: 'response-time',
    threshold: { is: 'mean', of: 3, overSeconds: 300 },
    scope: 'release',
    steps: ['test', 'watch'],
  },
  {
    component: 'ai',
    manualStep: 7,
    condition: 'the GPU is out of memory',
    manualScope: 'code and restart of the machine',
    criterion: 'a leak, or a model that is too large',
    signal: 'gpu-memory',
    threshold: once,
    scope: 'release-and-machine',
    steps: ['test', 'watch'],
  },
];

/**
 * Ours for the watch, compared with the time before the release. Errors over 1 % are the service's
 * own alarm. Of fewer than 100 requests one is over it already, and one or two may be a connection
 * that broke or the end of another service: three failed requests are needed too, as the manual
 * asks for three failures in a row. A release that fails all of fewer requests is found by its
 * probes. A p95 under the floor is good however fast it was before: its aim is 500 ms for half
 * of the requests.
 */
export const watchLimits = { errorRate: 0.01, failedRequests: 3, p95Factor: 2, p95FloorMilliseconds: 500, windows: 3 } as const;
