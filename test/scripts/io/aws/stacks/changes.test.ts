import { describe, expect, it } from 'vitest';
import type { Template } from '../../../../../lib/inventory/inventory.ts';
import { changesBetween } from '../../../../../scripts/io/aws/stacks/changes.ts';

const stack = 'shop-prod-addresses';
const volume = { AvailabilityZone: 'ap-northeast-2a', Size: 50 };
const empty: ReadonlyMap<string, Template> = new Map([[stack, { Resources: {} }]]);

function template(properties: object, more: object = {}): ReadonlyMap<string, Template> {
  return new Map([[stack, { Resources: { Data: { Type: 'AWS::EC2::Volume', Properties: properties, ...more } } }]]);
}

describe('changes of deployed stacks', () => {
  it('are creations when nothing is deployed', () => {
    expect(changesBetween(new Map(), template(volume))).toEqual([
      { cloud: 'aws', stack, id: 'Data', type: 'AWS::EC2::Volume', effect: 'create', changed: [] },
    ]);
  });

  it('update a larger volume and replace one in another zone', () => {
    expect(changesBetween(template(volume), template({ ...volume, Size: 60 }))).toMatchObject([{ effect: 'update', changed: ['Size'] }]);
    expect(changesBetween(template(volume), template({ ...volume, AvailabilityZone: 'ap-northeast-2c' }))).toMatchObject([
      { effect: 'replace', changed: ['AvailabilityZone'] },
    ]);
  });

  it('count a retained resource that leaves the template as deleted', () => {
    expect(changesBetween(template(volume, { DeletionPolicy: 'Retain' }), empty)).toMatchObject([{ id: 'Data', effect: 'delete' }]);
  });

  it('do not see metadata', () => {
    const deployed = template(volume, { Metadata: { 'aws:cdk:path': 'old' } });
    const wanted = new Map([
      [stack, { Resources: { ...template(volume).get(stack)?.Resources, CDKMetadata: { Type: 'AWS::CDK::Metadata' } } }],
    ]);
    expect(changesBetween(deployed, wanted)).toEqual([]);
  });
});
