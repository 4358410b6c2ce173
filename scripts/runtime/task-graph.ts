/** Carries out steps: each as soon as those before it have succeeded. */
import type { Step } from '../../lib/deployment/up-plan.ts';
import { allSettled } from '../io/all-settled.ts';

/**
 * Runs every step of `steps`; a step whose predecessor is not in the list does not wait for it.
 * When one fails, running ones are awaited, no further one starts, and the first failure is thrown.
 */
export async function runSteps(steps: readonly Step[], carryOut: (step: Step) => Promise<void>): Promise<void> {
  const running = new Map<string, Promise<void>>();
  let failed = false;
  const start = async (step: Step) => {
    await Promise.all(step.after.map((id) => running.get(id)));
    if (failed) return;
    await carryOut(step).catch((error: unknown) => {
      failed = true;
      throw error;
    });
  };
  for (const step of steps) running.set(step.id, start(step));
  await allSettled([...running.values()]);
}
