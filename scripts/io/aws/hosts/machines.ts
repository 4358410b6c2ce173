/**
 * Machines of stacks: stopped before anything is taken from them, and started again where an
 * interrupted run left them off.
 */
import { DescribeStackResourcesCommand, type StackResource } from '@aws-sdk/client-cloudformation';
import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  ModifyInstanceAttributeCommand,
  StartInstancesCommand,
  StopInstancesCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceStopped,
} from '@aws-sdk/client-ec2';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import type { AwsContext } from '../aws-context.ts';
import { deployedTemplates, stackOf } from '../stacks/stacks.ts';

/**
 * Seconds that EC2 may take to stop or start a machine; it ends a guest that hangs by itself after
 * some minutes.
 */
const limitSeconds = 900;

/**
 * Stops the machines of a stack and waits until EC2 calls them stopped: their services have then
 * ended in order and their file systems are unmounted. A volume that is detached while it is
 * mounted stays busy and may be damaged
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-volumeattachment.html).
 * @throws DojangError `machine-not-stopped`
 */
export async function stopMachines(site: AwsContext, stack: string, progress: Progress): Promise<void> {
  const { ec2 } = site.clients;
  const InstanceIds = await machinesIn(site, stack, ['pending', 'running', 'stopping']);
  if (InstanceIds.length === 0) return;
  progress(`${stack}: stopping ${InstanceIds.join(', ')}, which ends its services and unmounts its volume`);
  try {
    // EC2 stops no machine that is just starting.
    const starting = await machinesIn(site, stack, ['pending']);
    if (starting.length > 0) await waitUntilInstanceRunning(patience(site), { InstanceIds: starting });
    await ec2.send(new StopInstancesCommand({ InstanceIds }));
    await waitUntilInstanceStopped(patience(site), { InstanceIds });
  } catch (cause) {
    throw notStopped(InstanceIds.join(', '), cause);
  }
  progress(`${stack}: ${InstanceIds.join(', ')} has stopped, its volume is unmounted`);
}

function notStopped(machines: string, cause: unknown): DojangError {
  const kept = 'Its data volume may still be mounted, so nothing was detached or removed.';
  const next = 'read its console in EC2, then run it again';
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return new DojangError('machine-not-stopped', `${machines} did not stop within ${limitSeconds} s`, { why: kept, next, cause });
  }
  return new DojangError('machine-not-stopped', `${machines} could not be stopped: ${wordsOf(cause)}`, { why: kept, next, cause });
}

/**
 * A waiter throws a whole answer of EC2 as JSON when a machine is in a state that leads nowhere.
 */
function wordsOf(cause: unknown): string {
  const words = messageOf(cause);
  return words.startsWith('{') ? 'it has left the way there, and may be ending' : words;
}

/** Starts machines of these stacks that are stopped. @throws DojangError `machine-not-started` */
export async function startMachines(site: AwsContext, stacks: readonly string[], progress: Progress): Promise<void> {
  const { ec2 } = site.clients;
  const found = await Promise.all(stacks.map((stack) => machinesIn(site, stack, ['stopping', 'stopped'])));
  const InstanceIds = found.flat();
  if (InstanceIds.length === 0) return;
  const wanted = InstanceIds.join(', ');
  progress(`starting ${wanted}, which was stopped`);
  try {
    await waitUntilInstanceStopped(patience(site), { InstanceIds });
    await ec2.send(new StartInstancesCommand({ InstanceIds }));
    await waitUntilInstanceRunning(patience(site), { InstanceIds });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : undefined;
    throw new DojangError('machine-not-started', `${wanted} did not start`, { why, next: 'run it again', cause });
  }
}

/** EC2 terminates no machine with termination protection. */
export async function unprotectMachines(site: AwsContext, stack: string): Promise<void> {
  for (const InstanceId of await machinesIn(site, stack, ['pending', 'running', 'stopping', 'stopped'])) {
    await site.clients.ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }));
  }
}

/**
 * Sets the termination protection of machines whose template asks for it. A removal that was
 * refused or interrupted has taken it off, and CloudFormation, which compares templates, sees no
 * difference.
 */
export async function protectMachines(site: AwsContext, stacks: readonly string[], progress: Progress): Promise<void> {
  const { ec2 } = site.clients;
  for (const [stack, { Resources = {} }] of await deployedTemplates(site, stacks)) {
    for (const { LogicalResourceId = '', PhysicalResourceId: InstanceId } of await machineResources(site, stack)) {
      if (!isProtected(Resources[LogicalResourceId]?.Properties)) continue;
      const { DisableApiTermination } = await ec2.send(
        new DescribeInstanceAttributeCommand({ InstanceId, Attribute: 'disableApiTermination' }),
      );
      if (DisableApiTermination?.Value) continue;
      progress(`protecting ${InstanceId} from termination again`);
      await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: true } }));
    }
  }
}

function isProtected(properties: unknown): boolean {
  return (properties as { readonly DisableApiTermination?: unknown } | undefined)?.DisableApiTermination === true;
}

async function machineResources(site: AwsContext, StackName: string): Promise<StackResource[]> {
  const { StackResources = [] } = await site.clients.cloudformation.send(new DescribeStackResourcesCommand({ StackName }));
  return StackResources.filter(({ ResourceType }) => ResourceType === 'AWS::EC2::Instance');
}

/** Ids of the machines of a stack that are in one of these states. */
async function machinesIn(site: AwsContext, name: string, states: readonly string[]): Promise<string[]> {
  if (!(await stackOf(site, name))) return [];
  const ids = (await machineResources(site, name)).flatMap(({ PhysicalResourceId }) => PhysicalResourceId ?? []);
  if (ids.length === 0) return [];
  // A filter, unlike ids, does not fail for a machine that is gone.
  const Filters = [
    { Name: 'instance-id', Values: ids },
    { Name: 'instance-state-name', Values: [...states] },
  ];
  const { Reservations = [] } = await site.clients.ec2.send(new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap(({ Instances = [] }) => Instances.flatMap(({ InstanceId }) => InstanceId ?? []));
}

function patience({ clients, connection }: AwsContext) {
  const delay = connection.pollInterval / 1000;
  return { client: clients.ec2, maxWaitTime: limitSeconds, minDelay: delay, maxDelay: delay };
}
