/** What EC2 answers when a machine is to be stopped, and what is made of it. */
import { beforeEach, expect, it } from 'vitest';
import type { AwsContext } from '../../../../../scripts/io/aws/aws-context.ts';
import { stopMachines } from '../../../../../scripts/io/aws/hosts/machines.ts';
import { connectionFrom } from '../../../../../scripts/io/connection.ts';

interface Call {
  readonly constructor: { readonly name: string };
  readonly input: { readonly Filters?: readonly { readonly Name?: string; readonly Values?: readonly string[] }[] };
}

const id = 'i-1';
let calls: string[];

beforeEach(() => {
  calls = [];
});

/**
 * A stack with one machine, which is in one of these states after the other, each time it is asked
 * for. Stopping is answered by `stop`.
 */
function siteOf(states: string[], stop: () => void = () => void states.splice(0, states.length, 'stopped')): AwsContext {
  const cloudformation = {
    send: async ({ constructor: { name } }: Call) =>
      name === 'DescribeStacksCommand'
        ? { Stacks: [{ StackName: 'host', StackStatus: 'CREATE_COMPLETE' }] }
        : { StackResources: [{ ResourceType: 'AWS::EC2::Instance', PhysicalResourceId: id }] },
  };
  const ec2 = {
    send: async ({ constructor: { name }, input: { Filters = [] } }: Call) => {
      if (name === 'StopInstancesCommand') {
        calls.push(`stop while ${states[0]}`);
        stop();
        return {};
      }
      const wanted = Filters.find((filter) => filter.Name === 'instance-state-name')?.Values;
      const state = states[0] ?? '';
      if (!wanted && states.length > 1) states.shift();
      const found = wanted === undefined || wanted.includes(state);
      return { Reservations: found ? [{ Instances: [{ InstanceId: id, State: { Name: state } }] }] : [] };
    },
  };
  return {
    clients: { cloudformation, ec2 },
    connection: connectionFrom({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }),
  } as unknown as AwsContext;
}

const stop = (site: AwsContext) => stopMachines(site, 'host', () => undefined);

it('waits for a machine that is just starting, which EC2 does not stop', async () => {
  await stop(siteOf(['pending', 'pending', 'running']));
  expect(calls).toEqual(['stop while running']);
});

it('says why EC2 has refused to stop it', async () => {
  const refusal = () => {
    throw Object.assign(new Error('You are not authorized to perform this operation'), { name: 'UnauthorizedOperation' });
  };
  await expect(stop(siteOf(['running'], refusal))).rejects.toMatchObject({
    code: 'machine-not-stopped',
    message: 'i-1 could not be stopped: You are not authorized to perform this operation',
  });
});

it('says no time for a machine that has ended instead', async () => {
  const states = ['running'];
  const end = () => void states.splice(0, states.length, 'terminated');
  await expect(stop(siteOf(states, end))).rejects.toMatchObject({
    code: 'machine-not-stopped',
    message: 'i-1 could not be stopped: it has left the way there, and may be ending',
  });
});
