/** In which order stacks go and come when something cannot be beside its replacement. */
import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { ResourceChange } from '../../../../lib/inventory/resource.ts';
import { deployAws, removedFirst, requireVolumeFirst } from '../../../../scripts/commands/up/deploy-aws.ts';
import { up } from '../../../../scripts/commands/up/up.ts';
import type { Clouds } from '../../../../scripts/runtime/context.ts';
import { checked } from '../../checked.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'prod');
const { addresses, network, host } = environment.names.stacks;

const change = (stack: string, id: string, type: string, effect: ResourceChange['effect'], ...changed: string[]): ResourceChange => ({
  cloud: 'aws',
  stack,
  id,
  type,
  effect,
  changed,
});
const machine = change(host, 'Host', 'AWS::EC2::Instance', 'replace', 'DataAttachment.VolumeId');
const exchange = [
  change(addresses, 'DataVolumeSnap0123456789abcdef0', 'AWS::EC2::Volume', 'create'),
  change(addresses, 'DataVolume', 'AWS::EC2::Volume', 'delete'),
];
const subnet = (...changed: string[]) => change(network, 'Subnet', 'AWS::EC2::Subnet', 'replace', ...changed);

/** What is done for both steps of AWS, in order. */
async function calls(changes: readonly ResourceChange[]): Promise<string[]> {
  const memory = new MemoryClouds(environment);
  for (const stacks of [[addresses], [network, host]]) {
    await deployAws(environment, memory.clouds(), stacks, changes, () => undefined);
  }
  return memory.calls;
}

describe('the stacks of AWS', () => {
  it('are deployed one after the other when nothing is exchanged', async () => {
    expect(await calls([change(host, 'Host', 'AWS::EC2::Instance', 'update', 'InstanceType')])).toEqual([
      `deploy ${addresses}`,
      `deploy ${network} ${host}`,
    ]);
  });

  it('lose the host before the data volume is exchanged, which the host imports', async () => {
    expect((await calls([...exchange, machine])).slice(0, 2)).toEqual([`destroy ${host}`, `deploy ${addresses}`]);
    expect((await calls([...exchange, machine])).at(-1)).toBe(`deploy ${network} ${host}`);
  });

  it('lose what an interrupted run has left of the host, whatever it is called then', () => {
    for (const changes of [exchange, [...exchange, { ...machine, effect: 'create' as const, changed: [] }]]) {
      expect(removedFirst(environment, [addresses], changes)).toEqual([host]);
    }
  });

  it('keep a machine that stays when the host is deployed after an exchange that is done', () => {
    expect(removedFirst(environment, [network, host], exchange)).toEqual([]);
    expect(removedFirst(environment, [addresses], [machine])).toEqual([]);
  });

  it('lose the host when its machine is replaced, and the network too when the range of its subnet is to be used again', () => {
    expect(removedFirst(environment, [network, host], [machine])).toEqual([host]);
    expect(removedFirst(environment, [network, host], [machine, subnet('AvailabilityZone')])).toEqual([network, host]);
    expect(removedFirst(environment, [network, host], [machine, subnet('AvailabilityZone', 'CidrBlock')])).toEqual([host]);
  });
});

describe('a host whose data volume is to be another one', () => {
  it('is not removed by a run that leaves out the step that makes the volume', () => {
    const leftOut = { stacks: [network, host], chosen: [network, host] };
    expect(() => requireVolumeFirst(environment, leftOut, [...exchange, machine])).toThrow(
      expect.objectContaining({ code: 'volume-first' }),
    );
    expect(() => requireVolumeFirst(environment, { stacks: [addresses], chosen: [addresses] }, [...exchange, machine])).toThrow(
      expect.objectContaining({ code: 'volume-first' }),
    );
    const all = [addresses, network, host];
    for (const stacks of [[addresses], [network, host]]) {
      expect(() => requireVolumeFirst(environment, { stacks, chosen: all }, [...exchange, machine])).not.toThrow();
    }
    expect(() => requireVolumeFirst(environment, leftOut, [machine])).not.toThrow();
  });

  it.each(['aws-host', 'aws-addresses'])('is refused by up --only %s, before anything is removed', async (step) => {
    const memory = new MemoryClouds(environment);
    memory.deployRules();
    memory.pending = [...exchange, machine];
    const both = memory.clouds();
    const clouds = { ...both, gcp: { ...both.gcp, changes: async () => [] }, preflight: { aws: { image: async () => ({ key: '' }) } } };
    const refused = up(memory.context({ approve: ['DataVolume', 'Host'] }), async () => clouds as unknown as Clouds, {
      only: [step],
      cloudsOnly: true,
    });
    await expect(refused).rejects.toMatchObject({ code: 'volume-first' });
    expect(memory.calls).toEqual([]);
  });
});

describe('volumes that were the data volume', () => {
  it('are named by up each time, with what to do', async () => {
    const memory = new MemoryClouds(environment);
    memory.deployRules();
    memory.outputs = { ...memory.outputs, aws: { ...memory.outputs.aws, DataVolumeId: 'vol-new' } };
    memory.formerVolumes = [{ id: 'vol-old', gib: 50, zone: 'ap-northeast-2a' }];
    const both = memory.clouds();
    const clouds = { ...both, gcp: { ...both.gcp, changes: async () => [] }, hosts: { reason: '', next: '' } };
    const { lines = [] } = checked(await up(memory.context(), async () => clouds, { only: ['aws-addresses'], cloudsOnly: true }));
    expect(lines).toContain(
      'vol-old (50 GiB, ap-northeast-2a) is no longer the data volume of prod: its data stays, no snapshots of it are made, and it is billed',
    );
    expect(lines).toContain('  Next: aws ec2 delete-volume --region ap-northeast-2 --volume-id vol-old   once that data is not needed');
  });
});
