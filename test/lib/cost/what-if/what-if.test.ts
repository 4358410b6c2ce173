import { describe, expect, it } from 'vitest';
import type { BilledResource } from '../../../../lib/cost/component.ts';
import { sum } from '../../../../lib/cost/decimal.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { serviceUsage } from '../../../../lib/cost/estimate/traffic.ts';
import { billedOf } from '../../../../lib/cost/sources/inventory.ts';
import { changed, type WhatIf } from '../../../../lib/cost/what-if/change.ts';
import { databaseClass } from '../../../../lib/cost/what-if/database-class.ts';
import { parseInventory } from '../../../../lib/inventory/parse.ts';
import { Size } from '../../../../lib/values/size.ts';
import prod from '../../../../plans/prod.json' with { type: 'json' };
import { readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { day } from '../day.ts';

const planned = billedOf(parseInventory(JSON.stringify(prod), 'plans/prod.json'));
const book = readPriceBook();

function asIf(asked: Partial<WhatIf>): readonly BilledResource[] {
  return changed(planned, { region: [], machine: [], ...asked }, { bufferPool: Size.gib(1) });
}

function amounts(asked: Partial<WhatIf>): string[] {
  const { byProvider } = estimateCost(asIf(asked), book, serviceUsage(), day);
  return [...byProvider].map(([provider, usd]) => `${provider} ${usd.toFixed(2)}`);
}

/** Amount of a line, like `Host Machine`. */
function lineOf(asked: Partial<WhatIf>, name: `${string} ${string}`): string | undefined {
  const { resources } = estimateCost(asIf(asked), book, serviceUsage(), day);
  const lines = resources.flatMap(({ resource, lines: its }) => its.map((line) => [`${resource.id} ${line.name}`, line.amount] as const));
  return new Map(lines).get(name)?.toFixed(2);
}

describe('what if', () => {
  it('nothing is asked, nothing changes', () => expect(asIf({})).toEqual(planned));

  it('the machine is larger', () => expect(lineOf({ machine: ['aws=m7g.xlarge'] }, 'Host Machine')).toBe('146.44'));

  it('it is in another region', () => {
    expect(lineOf({ region: ['aws=us-east-1'] }, 'Host Machine')).toBe('59.57');
    expect(asIf({ region: ['aws=us-east-1'] }).filter(({ provider }) => provider === 'gcp')).toEqual(
      planned.filter(({ provider }) => provider === 'gcp'),
    );
  });

  it('there are two GPUs', () => expect(lineOf({ gpu: '2xt4' }, 'ai-machine GPU')).toBe('540.20'));

  it('the GPU is RunPod’s: address and disk stay, as the configuration does it', () => {
    expect(lineOf({ gpu: 'runpod' }, 'ai-endpoint Flex workers')).toBe('22.80');
    expect(lineOf({ gpu: 'runpod' }, 'ai-data Storage')).toBe('13.00');
    expect(lineOf({ gpu: 'runpod' }, 'ai-machine GPU')).toBeUndefined();
  });

  it('a worker of RunPod always runs', () => expect(lineOf({ gpu: 'runpod-active' }, 'ai-endpoint Active workers')).toBe('341.64'));

  it('the GPU is on AWS: nothing is left on GCP', () => {
    expect(lineOf({ gpu: 'g4dn.xlarge' }, 'AiHost Machine')).toBe('472.31');
    expect(asIf({ gpu: 'g4dn.xlarge' }).some(({ provider }) => provider === 'gcp')).toBe(false);
  });

  it('the shape is the document’s option B or C', () => {
    const types = (topology: string) =>
      asIf({ topology })
        .filter(({ provider }) => provider === 'aws')
        .map(({ type }) => type);
    expect(types('split').filter((type) => type === 'AWS::EC2::Instance')).toHaveLength(2);
    expect(types('split').filter((type) => type === 'AWS::EC2::EIP')).toHaveLength(2);
    expect(types('private')).toEqual(expect.arrayContaining(['AWS::EC2::NatGateway', 'AWS::ElasticLoadBalancingV2::LoadBalancer']));
    expect(amounts({ topology: 'single' })).toEqual(amounts({}));
  });

  it.each([{ topology: 'split' }, { topology: 'private' }, { gpu: 'g4dn.xlarge' }])('%o sends as much as one machine did', (asked) => {
    const sent = (of: Partial<WhatIf>) => {
      const lines = estimateCost(asIf(of), book, serviceUsage(), day).resources.flatMap((each) => each.lines);
      return sum(lines.flatMap(({ price, quantity }) => (price.item === 'internet out' && quantity ? [quantity] : [])));
    };
    expect(sent(asked).toFixed()).toBe('18.87');
    expect(sent({}).toFixed()).toBe('18.87');
  });

  it.each([{ topology: 'split' }, { topology: 'private' }, { gpu: 'g4dn.xlarge' }])('%o knows what is billed, price or not', (asked) => {
    const unknown = (of: Partial<WhatIf>) => estimateCost(asIf(of), book, serviceUsage(), day).unknown.map(({ reason }) => reason);
    expect(unknown(asked).filter((reason) => !unknown({}).includes(reason) && !reason.startsWith('no price of'))).toEqual([]);
  });

  it.each(['split', 'private'])('%s is watched and stored as one machine was', (topology) => {
    const { resources } = estimateCost(asIf({ topology }), book, serviceUsage(), day);
    const sumOf = (...names: string[]) =>
      sum(
        resources.flatMap(({ lines }) => lines.flatMap(({ name, quantity }) => (names.includes(name) && quantity ? [quantity] : []))),
      ).toFixed();
    // Seven of detailed monitoring and five of the agent for each of two machines, and those of
    // three certificates, each counted once.
    expect([sumOf('Detailed monitoring'), sumOf('Agent metrics'), sumOf('Custom metric')]).toEqual(['14', '10', '3']);
    // Four alarms of the machine for each of the two, and those of three certificates.
    expect(resources.flatMap(({ lines }) => lines.filter(({ name }) => name === 'Alarm'))).toHaveLength(11);
    expect(sumOf('Root disk storage')).toBe('60');
    expect(lineOf({ topology }, 'Database Storage')).toBe('6.55');
    const ids = new Set(asIf({ topology }).map(({ id }) => id));
    const watched = asIf({ topology }).flatMap(
      ({ properties }) => JSON.stringify(properties.Dimensions ?? []).match(/(?<="ref":")\w+/g) ?? [],
    );
    expect(watched.filter((id) => !ids.has(id))).toEqual([]);
  });

  it.each([
    [Size.mib(768), 'db.t4g.micro'],
    [Size.gib(1), 'db.t4g.small'],
    [Size.mib(1537), 'db.t4g.medium'],
    [Size.gib(30), 'db.r7g.2xlarge'],
  ])('a buffer pool of %s fits three quarters of %s', (bufferPool, size) => expect(databaseClass(bufferPool)).toBe(size));

  it('a buffer pool that no class has room for has no price, and why', () => {
    const reason = 'no class of RDS up to db.r7g.8xlarge has room for a buffer pool of 200 GiB';
    const resources = changed(planned, { region: [], machine: [], topology: 'split' }, { bufferPool: Size.gib(200) });
    const { unknown } = estimateCost(resources, book, serviceUsage(), day);
    expect(databaseClass(Size.gib(200))).toEqual({ reason });
    expect(unknown.map(({ resource: { id }, line, reason: why }) => `${id} ${line?.name}: ${why}`)).toContain(
      `Database Machine: ${reason}`,
    );
  });

  it('the GPU on AWS has the disks that it has on GCP', () => {
    const { resources } = estimateCost(asIf({ gpu: 'g4dn.xlarge' }), book, serviceUsage(), day);
    const { lines = [] } = resources.find(({ resource }) => resource.id === 'AiHost') ?? {};
    const onDisks = lines.filter(({ price }) => price.item === 'gp3 storage').map(({ quantity }) => quantity?.toFixed());
    expect(onDisks).toEqual(['50', '100']);
  });

  it('a shape and a machine are asked together, every machine is that one', () => {
    expect(lineOf({ topology: 'split', machine: ['aws=m7g.large'] }, 'Backend Machine')).toBe('73.22');
  });

  it.each([
    { region: ['mars'] },
    { machine: ['azure=d2'] },
    { machine: ['aws=foo'] },
    { machine: ['gcp=n1'] },
    { gpu: 'h100' },
    { topology: 'mesh' },
  ])('%o cannot be asked', (asked) => {
    expect(() => asIf(asked)).toThrowError(expect.objectContaining({ code: 'unknown-what-if', next: expect.stringContaining('write') }));
  });
});
