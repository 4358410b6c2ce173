import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from '../../../lib/inventory/difference.ts';
import { guard, unapproved } from '../../../lib/inventory/guard.ts';
import { fromTemplate, inOrder } from '../../../lib/inventory/inventory.ts';
import { normalise } from '../../../lib/inventory/normalise.ts';
import type { PlannedResource, ResourceChange } from '../../../lib/inventory/resource.ts';

const volume: PlannedResource = {
  cloud: 'aws',
  stack: 'x-addresses',
  id: 'DataVolume',
  type: 'AWS::EC2::Volume',
  properties: { AvailabilityZone: 'ap-northeast-2a', Encrypted: true, Size: 50, VolumeType: 'gp3' },
};
const disk: PlannedResource = {
  cloud: 'gcp',
  stack: 'data',
  id: 'ai-data',
  type: 'gcp:compute/disk:Disk',
  properties: { name: 'x-data', size: 100, type: 'pd-balanced', zone: 'asia-northeast3-b' },
};
const machine: PlannedResource = {
  cloud: 'aws',
  stack: 'x-host',
  id: 'Host',
  type: 'AWS::EC2::Instance',
  properties: { ImageId: 'ami-1', InstanceType: 'm7g.large', UserData: 'a' },
};
const address: PlannedResource = {
  cloud: 'aws',
  stack: 'x-addresses',
  id: 'Address',
  type: 'AWS::EC2::EIP',
  properties: { Domain: 'vpc' },
};
const alarm: PlannedResource = { cloud: 'aws', stack: 'x-host', id: 'Cpu', type: 'AWS::CloudWatch::Alarm', properties: { Threshold: 80 } };
const before = inOrder([volume, disk, machine, address, alarm]);

/** The change to one resource when its properties change so. */
function change(resource: PlannedResource, properties: PlannedResource['properties']): ResourceChange | undefined {
  const after = before.map((each) => (each === resource ? { ...each, properties: { ...each.properties, ...properties } } : each));
  return difference(before, inOrder(after))[0];
}

describe('what a change does', () => {
  const cases: [string, PlannedResource, PlannedResource['properties'], string, string[]][] = [
    ['a larger volume grows in place', volume, { Size: 80 }, 'update', ['Size']],
    ['a smaller volume is another one', volume, { Size: 20 }, 'replace', ['Size (smaller)']],
    ['a volume in another zone is another one', volume, { AvailabilityZone: 'ap-northeast-2c' }, 'replace', ['AvailabilityZone']],
    ['a larger disk grows in place', disk, { size: 200 }, 'update', ['size']],
    ['a smaller disk is another one', disk, { size: 50 }, 'replace', ['size']],
    ['a disk in another zone is another one', disk, { zone: 'asia-northeast3-c' }, 'replace', ['zone']],
    ['another image is another machine', machine, { ImageId: 'ami-2' }, 'replace', ['ImageId']],
    ['other user data is the same machine', machine, { UserData: 'b' }, 'update', ['UserData']],
    ['a larger machine is the same machine', machine, { InstanceType: 'm7g.xlarge' }, 'update', ['InstanceType']],
    ['an alarm renamed is another alarm, by the specification', alarm, { AlarmName: 'cpu' }, 'replace', ['AlarmName']],
    ['an alarm with another threshold is the same', alarm, { Threshold: 90 }, 'update', ['Threshold']],
  ];

  it.each(cases)('%s', (_, resource, properties, effect, changed) => {
    expect(change(resource, properties)).toEqual({
      cloud: resource.cloud,
      stack: resource.stack,
      id: resource.id,
      type: resource.type,
      effect,
      changed,
    });
  });

  it('names what comes and what goes', () => {
    const later = inOrder([...before.filter(({ id }) => id !== 'Address'), { ...alarm, id: 'Disk' }]);
    expect(difference(before, later).map(({ id, effect }) => `${effect} ${id}`)).toEqual(['create Disk', 'delete Address']);
  });

  it('reports a resource that moves to another stack as deleted and created', () => {
    const moved = inOrder(before.map((each) => (each.id === 'Address' ? { ...each, stack: 'x-host' } : each)));
    expect(difference(before, moved).map(({ id, effect }) => `${effect} ${id}`)).toEqual(['create Address', 'delete Address']);
  });
});

describe('what refers to a replaced resource', () => {
  const resource = (stack: string, id: string, type: string, properties: PlannedResource['properties']): PlannedResource => ({
    cloud: type.startsWith('AWS') ? 'aws' : 'gcp',
    stack,
    id,
    type,
    properties,
  });

  it('is replaced with it, through exports and any number of steps', () => {
    const chain = (range: string) => [
      resource('n', 'Vpc', 'AWS::EC2::VPC', { CidrBlock: range }),
      resource('n', 'Subnet', 'AWS::EC2::Subnet', { CidrBlock: '10.0.0.0/26', VpcId: { ref: 'Vpc' } }),
      resource('h', 'Host', 'AWS::EC2::Instance', { SubnetId: { 'Fn::ImportValue': 'n:ExportsOutputRefSubnetABCD1234' } }),
      resource('h', 'Other', 'AWS::EC2::Instance', { SubnetId: { 'Fn::ImportValue': 'n:ExportsOutputRefSubnetGroupABCD1234' } }),
    ];
    const changes = difference(chain('10.0.0.0/24'), chain('10.1.0.0/24'));
    expect(changes.map(({ id, effect, changed }) => `${effect} ${id} ${changed}`)).toEqual([
      'replace Vpc CidrBlock',
      'replace Subnet VpcId',
      'replace Host SubnetId',
    ]);
    expect(() => guard(changes, [])).toThrow('would replace Host');
  });

  it('is replaced on GCP too', () => {
    const chain = (name: string) => [
      resource('n', 'network', 'gcp:compute/network:Network', { name }),
      resource('n', 'subnet', 'gcp:compute/subnetwork:Subnetwork', { network: { ref: 'network' }, ipCidrRange: '10.0.0.0/24' }),
    ];
    expect(difference(chain('a'), chain('b')).map(({ id, effect }) => `${effect} ${id}`)).toEqual(['replace network', 'replace subnet']);
  });
});

