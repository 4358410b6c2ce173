/** What a change does to the bill, line by line. */
import { describe, expect, it } from 'vitest';
import type { BilledResource } from '../../../../lib/cost/component.ts';
import { costDifference, isOpen } from '../../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import type { CostReport } from '../../../../lib/cost/estimate/report.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { leastAfter } from '../../../../lib/cost/runway/minimum-spend.ts';
import type { Json } from '../../../../lib/inventory/resource.ts';
import { book, price, resource } from '../books.ts';
import { day } from '../day.ts';

const prices = book(
  price('aws ebs ap-northeast-2', 'gp3 storage', 'gb-month', { usd: '0.1' }),
  price('aws ebs us-east-1', 'gp3 storage', 'gb-month', { usd: '0.08' }),
  price('aws ipv4 ap-northeast-2', 'public IPv4 address, in use or idle', 'hour', { usd: '0.005' }),
);
const volume = (id: string, size: number, region = 'ap-northeast-2') =>
  resource('AWS::EC2::Volume', { Size: size, VolumeType: 'gp3' }, { id, region });
const between = (before: readonly BilledResource[], after: readonly BilledResource[]) =>
  costDifference(estimateCost(before, prices, noUsage, day), estimateCost(after, prices, noUsage, day));
const changes = (before: readonly BilledResource[], after: readonly BilledResource[]) =>
  between(before, after).lines.map(({ resource: { id }, name, change }) => `${id} ${name} ${change?.toFixed() ?? '-'}`);

it('finds nothing between equal reports', () => {
  expect(changes([volume('A', 50)], [volume('A', 50)])).toEqual([]);
});

it('lists the largest change first, up or down, whatever comes or goes', () => {
  const lines = changes([volume('Gone', 200), volume('Larger', 10)], [volume('Larger', 60), resource('AWS::EC2::EIP', {}, { id: 'New' })]);
  expect(lines).toEqual(['Gone Storage -20', 'Larger Storage 5', 'New Public IPv4 address 3.65']);
});

it('sees another region, and a price that changes where the quantity does not', () => {
  const { lines, change } = between([volume('A', 50)], [volume('A', 50, 'us-east-1')]);
  expect(change.toFixed()).toBe('-1');
  expect(lines.map(({ before, after }) => [before?.price.region, after?.price.region])).toEqual([['ap-northeast-2', 'us-east-1']]);
});

it('does not take a price that is no longer known for money saved', () => {
  const { change, known, lines } = between([volume('A', 50), volume('B', 10)], [volume('A', 50, 'eu-west-9'), volume('B', 20)]);
  expect(change.toFixed()).toBe('-4');
  expect(known.toFixed()).toBe('1');
  expect(lines.map(({ resource: { id }, change: of }) => [id, of?.toFixed()])).toEqual([
    ['B', '1'],
    ['A', undefined],
  ]);
});

const names = (unknown: CostReport['unknown']) => unknown.map(({ resource: { id }, line }) => `${id} ${line?.name ?? '-'}`);
const robot = (id: string, arms = 1) => resource('Shop::Robot::Arm', { arms }, { id });

it.each<[string, BilledResource[], BilledResource[], string[], string[]]>([
  ['stays unknown', [volume('A', 50, 'eu-west-9'), robot('R')], [volume('A', 50, 'eu-west-9'), robot('R')], [], []],
  [
    'is new',
    [volume('Far', 1, 'eu-west-9')],
    [volume('A', 50, 'eu-west-9'), robot('R'), volume('Far', 1, 'eu-west-9')],
    ['A Storage', 'R -'],
    [],
  ],
  ['is no longer known', [volume('A', 50)], [volume('A', 50, 'eu-west-9')], ['A Storage'], []],
  ['is gone', [volume('A', 50, 'eu-west-9'), robot('R')], [], [], ['A Storage', 'R -']],
  ['is known at last', [volume('A', 50, 'eu-west-9')], [volume('A', 50)], [], ['A Storage']],
  ['has no model, and is another one', [robot('R')], [robot('R', 50)], ['R -'], ['R -']],
  [
    'has the name of one that is known',
    [volume('A', 50), volume('A', 50)],
    [volume('A', 50), volume('A', 50, 'eu-west-9')],
    ['A Storage'],
    [],
  ],
  ['changes places with another one', [robot('R')], [robot('Q')], ['Q -'], ['R -']],
])('says what has no amount and %s', (_, before, after, opened, closed) => {
  const difference = between(before, after);
  expect([names(difference.opened), names(difference.closed)]).toEqual([opened, closed]);
  expect(isOpen(difference)).toBe(opened.length + closed.length > 0);
});

