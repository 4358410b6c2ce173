/** What `pulumi preview --json` prints of another project. */
import { expect, it } from 'vitest';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { noUsage } from '../../../../lib/cost/estimate/usage.ts';
import { parsePreview } from '../../../../lib/cost/sources/pulumi-preview.ts';
import { book, price } from '../books.ts';
import { day } from '../day.ts';

const urn = (type: string, name: string) => `urn:pulumi:prod::shop::shop:Group$${type}::${name}`;
const unknownValue = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

function step(op: string, type: string, name: string, inputs: object, more: object = {}) {
  return { op, urn: urn(type, name), newState: { urn: urn(type, name), custom: true, type, inputs, ...more } };
}

const address = 'gcp:compute/address:Address';
const preview = {
  config: { 'gcp:zone': 'asia-northeast3-b', 'aws:region': 'us-east-1' },
  steps: [
    {
      op: 'create',
      urn: 'urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod',
      newState: { urn: 'urn:pulumi:prod::shop::pulumi:pulumi:Stack::shop-prod', custom: false, type: 'pulumi:pulumi:Stack', inputs: {} },
    },
    step('create', address, 'ip', {}),
    step('create', 'gcp:compute/disk:Disk', 'data', { size: 100, type: 'pd-balanced', zone: 'us-central1-a' }),
    step(
      'create',
      'gcp:compute/instance:Instance',
      'vm',
      {
        machineType: 'n1-standard-2',
        bootDisk: { source: 'boot' },
        networkInterfaces: [{ accessConfigs: [{ natIp: unknownValue }], network: 'default' }],
      },
      { propertyDependencies: { networkInterfaces: [urn(address, 'ip')], machineType: null } },
    ),
    step('create', 'aws:ec2/instance:Instance', 'web', {
      instanceType: 't4g.small',
      associatePublicIpAddress: true,
      rootBlockDevice: { volumeSize: 20, volumeType: 'gp3' },
      ebsBlockDevices: [{ deviceName: '/dev/sdb', volumeSize: 300, volumeType: 'gp3' }],
    }),
    step('same', 'aws:rds/instance:Instance', 'db', {
      engine: 'postgres',
      instanceClass: 'db.t4g.micro',
      allocatedStorage: 20,
      storageType: 'gp3',
      availabilityZone: 'eu-west-1a',
    }),
    step('create', 'aws:lb/loadBalancer:LoadBalancer', 'lb', { internal: true, loadBalancerType: 'network' }),
    step('create', 'aws:quantum/computer:Computer', 'q', {}),
    step('create', 'kubernetes:apps/v1:Deployment', 'pods', {}),
    { op: 'delete', urn: urn(address, 'old') },
  ],
  changeSummary: { create: 8 },
};

const { resources, others } = parsePreview(preview, 'preview.json', undefined);

it('has what there will be, each in its region', () => {
  expect(resources.map(({ provider, region, stack, id, type }) => [provider, region, stack, id, type])).toEqual([
    ['gcp', 'asia-northeast3', 'prod', 'ip', address],
    ['gcp', 'us-central1', 'prod', 'data', 'gcp:compute/disk:Disk'],
    ['gcp', 'asia-northeast3', 'prod', 'vm', 'gcp:compute/instance:Instance'],
    ['aws', 'us-east-1', 'prod', 'web', 'AWS::EC2::Instance'],
    ['aws', 'eu-west-1', 'prod', 'db', 'AWS::RDS::DBInstance'],
    ['aws', 'us-east-1', 'prod', 'lb', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
    ['aws', 'us-east-1', 'prod', 'q', 'aws:quantum/computer:Computer'],
  ]);
});

it('names what is of providers without prices', () => {
  expect(others).toEqual(['kubernetes:apps/v1:Deployment']);
});

it('knows that an address is in use, though the preview does not know the address', () => {
  const inUse = price('gcp ip asia-northeast3', 'external IPv4 in use on a standard VM', 'hour', { usd: '0.005' });
  const costs = estimateCost(resources, book(inUse), noUsage, day).resources;
  expect(costs.flatMap(({ resource: { id }, lines }) => lines.filter(({ amount }) => amount).map(({ name }) => `${id} ${name}`))).toEqual([
    'ip External IPv4 address',
  ]);
});

it('gives each member of a list of addresses another address of those it depends on', () => {
  const nat = 'gcp:compute/routerNat:RouterNat';
  const dependencies = { propertyDependencies: { natIps: [urn(address, 'one'), urn(address, 'two')] } };
  const steps = [
    step('create', address, 'one', {}),
    step('create', address, 'two', {}),
    step('create', nat, 'nat', { natIps: [unknownValue, unknownValue] }, dependencies),
  ];
  const gateway = parsePreview({ steps }, 'preview.json', 'asia-northeast3').resources.find(({ type }) => type === nat);
  expect(gateway?.properties.natIps).toEqual([{ ref: 'one' }, { ref: 'two' }]);
});

it('does not take a disk for the root disk, nor what is not known yet for a no', () => {
  const steps = [
    step('create', 'aws:ec2/instance:Instance', 'db', { instanceType: 't4g.small', ebsBlockDevices: [{ deviceName: 'b', volumeSize: 9 }] }),
    step('create', 'aws:lb/loadBalancer:LoadBalancer', 'lb', { internal: unknownValue, subnets: ['a'] }),
  ];
  const costs = estimateCost(parsePreview({ steps }, 'preview.json', undefined).resources, book(), noUsage, day).resources;
  const lines = costs.flatMap(({ lines: its }) => its.map(({ name, quantity, reason }) => [name, quantity?.toFixed() ?? reason]));
  expect(Object.fromEntries(lines)).toMatchObject({
    'Root disk storage': 'the size of root is what the image says',
    'Disk b storage': '9',
    'Public IPv4 addresses': 'Scheme is {"ref":"internal"}, which is known only after the deployment',
  });
});

it.each([
  ['rootBlockDevice', unknownValue, 'Root disk storage', 'Type is known only after the deployment'],
  ['ebsBlockDevices', unknownValue, 'Disk (not known yet) storage', 'BlockDeviceMappings is known only after the deployment'],
  ['ebsBlockDevices', [unknownValue], 'Disk (not known yet) storage', 'BlockDeviceMappings is known only after the deployment'],
])('%s of %o is not taken for none', (name, value, line, reason) => {
  const steps = [step('create', 'aws:ec2/instance:Instance', 'db', { instanceType: 't4g.small', [name]: value })];
  const [cost] = estimateCost(parsePreview({ steps }, 'preview.json', undefined).resources, book(), noUsage, day).resources;
  expect(cost?.lines.find((each) => each.name === line)?.reason).toBe(reason);
});

it("says Pulumi's AWS types in the words of CloudFormation", () => {
  const lines = estimateCost(resources, book(), noUsage, day).resources.flatMap(({ resource: { id }, lines: its }) =>
    its.map(({ price: { item }, quantity }) => `${id} ${item} ${quantity?.toFixed() ?? '-'}`),
  );
  expect(lines).toEqual(
    expect.arrayContaining([
      'web t4g.small 730',
      'web gp3 storage 20',
      'web gp3 storage 300',
      'web public IPv4 address, in use or idle 730',
      'db PostgreSQL db.t4g.micro single-AZ 730',
      'db PostgreSQL gp3 storage single-AZ 20',
      'lb NLB 730',
    ]),
  );
});

it('refuses what is no preview', () => {
  expect(() => parsePreview({ steps: 'none' }, 'preview.json', undefined)).toThrow(
    /^preview.json is not what pulumi preview --json prints/,
  );
});
