/** Removes stacks together with the protections that were meant against doing so by accident. */
import { DeleteStackCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { waitFor } from '../../process/wait-until.ts';
import type { AwsContext } from '../aws-context.ts';
import { stopMachines, unprotectMachines } from '../hosts/machines.ts';
import { failureOf } from './failures.ts';
import { stackOf, whenSettled, words } from './stacks.ts';

/**
 * Removes these stacks, the last one first; machines are stopped before. A stack that is not there
 * is no fault.
 * @throws DojangError `destroy-failed` with the reason, `machine-not-stopped` before anything is
 *   removed
 */
export async function destroy(site: AwsContext, stacks: readonly string[], progress: Progress): Promise<void> {
  for (const name of [...stacks].reverse()) {
    if (await whenSettled(site, name, progress)) await removeStack(site, name, progress);
  }
}

export async function removeStack(site: AwsContext, name: string, progress: Progress): Promise<void> {
  const { cloudformation } = site.clients;
  const stack = await stackOf(site, name);
  if (!stack?.StackId) return;
  await stopMachines(site, name, progress);
  const start = new Date();
  progress(`${name}: removing`);
  await unprotectMachines(site, name);
  await cloudformation.send(new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: false }));
  await cloudformation.send(new DeleteStackCommand({ StackName: name }));
  const left = await whenGone(site, stack.StackId, name, progress);
  if (!left) return;
  throw await failureOf(site, 'destroy', [name], start, new DojangError('destroy-failed', `${name} is in ${left}`));
}

/**
 * The id, unlike the name, also finds a stack that is gone. Answers the status of a stack that did
 * not go.
 */
async function whenGone(site: AwsContext, id: string, name: string, progress: Progress): Promise<string | undefined> {
  const { status } = await waitFor(
    async () => {
      const stack = await stackOf(site, id);
      if (!stack?.StackStatus?.endsWith('_IN_PROGRESS')) return { status: stack?.StackStatus };
      progress(`${name}: ${words(stack.StackStatus)}`);
      return undefined;
    },
    { interval: site.connection.pollInterval },
  );
  return status;
}
