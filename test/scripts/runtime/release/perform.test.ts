/** How a plan is carried out, with work that only says that it was done. */
import { describe, expect, it } from 'vitest';
import { deployPlan } from '../../../../lib/release/plan/plan.ts';
import type { Plan, Step, StepId } from '../../../../lib/release/plan/step.ts';
import { type Performing, performPlan } from '../../../../scripts/runtime/release/perform.ts';

interface Fakes {
  readonly plan?: Plan;
  /** What a step throws; as often as there are errors. */
  readonly failing?: Partial<Record<StepId, readonly Error[]>>;
  readonly undoing?: Error;
  readonly skipped?: readonly StepId[];
}

/** Seconds that each piece of work takes, by the clock of the test. */
const taken = 2;

function setUp({ plan = deployPlan('api'), failing = {}, undoing, skipped = [] }: Fakes = {}) {
  const done: string[] = [];
  const warnings: string[] = [];
  let now = 0;
  const left = new Map(Object.entries(failing).map(([id, errors]) => [id, [...errors]]));
  const action = (id: StepId) => async () => {
    now += taken * 1000;
    const error = left.get(id)?.shift();
    if (error) throw error;
    done.push(id);
    return '';
  };
  const performing: Performing = {
    plan,
    actions: Object.fromEntries(plan.steps.map(({ id }) => [id, action(id)])),
    undo: async ({ step }) => {
      now += taken * 1000;
      if (undoing) throw undoing;
      done.push(`undo ${step.id}`);
      return 'the old one serves';
    },
    mayUndo: () => true,
    isSkipped: (id) => skipped.includes(id),
    row: (_, work) => work(() => undefined),
    warn: (text) => void warnings.push(text),
    clock: () => now,
    onStep: () => undefined,
  };
  return { performing, done, warnings };
}

const ids = deployPlan('api').steps.map(({ id }) => id);
const broken = new Error('broken');

describe('a plan', () => {
  it('is carried out in its order, each step timed', async () => {
    const { performing, done } = setUp();
    const performed = await performPlan(performing);
    expect(done).toEqual(ids);
    expect(performed).toEqual({ steps: ids.map((id) => ({ id, state: 'done', seconds: taken })), gapSeconds: 0 });
  });

  it('leaves out what is not needed', async () => {
    const { performing, done } = setUp({ skipped: ['dump', 'watch'] });
    await performPlan(performing);
    expect(done).toEqual(ids.filter((id) => id !== 'dump' && id !== 'watch'));
  });

  it('counts the seconds in which nothing serves', async () => {
    const { gapSeconds } = await performPlan(setUp({ plan: deployPlan('ai') }).performing);
    expect(gapSeconds).toBe(2 * taken);
  });
});

describe('a step that fails', () => {
  it.each(['start', 'health', 'test', 'switch', 'watch'] as const)('%s undoes what was begun', async (id) => {
    const { performing, done } = setUp({ failing: { [id]: [broken] } });
    const { steps, failure, undone } = await performPlan(performing);
    expect(done.at(-1)).toBe(`undo ${id}`);
    expect([failure?.step.id, failure?.error, undone]).toEqual([id, broken, { done: 'the old one serves' }]);
    expect(steps.at(-1)).toMatchObject({ id, state: 'failed' });
    if (id === 'watch') expect(steps.find((step) => step.id === 'switch')?.state).toBe('undone');
  });

  it('after the switch stops, and leaves what serves', async () => {
    const { performing, done } = setUp({ failing: { prune: [broken] } });
    const { failure, undone } = await performPlan(performing);
    expect([failure?.step.id, undone, done.some((each) => each.startsWith('undo'))]).toEqual(['prune', undefined, false]);
  });

  it('is a warning where the step is one', async () => {
    const { performing, done, warnings } = setUp({ failing: { announce: [broken] } });
    expect((await performPlan(performing)).failure).toBeUndefined();
    expect([done.length, warnings]).toEqual([ids.length - 1, ['announce the release: broken']]);
  });

  it('is tried again as often as it says', async () => {
    const times = (errors: number) => ({ plan: quick('record'), failing: { record: Array.from({ length: errors }, () => broken) } });
    expect((await performPlan(setUp(times(3)).performing)).failure).toBeUndefined();
    expect((await performPlan(setUp(times(4)).performing)).failure?.step.id).toBe('record');
  });

  it('and an undoing that fails too are both answered', async () => {
    const { performing } = setUp({ failing: { watch: [broken] }, undoing: new Error('the host is gone') });
    const { failure, undone } = await performPlan(performing);
    expect([failure?.step.id, undone]).toEqual(['watch', { error: new Error('the host is gone') }]);
  });
});

it('a step that nothing performs is an error of ours', async () => {
  const { performing } = setUp();
  await expect(performPlan({ ...performing, actions: {} })).rejects.toThrow('nothing performs the step before');
});

/** The plan of the API, with a step that does not pause before it is tried again. */
function quick(id: StepId): Plan {
  const without = ({ onFailure, ...step }: Step): Step =>
    step.id === id && onFailure.do === 'retry' ? { ...step, onFailure: { ...onFailure, pauseSeconds: 0 } } : { ...step, onFailure };
  const plan = deployPlan('api');
  return { ...plan, steps: plan.steps.map(without) };
}