it('counts an amount that became unknown as it was, at the least', () => {
  const least = leastAfter(between([volume('A', 50), volume('Gone', 70)], [volume('A', 50, 'eu-west-9'), volume('B', 10)]));
  expect([...least.byProvider].map(String)).toEqual(['aws,6']);
  expect([...least.open]).toEqual(['aws']);
  expect([...leastAfter(between([volume('A', 50)], [volume('A', 60)])).open]).toEqual([]);
});

it('takes a resource that moves to another stack for the same one, priced or not', () => {
  const [far, here] = [volume('Far', 1, 'eu-west-9'), volume('A', 10)];
  const plan = [here, far, robot('R')];
  const moved = plan.map((each) => ({ ...each, stack: 'other' }));
  expect(between(plan, moved)).toMatchObject({ lines: [], opened: [], closed: [] });
  expect(isOpen(between(plan, moved))).toBe(false);
  expect(changes([here], [{ ...volume('A', 60), stack: 'other' }])).toEqual(['A Storage 5']);
});

it('knows which one moved only where there is no doubt', () => {
  const at = (stack: string, size: number) => ({ ...volume('A', size), stack });
  expect(changes([at('one', 10), at('two', 20)], [at('three', 30)])).toEqual(['A Storage 3', 'A Storage -2', 'A Storage -1']);
  expect(changes([at('one', 10)], [at('one', 10), at('two', 10)])).toEqual(['A Storage 1']);
  expect(changes([volume('A', 10)], [resource('AWS::EC2::EIP', {}, { id: 'A' })])).toEqual(['A Public IPv4 address 3.65', 'A Storage -1']);
});

describe('ids that several stacks have', () => {
  const moved = (resources: readonly BilledResource[], stacks: readonly string[]) =>
    resources.map((each, index) => ({ ...each, stack: stacks[index] ?? '' }));
  const plan = [volume('A', 10), volume('A', 20), volume('A', 1, 'eu-west-9'), robot('R'), robot('R', 2)];
  const before = moved(plan, ['one', 'two', 'three', 'one', 'two']);

  it.each([
    ['in their order', ['new-one', 'new-two', 'new-three', 'new-one', 'new-two'], [0, 1, 2, 3, 4]],
    ['in another order', ['x', 'y', 'z', 'x', 'y'], [2, 1, 0, 4, 3]],
  ])('move %s without a change', (_, stacks, order) => {
    const after = moved(
      order.flatMap((index) => plan[index] ?? []),
      stacks,
    );
    const difference = between(before, after);
    expect(difference).toMatchObject({ lines: [], opened: [], closed: [] });
    expect(isOpen(difference)).toBe(false);
  });

  it('move beside one that changes', () => {
    expect(changes(moved([volume('A', 10), volume('A', 20)], ['a', 'b']), moved([volume('A', 20), volume('A', 15)], ['c', 'd']))).toEqual([
      'A Storage 0.5',
    ]);
  });
});

it('takes a reference that the move makes an import for the same one', () => {
  const attached = (to: Json, stack: string): BilledResource[] => [
    { ...resource('Shop::Robot::Arm', { arms: 1, body: to }, { id: 'R' }), stack },
    { ...resource('AWS::EC2::Volume', { Size: to, VolumeType: 'gp3' }, { id: 'V' }), stack },
  ];
  const difference = between(attached({ ref: 'Body' }, 'one'), attached({ 'Fn::ImportValue': 'one:Body' }, 'two'));
  expect(difference).toMatchObject({ lines: [], opened: [], closed: [] });
  expect(isOpen(difference)).toBe(false);
});

it('keeps resources of one name apart', () => {
  expect(changes([volume('A', 10), volume('A', 20)], [volume('A', 10), volume('A', 30)])).toEqual(['A Storage 1']);
});
