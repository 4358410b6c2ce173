/** The tables of the manual beside ours. */
import { markdownTable } from 'markdown-table';
import type { App } from '../../../../lib/release/artifact.ts';
import { failureText } from '../../../../lib/release/plan/lines.ts';
import { type ManualStep, manual } from '../../../../lib/release/plan/manual/manual.ts';
import type { StepId } from '../../../../lib/release/plan/step.ts';
import { manualTriggers, type Scope, type Threshold } from '../../../../lib/release/plan/triggers.ts';
import { measuredText } from './measured.ts';
import { idsText, plannedIds, planSteps } from './plan-steps.ts';

export function stepTable(app: App): string {
  const rows = manual[app].steps.map((row) => [
    String(row.number),
    row.title,
    timeText(row),
    measuredText(app, row.steps),
    row.reaction ?? '-',
    row.instead,
    stepsText(app, row.steps),
  ]);
  return markdownTable([['#', 'the manual', 'its time', 'ours', 'if it fails', 'what dojang does', 'steps'], ...rows]);
}

function stepsText(app: App, ids: readonly StepId[]): string {
  return ids.length === 0 ? 'the operator' : idsText(plannedIds(app, ids));
}

function timeText({ seconds, orMore }: Pick<ManualStep, 'seconds' | 'orMore'>): string {
  return seconds === undefined ? 'left open' : `${seconds >= 60 ? `${seconds / 60} min` : `${seconds} s`}${orMore ? ' or more' : ''}`;
}

export function failureTable(app: App): string {
  const rows = manual[app].failures.map(({ step, failure, reaction, reason }) => [
    String(step),
    failure,
    reaction,
    reason,
    ownReaction(app, manual[app].steps.find(({ number }) => number === step)?.steps ?? []),
  ]);
  return markdownTable([['#', 'failure', 'the manual', 'its reason', 'a failed step of dojang'], ...rows]);
}

function ownReaction(app: App, ids: readonly StepId[]): string {
  const own = planSteps(app).filter(({ id }) => ids.includes(id));
  return own.map(({ id, onFailure }) => `\`${id}\`: ${failureText(onFailure)}`).join('; ') || '-';
}

export function triggerTable(app: App): string {
  const rows = manualTriggers
    .filter(({ component }) => component === app)
    .map((trigger) => [
      String(trigger.manualStep),
      trigger.condition,
      trigger.criterion,
      trigger.manualScope,
      thresholdText(trigger.threshold),
      scopes[trigger.scope],
      idsText(plannedIds(app, trigger.steps)),
    ]);
  return markdownTable([['#', 'trigger', 'criterion', 'the manual rolls back', 'threshold', 'rolled back', 'noticed by'], ...rows]);
}

function thresholdText(threshold: Threshold): string {
  if (threshold.is === 'mean') return `mean of ${threshold.of} over ${threshold.overSeconds} s`;
  return threshold.times === 1 ? 'once' : `${threshold.times} in a row`;
}

const scopes: Readonly<Record<Scope, string>> = {
  nothing: 'nothing: what serves is untouched',
  release: 'the release',
  'release-and-machine': 'the release, and the machine is restarted',
};

export function checklistTable(app: App): string {
  const rows = Object.entries(manual[app].checklist).flatMap(([when, checks]) =>
    checks.map(({ item, steps }) => [when, item, stepsText(app, steps)]),
  );
  return markdownTable([['when', 'the manual', 'ticked off by'], ...rows]);
}

export function downtimeTable(app: App): string {
  const rows = manual[app].downtime.map(({ part, seconds: [from, to] }) => [part, rangeText(from, to)]);
  return markdownTable([['part of the downtime', 'seconds'], ...rows]);
}

function rangeText(from: number, to: number | undefined): string {
  if (to === undefined) return `${from} or more`;
  return from === to ? String(from) : `${from}-${to}`;
}
