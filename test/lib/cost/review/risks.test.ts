/** What a change puts at risk, whatever it costs. */
import { expect, it } from 'vitest';
import { type Change, machine, other, reviewed, usual, volume } from './small.ts';

const risks = (change: Change) => reviewed(change).risks.map(({ kind, change: { id } }) => `${kind} ${id}`);
const unkept = () => {
  const { retained: _, ...rest } = volume();
  return rest;
};
const endpoint = {
  cloud: 'runpod',
  stack: 'runpod',
  id: 'ai-endpoint',
  type: 'runpod:serverless/endpoint:Endpoint',
  properties: {},
} as const;
const account = { service: 'shop', environment: 'prod', account: '210987654321', project: 'shop' };

it.each<[string, Change, string[]]>([
  ['nothing', { after: usual }, []],
  ['a machine type stops the machine', { after: [machine({ InstanceType: 'm7g.xlarge' }), volume()] }, ['stop Host']],
  ['another image replaces it', { after: [machine({ ImageId: 'ami-2' }), volume()] }, ['lose Host']],
  ['a larger volume grows where it is', { after: [machine(), volume({ Size: 60 })] }, []],
  ['a smaller volume is a new one', { after: [machine(), volume({ Size: 40 })] }, ['lose Data']],
  ['a volume in another zone is a new one', { after: [machine(), volume({ AvailabilityZone: 'ap-northeast-2c' })] }, ['lose Data']],
  ['what is gone', { after: [] }, ['lose Host', 'lose Data']],
  ['protection taken away', { after: [machine(), unkept()] }, ['unprotect Data']],
  ['another region: nothing moves along', { after: usual, moved: { regions: { aws: 'us-east-1' } } }, ['leave Host', 'leave Data']],
  ['another account: nothing moves along', { after: usual, moved: { of: account } }, ['leave Host', 'leave Data']],
  ['RunPod cannot be deployed to yet', { after: [...usual, endpoint] }, ['unbuilt ai-endpoint']],
  ['what is new', { before: [], after: usual }, []],
  [
    'what is made anew and holds nothing',
    {
      before: [...usual, other('AWS::EC2::Subnet', { CidrBlock: '10.0.0.0/24' })],
      after: [...usual, other('AWS::EC2::Subnet', { CidrBlock: '10.0.1.0/24' })],
    },
    ['renew Other'],
  ],
])('%s', (_, change, expected) => expect(risks(change)).toEqual(expected));
