/** Who hears of a release: the notifier, and the hooks of the project. */
import { messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { HookFacts } from '../../../../lib/hooks/hooks.ts';
import {
  type ReleaseNotice,
  releaseBegun,
  releaseFailed,
  releaseIncomplete,
  releaseRolledBack,
  releaseServes,
  rollbackBegun,
} from '../../../../lib/notify/notices.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import type { Actions, Performed } from '../perform.ts';
import type { RunState } from '../run-state.ts';

export function noticeActions(state: RunState): Actions {
  const { notifier, hooks } = state.ports;
  const verb = verbOf(state);
  return {
    announce: async () => {
      await notifier.notify((verb === 'rollback' ? rollbackBegun : releaseBegun)(aboutOf(state)));
      return '';
    },
    'announce-end': async () => {
      await notifier.notify(releaseServes({ ...aboutOf(state), ...lastedOf(state) }));
      return '';
    },
    'pre-hook': (progress) => hooks.run(`pre-${verb}`, factsOf(state), progress).then(() => ''),
    'post-hook': (progress) => hooks.run(`post-${verb}`, { ...factsOf(state), outcome: 'serving' }, progress).then(() => ''),
  };
}

/** Steps of which nothing is to be seen, as the project has no such hook. */
export function hasNoHook(state: RunState, step: string): boolean {
  const [when, what] = step.split('-');
  if (what !== 'hook' || (when !== 'pre' && when !== 'post')) return false;
  return !state.ports.hooks.has(`${when}-${verbOf(state)}`);
}

/** @param serves the new release serves though a step after the switch failed */
export async function announceFailure(
  state: RunState,
  { failure, undone }: Performed,
  { serves, progress }: { readonly serves: boolean; readonly progress: Progress },
): Promise<void> {
  const { record, ports } = state;
  if (!failure || !record) return;
  const reason = messageOf(failure.error);
  const about = { ...aboutOf(state), ...lastedOf(state), reason };
  if (serves) {
    await ports.notifier.notify(releaseIncomplete({ ...about, step: failure.step.id }));
    return runPostHook(state, `${failure.step.id}: ${reason}`, progress);
  }
  const isBack = undone === undefined || 'done' in undone;
  await ports.notifier.notify(
    isBack ? releaseRolledBack({ ...about, serving: state.servedBefore && 'the release before it' }) : releaseFailed(about),
  );
  if (state.request.target) return;
  const outcome = isBack && record.outcome === 'rolled-back' ? 'rolled-back' : 'failed';
  await ports.hooks.run('deploy-failed', { ...factsOf(state), outcome, reason }, progress).catch(() => undefined);
}

/** The step that would have run it comes after the failed one. Nothing is new where it served. */
async function runPostHook(state: RunState, reason: string, progress: Progress): Promise<void> {
  if (state.kind === 'current') return;
  const facts: HookFacts = { ...factsOf(state), outcome: 'serving', reason };
  await state.ports.hooks.run(`post-${verbOf(state)}`, facts, progress).catch(() => undefined);
}

const verbOf = ({ request }: RunState) => (request.target ? 'rollback' : 'deploy');

function aboutOf({ context, request, record, ports }: RunState): ReleaseNotice {
  const { commit, subject, id = '' } = record ?? {};
  return { environment: context.environment.name, component: request.component, release: id, who: ports.who, commit, subject };
}

function lastedOf({ steps, gapSeconds }: RunState) {
  return { seconds: steps.reduce((sum, { seconds }) => sum + seconds, 0), downtimeSeconds: gapSeconds };
}

function factsOf(state: RunState): HookFacts {
  const { context, request, record, ports } = state;
  return {
    verb: verbOf(state),
    environment: context.environment.name,
    component: request.component,
    owner: ports.who.owner,
    ...(record && { release: record.id, commit: record.commit }),
  };
}
