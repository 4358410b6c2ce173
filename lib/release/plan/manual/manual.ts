/**
 * The manual that `dojang deploy` replaces, as data: section 3 of "manual deployment on two
 * clouds", one entry for each row of its tables and checklists, in its order.
 */
import type { App } from '../../artifact.ts';
import type { StepId } from '../step.ts';
import { aiManual } from './ai.ts';
import { apiManual } from './api.ts';
import { webManual } from './web.ts';

/** A row of a table of steps. */
export interface ManualStep {
  /** As the manual counts, from 1. */
  readonly number: number;
  readonly title: string;
  /** Documented time; missing where the manual leaves it open. */
  readonly seconds?: number;
  /** The documented time is a minimum. */
  readonly orMore?: true;
  /** Documented reaction to a failure; missing where the manual names none. */
  readonly reaction?: string;
  /** Our steps that do the same; empty where it is the operator's. */
  readonly steps: readonly StepId[];
  /** What the complete plan does instead. */
  readonly instead: string;
}

/** A row of a table of failures. */
interface ManualFailure {
  readonly step: number;
  readonly failure: string;
  readonly reaction: string;
  readonly reason: string;
}

/** An item of a checklist. */
interface ManualCheck {
  readonly item: string;
  /** Our steps that tick it off; empty where it is the operator's. */
  readonly steps: readonly StepId[];
}

/** A row of the table that adds up the downtime. */
interface ManualDowntime {
  readonly part: string;
  /** From, to; the second is missing for "or more". */
  readonly seconds: readonly [number, number?];
}

export interface ComponentManual {
  /** Of the document. */
  readonly section: '3.A' | '3.B' | '3.C';
  readonly minutes: number;
  /** From, to. */
  readonly downtimeMinutes: readonly [number, number];
  readonly downtime: readonly ManualDowntime[];
  readonly steps: readonly ManualStep[];
  readonly failures: readonly ManualFailure[];
  readonly checklist: Readonly<Record<'before' | 'during' | 'after', readonly ManualCheck[]>>;
}

/** Its rollback triggers are in ../triggers.ts, with thresholds. */
export const manual: Readonly<Record<App, ComponentManual>> = { web: webManual, api: apiManual, ai: aiManual };

/** Section 3.D: all components one after the other, in this order. */
export const fullManual = { section: '3.D', order: ['web', 'api', 'ai'], minutes: 25, downtimeMinutes: [3, 5] } as const satisfies {
  section: string;
  order: readonly App[];
  minutes: number;
  downtimeMinutes: readonly [number, number];
};

/** The rows of the manual that a step of ours replaces, wholly or in part. */
export function manualRows(app: App, step: StepId): readonly ManualStep[] {
  return manual[app].steps.filter(({ steps }) => steps.includes(step));
}
