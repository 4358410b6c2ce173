/** Brings stacks to what the code says. */
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { holdingOf } from '../../../../lib/inventory/stateful-resources.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import type { AwsContext } from '../aws-context.ts';
import { protectMachines, startMachines } from '../hosts/machines.ts';
import { removeStack } from './destroy.ts';
import { failureOf } from './failures.ts';
import { deployedTemplates, isCreated, whenSettled, words } from './stacks.ts';
import { toolkitFor } from './toolkit.ts';

/**
 * Deploys these stacks and nothing else, without asking: the caller has guarded what would be lost.
 * A machine of theirs that an interrupted run has stopped is started, and one that it has
 * unprotected is protected again.
 * @throws DojangError `stack-stuck` when the operator must decide first, `deploy-failed` with
 * CloudFormation's reason
 */
export async function deploy(site: AwsContext, stacks: readonly string[], progress: Progress): Promise<void> {
  await Promise.all(stacks.map((name) => makeReady(site, name, progress)));
  const { toolkit, library } = await toolkitFor(site, progress);
  const source = await toolkit.fromAssemblyDirectory((await site.assembly()).directory);
  const start = new Date();
  try {
    await toolkit.deploy(source, {
      stacks: {
        strategy: library.StackSelectionStrategy.PATTERN_MUST_MATCH,
        patterns: [...stacks],
        expand: library.ExpandStackSelection.NONE,
      },
      deploymentMethod: { method: 'change-set' },
      // As the CDK CLI does it. Without, the toolkit takes every stack for changed: one of its
      // parameters names an SSM parameter.
      parameters: library.StackParameters.withExisting({}),
      concurrency: stacks.length,
      stackEventPollingInterval: site.connection.pollInterval,
    });
  } catch (error) {
    throw await failureOf(site, 'deploy', stacks, start, error);
  }
  await protectMachines(site, stacks, progress);
  await startMachines(site, stacks, progress);
}

/** What an interrupted or failed run left behind, brought to where a deployment can start. */
async function makeReady(site: AwsContext, name: string, progress: Progress): Promise<void> {
  const stack = await whenSettled(site, name, progress);
  if (!stack) return;
  if (!isCreated(stack) || (stack.StackStatus === 'DELETE_FAILED' && !(await holdsData(site, name)))) {
    progress(`${name}: ${words(stack.StackStatus)}, removing it to start again`);
    await removeStack(site, name, progress);
    return;
  }
  const next = wayOut(name, site.environment.name)[stack.StackStatus ?? ''];
  if (next) throw new DojangError('stack-stuck', `${name} is in ${stack.StackStatus}`, { why: stack.StackStatusReason, next });
}

/**
 * A removal that failed had been agreed to. It is finished here unless data or an address goes with
 * the stack.
 */
async function holdsData(site: AwsContext, name: string): Promise<boolean> {
  const { Resources = {} } = (await deployedTemplates(site, [name])).get(name) ?? {};
  return Object.values(Resources).some(({ Type }) => ['data', 'address'].includes(holdingOf(Type) ?? ''));
}

/** States that CloudFormation deploys nothing to, and the command that leads out. */
function wayOut(name: string, environment: string): Readonly<Record<string, string>> {
  return {
    UPDATE_FAILED: `npx cdk rollback ${name}`,
    UPDATE_ROLLBACK_FAILED: `repair what its events name, then npx cdk rollback ${name}`,
    DELETE_FAILED: `dojang down --env ${environment} --all finishes its removal; then dojang up`,
  };
}
