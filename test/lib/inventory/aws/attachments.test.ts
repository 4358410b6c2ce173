/** What another data volume takes along, from the templates of production. */
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../../lib/config/environment.ts';
import { difference } from '../../../../lib/inventory/difference.ts';
import { guard } from '../../../../lib/inventory/guard.ts';
import { fromTemplate, inOrder } from '../../../../lib/inventory/inventory.ts';
import type { PlannedResource, ResourceChange } from '../../../../lib/inventory/resource.ts';
import { Size } from '../../../../lib/values/size.ts';
import { prodWith } from '../../../stacks/environments.ts';
import { templatesOf } from '../../../stacks/synthesised.ts';

const first = 'snap-0123456789abcdef0';
const second = 'snap-0a1b2c3d';

function planned(aws: Partial<Environment['aws']>): PlannedResource[] {
  return inOrder(Object.entries(templatesOf(prodWith(aws))).flatMap(([layer, template]) => fromTemplate(`dojang-prod-${layer}`, template)));
}

const change = (before: Partial<Environment['aws']>, after: Partial<Environment['aws']>) => difference(planned(before), planned(after));
const losses = (changes: readonly ResourceChange[]) =>
  changes
    .filter(({ type }) => /::(Volume|Instance)$/.test(type))
    .map(({ id, effect, changed }) => `${effect} ${id} ${changed.join()}`.trim());

const host = 'replace Host DataAttachment.VolumeId';

describe('another data volume', () => {
  it.each([
    ['a snapshot is named', {}, { dataSnapshot: first }, ['create DataVolumeSnap0123456789abcdef0', host, 'delete DataVolume']],
    [
      'another snapshot is named',
      { dataSnapshot: first },
      { dataSnapshot: second },
      ['create DataVolumeSnap0a1b2c3d', host, 'delete DataVolumeSnap0123456789abcdef0'],
    ],
    ['the snapshot is taken away', { dataSnapshot: first }, {}, ['create DataVolume', host, 'delete DataVolumeSnap0123456789abcdef0']],
  ])('takes the machine along when %s', (_, before, after, expected) => {
    expect(losses(change(before, after)).map((text) => text.replace(/(?<=Host ).*VolumeId$/, 'DataAttachment.VolumeId'))).toEqual(expected);
  });

  it('is refused until volume and machine are approved, and the refusal names both', () => {
    const changes = change({}, { dataSnapshot: first });
    expect(() => guard(changes, ['DataVolume'])).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/would replace Host \(AWS::EC2::Instance\) because \w+\.VolumeId changed/),
        next: expect.stringMatching(/--approve DataVolume --approve Host$/),
      }),
    );
    expect(() => guard(changes, ['DataVolume', 'Host'])).not.toThrow();
  });

  it('changes nothing of alarms, rules and addresses but what refers to the machine', () => {
    const changes = change({}, { dataSnapshot: first });
    expect(changes.filter(({ stack }) => stack === 'dojang-prod-network')).toEqual([]);
    expect(changes.filter(({ stack, type }) => stack === 'dojang-prod-addresses' && type !== 'AWS::EC2::Volume')).toEqual([]);
  });
});

describe('the same data volume', () => {
  it('keeps its machine when it grows, with and without a snapshot', () => {
    for (const dataSnapshot of [undefined, first]) {
      const before = dataSnapshot === undefined ? {} : { dataSnapshot };
      expect(losses(change(before, { ...before, dataDisk: Size.gib(80) }))).toEqual([
        `update ${dataSnapshot === undefined ? 'DataVolume' : 'DataVolumeSnap0123456789abcdef0'} Size`,
      ]);
    }
  });
});