it('a stateful resource that loses its protection needs an approval', () => {
  const changes = difference([{ ...volume, retained: true }], [volume]);
  expect(changes.map(({ effect, id }) => `${effect} ${id}`)).toEqual(['unprotect DataVolume']);
  expect(() => guard(changes, [])).toThrow('would unprotect DataVolume');
  expect(() => guard(changes, ['DataVolume'])).not.toThrow();
  expect(difference([volume], [{ ...volume, retained: true }])).toEqual([]);
});

describe('the guard for stateful resources', () => {
  const lost = (id: string, type: string, effect: ResourceChange['effect']): ResourceChange => ({
    cloud: 'aws',
    stack: 's',
    id,
    type,
    effect,
    changed: [],
  });

  it('refuses to replace or delete what holds data, an address or the service', () => {
    for (const effect of ['replace', 'delete'] as const) {
      expect(() => guard([lost('DataVolume', 'AWS::EC2::Volume', effect)], [])).toThrow(`would ${effect} DataVolume`);
      expect(() => guard([lost('Host', 'AWS::EC2::Instance', effect)], [])).toThrow('Host');
      expect(() => guard([lost('ai-address', 'gcp:compute/address:Address', effect)], [])).toThrow('ai-address');
    }
  });

  it('lets everything else pass', () => {
    expect(unapproved([lost('Cpu', 'AWS::CloudWatch::Alarm', 'delete'), lost('DataVolume', 'AWS::EC2::Volume', 'update')], [])).toEqual([]);
  });

  it('an approval is for the resource that it names and no other', () => {
    const changes = [lost('DataVolume', 'AWS::EC2::Volume', 'replace'), lost('Address', 'AWS::EC2::EIP', 'delete')];
    expect(unapproved(changes, ['DataVolume']).map(({ id }) => id)).toEqual(['Address']);
    expect(unapproved(changes, ['DataVolume', 'Address'])).toEqual([]);
  });
});

describe('an inventory', () => {
  it('masks what follows content, turns references into one form and sorts', () => {
    const hash = 'a'.repeat(64);
    expect(
      normalise({
        S3Key: `${hash}.zip`,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Vpc: { Ref: 'Vpc' },
        Gone: undefined,
        Tags: [{ Key: 'b' }, { Key: 'a' }],
        Order: [{ Key: 'b' }, { Key: 'a' }],
      }),
    ).toEqual({
      Order: [{ Key: 'b' }, { Key: 'a' }],
      Role: { ref: 'Role.Arn' },
      S3Key: '<hash>.zip',
      Tags: [{ Key: 'a' }, { Key: 'b' }],
      Vpc: { ref: 'Vpc' },
    });
  });

  it('reads any template and leaves out the record of the CDK itself', () => {
    const template = { Resources: { M: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'x' } }, B: { Type: 'AWS::S3::Bucket' } } };
    expect(fromTemplate('s', template)).toEqual([{ cloud: 'aws', stack: 's', id: 'B', type: 'AWS::S3::Bucket', properties: {} }]);
    expect(fromTemplate('s', {})).toEqual([]);
  });

  const resources = fc.uniqueArray(
    fc.record({
      cloud: fc.constantFrom('aws' as const, 'gcp' as const),
      stack: fc.constantFrom('one', 'two'),
      id: fc.string({ minLength: 1, maxLength: 4 }),
      type: fc.constantFrom('AWS::EC2::Volume', 'AWS::SNS::Topic', 'gcp:compute/disk:Disk', 'unknown:type'),
      properties: fc.dictionary(fc.constantFrom('Size', 'zone', 'Name'), fc.oneof(fc.nat(9), fc.string({ maxLength: 3 }))).map(normalise),
    }),
    { selector: ({ cloud, stack, id }) => `${cloud}\n${stack}\n${id}`, maxLength: 12 },
  );

  it('is the same whatever the order of its resources', () => {
    fc.assert(
      fc.property(resources, fc.infiniteStream(fc.nat()), (list, numbers) => {
        const shuffled = list.map((item) => [numbers.next().value, item] as const).sort(([one], [other]) => one - other);
        expect(inOrder(shuffled.map(([, item]) => item))).toEqual(inOrder(list));
      }),
    );
  });

  it('does not differ from itself, nor from what its file holds', () => {
    fc.assert(
      fc.property(resources, (list) => {
        const inventory = inOrder(list);
        expect(difference(inventory, JSON.parse(JSON.stringify(inventory)) as PlannedResource[])).toEqual([]);
      }),
    );
  });

  it('a difference accounts for every resource that came or went, both ways', () => {
    fc.assert(
      fc.property(resources, resources, (one, other) => {
        const [a, b] = [inOrder(one), inOrder(other)];
        const count = (changes: ResourceChange[], effect: string) => changes.filter((each) => each.effect === effect).length;
        const [there, back] = [difference(a, b), difference(b, a)];
        expect(count(there, 'create')).toBe(count(back, 'delete'));
        expect(a.length + count(there, 'create') - count(there, 'delete')).toBe(b.length);
      }),
    );
  });
});
