/**
 * CloudFormation stacks as they are: status, outputs, templates, and waiting until nothing moves
 * any more.
 */
import { DescribeStacksCommand, GetTemplateCommand, type Stack } from '@aws-sdk/client-cloudformation';
import type { Template } from '../../../../lib/inventory/inventory.ts';
import type { StackStatus } from '../../../../lib/ports/aws.ts';
import type { Outputs } from '../../../../lib/ports/outputs.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { waitFor } from '../../process/wait-until.ts';
import type { AwsContext } from '../aws-context.ts';

const notDeployed = 'NOT_DEPLOYED';

export function statusOf(site: AwsContext, stacks: readonly string[]): Promise<StackStatus[]> {
  return Promise.all(stacks.map(async (name) => ({ name, status: (await stackOf(site, name))?.StackStatus ?? notDeployed })));
}

export async function outputsOf(site: AwsContext, stacks: readonly string[]): Promise<Outputs> {
  const found = await Promise.all(stacks.map((name) => stackOf(site, name)));
  const all = found.flatMap((stack) => (isCreated(stack) ? (stack?.Outputs ?? []) : []));
  return Object.fromEntries(all.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

/** Templates of those of these stacks that are deployed, as they were written. */
export async function deployedTemplates(site: AwsContext, stacks: readonly string[]): Promise<Map<string, Template>> {
  const found = await Promise.all(stacks.map((name) => deployedTemplate(site, name)));
  return new Map(found.flatMap((template, index) => (template ? [[stacks[index] ?? '', template]] : [])));
}

async function deployedTemplate(site: AwsContext, name: string): Promise<Template | undefined> {
  if (!isCreated(await stackOf(site, name))) return undefined;
  const { TemplateBody = '{}' } = await site.clients.cloudformation.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
  );
  return JSON.parse(TemplateBody);
}

/** The stack of this name or id; undefined when there is none. */
export async function stackOf({ clients }: AwsContext, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks } = await clients.cloudformation.send(new DescribeStacksCommand({ StackName: name }));
    const stack = Stacks?.[0];
    return stack?.StackStatus === 'DELETE_COMPLETE' ? undefined : stack;
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** A stack whose first deployment failed, or was only prepared, holds nothing. */
export function isCreated(stack: Stack | undefined): boolean {
  return stack !== undefined && !emptyStates.has(stack.StackStatus ?? '');
}

const emptyStates = new Set(['REVIEW_IN_PROGRESS', 'CREATE_FAILED', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'ROLLBACK_IN_PROGRESS']);

/**
 * Waits until CloudFormation has finished with a stack, and answers how it is then; undefined when
 * it is gone.
 */
export async function whenSettled(site: AwsContext, name: string, progress: Progress): Promise<Stack | undefined> {
  let known = name;
  const settled = await waitFor(
    async () => {
      const stack = await stackOf(site, known);
      if (!stack || !isMoving(stack)) return { stack };
      // The id finds the stack also while it is being deleted, and never another one of the same
      // name.
      known = stack.StackId ?? name;
      progress(`${name}: ${words(stack.StackStatus)}, waiting for it to end`);
      return undefined;
    },
    { interval: site.connection.pollInterval },
  );
  return settled.stack;
}

/** A prepared change set waits for the operator, not for CloudFormation. */
function isMoving({ StackStatus }: Stack): boolean {
  return StackStatus?.endsWith('_IN_PROGRESS') === true && StackStatus !== 'REVIEW_IN_PROGRESS';
}

/** `UPDATE_IN_PROGRESS` -> `update in progress`. */
export function words(status = 'unknown'): string {
  return status.toLowerCase().replaceAll('_', ' ');
}
