/**
 * Each row of the manual is in the data. The rows are transcribed from its section 3 with the
 * Korean text, so that a row that is missing or changed here is seen.
 */
import { describe, expect, it } from 'vitest';
import { type App, apps } from '../../../../lib/release/artifact.ts';
import { fullManual, manual } from '../../../../lib/release/plan/manual/manual.ts';
import { deployPlan } from '../../../../lib/release/plan/plan.ts';
import { manualTriggers } from '../../../../lib/release/plan/triggers.ts';
import rows from '../../../fixtures/manual-deploy/rows.json' with { type: 'json' };

const rowsOf = (app: App, table: string) => rows.filter((row) => row.section === manual[app].section && row.table === table);
const triggersOf = (app: App) => manualTriggers.filter(({ component }) => component === app);

/** `30초` is 30 s, `3분+` 180 s or more, `N+분` left open. */
function secondsOf(time: string | undefined): { seconds?: number; orMore?: true } {
  const [, number = '', unit, plus] = time?.match(/^(\d+)(초|분)(\+?)$/) ?? [];
  if (number === '') return {};
  return { seconds: Number(number) * (unit === '분' ? 60 : 1), ...(plus ? { orMore: true as const } : {}) };
}

it('has 110 rows in its tables and checklists', () => expect(rows).toHaveLength(110));

describe.each(apps)('the manual of %s', (app) => {
  const { steps, failures, checklist, downtime } = manual[app];

  it('has each step with its time', () => {
    const expected = rowsOf(app, 'steps').map(({ step, english, time }) => ({ number: step, title: english, ...secondsOf(time) }));
    expect(steps.map(({ number, title, seconds, orMore }) => ({ number, title, seconds, orMore }))).toEqual(expected);
  });

  it('has a reaction to a failure wherever the manual names one', () => {
    const named = rowsOf(app, 'steps').flatMap(({ step, reaction }) => (reaction === '-' ? [] : [step]));
    expect(steps.flatMap(({ number, reaction }) => (reaction === undefined ? [] : [number]))).toEqual(named);
  });

  it('has each failure', () => {
    const expected = rowsOf(app, 'failures').map(({ step, english }) => ({ step, failure: english }));
    expect(failures.map(({ step, failure }) => ({ step, failure }))).toEqual(expected);
  });

  it('has each rollback trigger', () => {
    const expected = rowsOf(app, 'triggers').map(({ step, english }) => ({ manualStep: step, condition: english }));
    expect(triggersOf(app).map(({ manualStep, condition }) => ({ manualStep, condition }))).toEqual(expected);
  });

  it.each(['before', 'during', 'after'] as const)('has each item to check %s', (when) => {
    expect(checklist[when].map(({ item }) => item)).toEqual(rowsOf(app, when).map(({ english }) => english));
  });

  it('has each part of the downtime', () => {
    expect(downtime.map(({ part }) => part)).toEqual(rowsOf(app, 'downtime').map(({ english }) => english));
  });

  it('refers to steps of the complete plan', () => {
    const ids = new Set<string>(deployPlan(app).steps.map(({ id }) => id));
    const referring = [...steps, ...Object.values(checklist).flat(), ...triggersOf(app)].filter((row) => row.steps.length > 0);
    expect(referring.filter((row) => !row.steps.some((id) => ids.has(id)))).toEqual([]);
  });

  it('has a row for each step of ours that the manual knows', () => {
    const done = new Set(steps.flatMap((row) => row.steps));
    const ours = ['before', 'pre-hook', 'post-hook', 'announce', 'switch', 'watch', 'record', 'prune', 'announce-end'];
    const own = deployPlan(app).steps.flatMap(({ id }) => (done.has(id) ? [] : [id]));
    expect(own.filter((id) => !ours.includes(id))).toEqual([]);
  });
});

describe('a threshold of the manual', () => {
  it.each([
    ['web', 'main-page', { is: 'consecutive', times: 3 }],
    ['api', 'health', { is: 'consecutive', times: 3, manualPauseSeconds: 60 }],
    ['ai', 'health', { is: 'consecutive', times: 3, manualPauseSeconds: 30 }],
    ['api', 'response-time', { is: 'mean', of: 3, overSeconds: 10 }],
  ])('of %s for %s', (component, signal, threshold) => {
    const trigger = manualTriggers.find((each) => each.component === component && each.signal === signal);
    expect(trigger?.threshold).toEqual(threshold);
  });

  it('restarts the machine for memory of the GPU alone', () => {
    const machine = manualTriggers.filter(({ scope }) => scope === 'release-and-machine');
    expect(machine.map(({ signal }) => signal)).toEqual(['gpu-memory']);
  });
});

it('takes as long for all as for one after the other', () => {
  const sum = fullManual.order.reduce((minutes, app) => minutes + manual[app].minutes, 0);
  expect(sum).toBe(fullManual.minutes);
});
