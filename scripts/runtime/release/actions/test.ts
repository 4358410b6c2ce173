/** The functional test of a release: judged by the manual's triggers. */
import type { Action } from '../perform.ts';
import { type TestOptions, testRelease } from '../probe/test.ts';
import { digestOf, type RunState } from '../run-state.ts';
import { requireKept } from './watch.ts';

export function test(state: RunState): Action {
  return async (progress) => {
    const { verdict, note } = await testRelease({ shell: state.ports.shell, progress }, await optionsOf(state));
    requireKept(verdict);
    return note;
  };
}

async function optionsOf(state: RunState): Promise<TestOptions> {
  const { component } = state.request;
  if (component === 'web') return { component, ...(await state.ports.site()) };
  return component === 'api' ? { component, digest: digestOf(state) } : { component };
}
