/** What releases took, and what visitors noticed of them, where it was measured. */
import { markdownTable } from 'markdown-table';
import { type App, apps } from '../../../../lib/release/artifact.ts';
import { fullManual, manual } from '../../../../lib/release/plan/manual/manual.ts';
import type { StepId } from '../../../../lib/release/plan/step.ts';
import measured from './measured.json' with { type: 'json' };
import { plannedIds } from './plan-steps.ts';

interface MeasuredComponent {
  /** Seconds. */
  readonly steps: Readonly<Partial<Record<StepId, number>>>;
  readonly downtimeSeconds: number;
  readonly requests: number;
  readonly failed: number;
  /** Milliseconds between two answers. */
  readonly longestGap: number;
}

export const measuredAt = { place: measured.place, load: measured.load, contracts: measured.contracts };
const components: Readonly<Record<App, MeasuredComponent>> = measured.components;

/** Seconds of these steps together; `-` for what the operator does. */
export function measuredText(app: App, ids: readonly StepId[]): string {
  const planned = plannedIds(app, ids);
  return planned.length === 0 ? '-' : secondsText(sum(planned.map((id) => components[app].steps[id] ?? 0)));
}

/** The manual's minutes beside what was measured. */
export function durationsTable(): string {
  const rows = apps.map((app) => {
    const { minutes, downtimeMinutes } = manual[app];
    const { steps, downtimeSeconds, requests, failed, longestGap } = components[app];
    const ours = [secondsText(sum(Object.values(steps))), secondsText(downtimeSeconds), `${failed} of ${requests}`, `${longestGap} ms`];
    return [app, `${minutes} min`, minutesText(downtimeMinutes), ...ours];
  });
  const full = ['all', `${fullManual.minutes} min`, minutesText(fullManual.downtimeMinutes), '-', '-', '-', '-'];
  const head = ['component', 'the manual', 'its downtime', 'ours', 'downtime', 'failed requests', 'longest time without an answer'];
  return markdownTable([head, ...rows, full]);
}

const minutesText = ([from, to]: readonly [number, number]) => (from === to ? `${from} min` : `${from}-${to} min`);
const secondsText = (seconds: number) => `${Number(seconds.toFixed(1))} s`;
const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
