/**
 * Seconds that the work of a step may take. The plan prints them, and the limit of the script that
 * does the work follows from them: a plan never says less than what runs.
 */
import { drainSeconds, workerSeconds } from '../../host/slots/drain.ts';
import type { App } from '../artifact.ts';

export const stepSeconds = {
  before: 60,
  unpack: 300,
  /** A migration is ended then, so that it does not go on after a run that was given up. */
  migrate: 480,
  'nginx-test': 30,
  /** What serves the other requests may still drain there, or work on contracts. */
  start: drainSeconds,
  restart: drainSeconds,
  /** nginx has 20 s to replace its workers (lib/host/slots/nginx-upstream.ts). */
  'switch-nginx': 30,
  'switch-link': 60,
  drain: workerSeconds + drainSeconds,
  prune: 60,
  /** Waiting for another dump, a read lock, dumping, restoring, comparing, uploading. */
  dump: 300,
} as const;

/** A release of the AI server that is not healthy is rolled back by its host within this step. */
export function healthStepSeconds(component: Exclude<App, 'web'>, healthSeconds: number): number {
  return component === 'api' ? healthSeconds : 2 * healthSeconds + drainSeconds;
}

/** In which a contract must be answered (manualTriggers), and what its script needs beside it. */
export const analysisSeconds = 300;

/** Of a test. */
export const testSeconds: Readonly<Record<App, number>> = { web: 60, api: 120, ai: analysisSeconds + 30 };

/**
 * How long a script on a host waits for another one of its component: none is longer than a drain.
 */
export const turnSeconds = drainSeconds + workerSeconds + 20;

/** What a script needs beside its work: to begin, to print the end of a log, to end. */
export const spareSeconds = 60;

/** When a script on a host is ended. @param work seconds, as the plan has them */
export const scriptLimitSeconds = (work: number): number => work + turnSeconds + spareSeconds;
