/** Who hears of a restore: the notifier, and the hooks of the project. */
import { messageOf } from '../../../lib/errors/dojang-error.ts';
import type { HookFacts, HookName } from '../../../lib/hooks/hooks.ts';
import { type RestoreNotice, restoreBegun, restoreDone, restoreFailed, type Who } from '../../../lib/notify/notices.ts';
import type { Hooks } from '../../../lib/ports/hooks.ts';
import type { Notifier } from '../../../lib/ports/notifier.ts';
import { type RestorePlan, timeOf } from '../../../lib/release/database/plan.ts';
import type { Restored } from '../../../lib/release/database/script.ts';
import type { Context } from '../context.ts';

export interface RestoreAudience {
  readonly notifier: Notifier;
  readonly hooks: Hooks;
  readonly who: Who;
}

/**
 * Runs a restore between its hooks and notices. A failure of it is announced, and thrown again.
 * @throws DojangError `hook-failed` of `pre-restore`, before the restore has begun
 */
export async function withNotices(
  context: Context,
  { notifier, hooks, who }: RestoreAudience,
  plan: RestorePlan,
  restore: () => Promise<Restored>,
): Promise<Restored> {
  const { environment, report } = context;
  const to = timeOf(plan);
  const about: RestoreNotice = { environment: environment.name, dump: plan.dump.id, who, ...(to !== null && { to }) };
  const facts: HookFacts = { verb: 'restore', environment: environment.name, owner: who.owner, dump: plan.dump.id };
  const hook = async (task: string, name: HookName, more: Partial<HookFacts> = {}) => {
    if (hooks.has(name)) await report.task(task, (progress) => hooks.run(name, { ...facts, ...more }, progress).then(() => ''));
  };
  await hook('pre-hook', 'pre-restore');
  await notifier.notify(restoreBegun(about));
  const restored = await restore().catch(async (error: unknown) => {
    await notifier.notify(restoreFailed({ ...about, reason: messageOf(error) }));
    throw error;
  });
  const seconds = restored.steps.reduce((sum, step) => sum + step.seconds, 0);
  await notifier.notify(restoreDone({ ...about, seconds, downtimeSeconds: restored.downtimeSeconds }));
  await hook('post-hook', 'post-restore', { outcome: 'serving' });
  return restored;
}
