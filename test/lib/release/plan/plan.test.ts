/** The plans of deploy and rollback, and what undoes them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apps } from '../../../../lib/release/artifact.ts';
import { allPlan } from '../../../../lib/release/plan/all.ts';
import { afterEffects, compensations, isServing, releasesBefore } from '../../../../lib/release/plan/compensations.ts';
import { planLines } from '../../../../lib/release/plan/lines.ts';
import { deployPlan, rollbackPlan } from '../../../../lib/release/plan/plan.ts';
import { finalFailure, type Plan, type Step } from '../../../../lib/release/plan/step.ts';

const ids = ({ steps }: Plan) => steps.map(({ id }) => id);

describe('the plan of a release', () => {
  it('of the API switches after its test, and drains after the watch', () => {
    expect(ids(deployPlan('api'))).toEqual([
      ...['before', 'build', 'upload', 'pre-hook', 'announce', 'dump', 'unpack', 'migrate', 'start', 'health', 'test'],
      ...['switch', 'watch', 'drain', 'record', 'prune', 'announce-end', 'post-hook'],
    ]);
  });

  it('of the AI server restarts in place', () => {
    expect(ids(deployPlan('ai'))).toEqual([
      ...['before', 'build', 'upload', 'pre-hook', 'announce', 'unpack', 'switch', 'restart', 'health', 'test', 'watch'],
      ...['record', 'prune', 'announce-end', 'post-hook'],
    ]);
  });

  it('of the API gives it a share of the sessions first where a canary is wanted', () => {
    expect(ids(deployPlan('api', { canary: true })).slice(10, 15)).toEqual(['test', 'canary-5', 'canary-25', 'canary-50', 'switch']);
    expect(ids(deployPlan('web', { canary: true }))).toEqual(ids(deployPlan('web')));
  });

  it('has the limits that are given', () => {
    const { steps } = deployPlan('api', { healthSeconds: 90, watchSeconds: 5 });
    expect(steps.flatMap(({ id, limitSeconds }) => (['health', 'watch'].includes(id) ? [limitSeconds] : []))).toEqual([90, 5]);
  });

  it.each(apps)('of %s fits a terminal', (app) => {
    expect(planLines(deployPlan(app, { canary: true })).filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(apps)('of %s says what a step checks, what its failure means and what undoes it', (app) => {
    const plan = deployPlan(app, { canary: true });
    const text = planLines(plan).join(' ').replaceAll(/\s+/g, ' ');
    for (const { title, checks, compensation } of plan.steps) {
      for (const part of [title, checks, compensation?.title ?? '']) expect(text).toContain(part);
    }
  });
});

describe('the plan of a rollback', () => {
  const target = { id: '2026-11-27.2' };

  it.each(apps)('of %s neither builds nor migrates', (app) => {
    const { verb, steps } = rollbackPlan(app, target);
    expect(verb).toBe('rollback');
    expect(steps.filter(({ id }) => ['build', 'upload', 'dump', 'migrate'].includes(id))).toEqual([]);
    expect(steps.map(({ id }) => id)).toContain('switch');
  });

  it('names its target', () => expect(rollbackPlan('api', target).steps[0]?.checks).toContain(target.id));
});

describe('what is undone', () => {
  const undone = (failedAt: Parameters<typeof compensations>[1]) => compensations(deployPlan('api'), failedAt).map(({ step }) => step);

  it('is the idle slot when the new release is not healthy', () => expect(undone('health')).toEqual(['start', 'announce']));
  it('is the switch first when the watch fails', () => expect(undone('watch')).toEqual(['switch', 'start', 'announce']));
  it('is the share when a canary fails, before the slot is stopped', () => {
    const steps = compensations(deployPlan('api', { canary: true }), 'canary-25').map(({ step }) => step);
    expect(steps.slice(0, 3)).toEqual(['canary-25', 'canary-5', 'start']);
  });
  it('is nothing when a notifier fails', () => expect(undone('announce')).toEqual([]));
  it('is nothing when only the record fails', () => expect(undone('record')).toEqual([]));
  it('is an error for a step that the plan has not', () => expect(() => undone('restart')).toThrow('restart'));
});

const somePlan = fc
  .record({
    app: fc.constantFrom(...apps),
    canary: fc.boolean(),
    back: fc.boolean(),
  })
  .map(({ app, back, ...options }) => (back ? rollbackPlan(app, { id: '2026-11-27.2' }, options) : deployPlan(app, options)));

/** A plan, the step that fails, and how much of its work it did. */
const failure = somePlan.chain((plan) => fc.record({ plan: fc.constant(plan), at: fc.nat(plan.steps.length - 1), part: fc.nat(3) }));

describe('any plan', () => {
  it('has each step once, and serves the new release at its end', () => {
    fc.assert(
      fc.property(somePlan, (plan) => {
        const end = afterEffects(
          releasesBefore(plan),
          plan.steps.flatMap(({ effects }) => effects),
        );
        expect(new Set(ids(plan)).size).toBe(plan.steps.length);
        expect([end.sentTo, isServing(end)]).toEqual(['new', true]);
      }),
    );
  });

  it('says truly what serves before and after each step', () => {
    fc.assert(
      fc.property(somePlan, (plan) => {
        let state = releasesBefore(plan);
        for (const step of plan.steps) {
          if (step.serving !== 'none') expect([step.id, state.sentTo, isServing(state)]).toEqual([step.id, step.serving, true]);
          state = afterEffects(state, step.effects);
        }
      }),
    );
  });

  it('leaves a release that serves, whatever fails after whatever part of its work', () => {
    fc.assert(
      fc.property(failure, ({ plan, at, part }) => {
        const failed = plan.steps[at] as Step;
        const undo = compensations(plan, failed.id);
        const failing = [...plan.steps.slice(0, at).flatMap(({ effects }) => effects), ...failed.effects.slice(0, part)];
        const end = afterEffects(
          afterEffects(releasesBefore(plan), failing),
          undo.flatMap(({ effects }) => effects),
        );
        expect(isServing(end)).toBe(true);
        if (finalFailure(failed) === 'roll-back') expect(end.sentTo).toBe('old');
      }),
    );
  });

  it('never has a gap with two slots, neither in its steps nor while it is undone', () => {
    const slots = failure.filter(({ plan }) => plan.component !== 'ai' && ids(plan).every((id) => id !== 'restart'));
    fc.assert(
      fc.property(slots, ({ plan, at }) => {
        const failed = plan.steps[at] as Step;
        const effects = [...plan.steps.slice(0, at + 1), ...compensations(plan, failed.id)].flatMap((each) => each.effects);
        let state = releasesBefore(plan);
        for (const effect of effects) {
          state = afterEffects(state, [effect]);
          expect(isServing(state)).toBe(true);
        }
      }),
    );
  });
});

describe('a release of all', () => {
  it('has the order of the manual', () => expect(allPlan().map(({ plan }) => plan.component)).toEqual(['web', 'api', 'ai']));

  it('rolls back only what came before', () => {
    const order = allPlan().map(({ plan }) => plan.component);
    for (const { plan, rollsBack } of allPlan()) {
      expect(rollsBack.filter((app) => order.indexOf(app) >= order.indexOf(plan.component))).toEqual([]);
    }
  });

  it('rolls the web back with the API', () => expect(allPlan().map(({ rollsBack }) => rollsBack)).toEqual([[], ['web'], []]));
});
