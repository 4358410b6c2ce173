/**
 * Why CloudFormation failed, found in its own events: which resource, what it said, what to do
 * next.
 */
import { DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { AwsContext } from '../aws-context.ts';

type Work = 'deploy' | 'destroy' | 'bootstrap';

/** The error to report for what was thrown while working on these stacks since `start`. */
export async function failureOf(
  site: AwsContext,
  work: Work,
  stacks: readonly string[],
  start: Date,
  thrown: unknown,
): Promise<DojangError> {
  const events = await Promise.all(stacks.map((name) => eventsSince(site, name, start)));
  return describeFailure(work, site.environment.name, events.flat(), thrown);
}

/** Pure part of `failureOf`. Events come newest first, as CloudFormation lists them. */
export function describeFailure(work: Work, environment: string, events: readonly StackEvent[], thrown: unknown): DojangError {
  const failed = firstCause(events);
  const next = {
    deploy: `correct it, then dojang up --env ${environment}`,
    bootstrap: `correct it, then dojang up --env ${environment}`,
    destroy: `correct it, then dojang down --env ${environment}`,
  }[work];
  if (!failed) return new DojangError(`${work}-failed`, firstLine(messageOf(thrown)), { next, cause: thrown });
  const { StackName, LogicalResourceId, ResourceType, ResourceStatusReason } = failed;
  const message = `${StackName}: ${LogicalResourceId} (${ResourceType}) failed: ${withoutFullStop(ResourceStatusReason ?? 'no reason given')}`;
  return new DojangError(`${work}-failed`, message, { why: whatNow(events), next, cause: thrown });
}

/**
 * The first failure caused the others; what CloudFormation cancels because of it explains nothing.
 */
function firstCause(events: readonly StackEvent[]): StackEvent | undefined {
  const failures = events.filter((event) => event.ResourceStatus?.endsWith('_FAILED') || isExportInUse(event)).reverse();
  const causes = failures.filter(({ ResourceStatusReason = '' }) => !/cancelled|The following resource/.test(ResourceStatusReason));
  return causes.find(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack') ?? causes[0];
}

/** Reported with the status that the stack continues in, which is not one of a failure. */
function isExportInUse({ ResourceStatusReason = '' }: StackEvent): boolean {
  return /\bexport\b.*\bas it is in use by\b/i.test(ResourceStatusReason);
}

function whatNow(events: readonly StackEvent[]): string | undefined {
  const [last] = events.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack');
  const status = last?.ResourceStatus ?? '';
  if (!status.includes('ROLLBACK')) return undefined;
  const took = status.endsWith('_FAILED') ? 'could not take everything back' : 'took the change back';
  return `CloudFormation ${took}; the stack is in ${status}.`;
}

async function eventsSince({ clients }: AwsContext, name: string, start: Date): Promise<StackEvent[]> {
  try {
    const { StackEvents = [] } = await clients.cloudformation.send(new DescribeStackEventsCommand({ StackName: name }));
    return StackEvents.filter(({ Timestamp }) => Timestamp && Timestamp.getTime() >= start.getTime() - clockSkew).sort(newestFirst);
  } catch {
    // A stack that was never created has no events; the thrown error has the reason then.
    return [];
  }
}

/** Milliseconds by which this machine's clock may be ahead of AWS's. */
const clockSkew = 2000;

function newestFirst({ Timestamp: one }: StackEvent, { Timestamp: other }: StackEvent): number {
  return (other?.getTime() ?? 0) - (one?.getTime() ?? 0);
}

const firstLine = (text: string) => withoutFullStop(text.split('\n')[0] ?? text);
const withoutFullStop = (text: string) => text.trim().replace(/\.$/, '');
