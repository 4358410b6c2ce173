/** Progress notes from the messages of the CDK toolkit. */
import { words } from './stacks.ts';

/**
 * The note for a message of the toolkit, by its stable code; undefined for all that does not
 * matter.
 */
export function noteOf(code: string | undefined, data: unknown): string | undefined {
  if (code === 'CDK_TOOLKIT_I5502') return activity(data as Activity);
  if (code === 'CDK_ASSETS_I5270' || code === 'CDK_TOOLKIT_I5210') return 'uploading templates';
  return undefined;
}

/** The part of the toolkit's `StackActivity` that is used. */
interface Activity {
  readonly event?: {
    readonly StackName?: string;
    readonly LogicalResourceId?: string;
    readonly ResourceType?: string;
    readonly ResourceStatus?: string;
  };
  readonly progress?: { readonly completed?: number; readonly total?: number };
}

/** `dojang-prod-host: 4 of 17, Host create in progress`. */
function activity({ event = {}, progress = {} }: Activity): string | undefined {
  const { StackName, LogicalResourceId, ResourceStatus } = event;
  if (!StackName || !LogicalResourceId) return undefined;
  if (LogicalResourceId === StackName) return `${StackName}: ${words(ResourceStatus)}`;
  const count = progress.total ? `${progress.completed ?? 0} of ${progress.total}, ` : '';
  return `${StackName}: ${count}${LogicalResourceId} ${words(ResourceStatus)}`;
}
