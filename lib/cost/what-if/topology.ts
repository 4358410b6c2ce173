/**
 * The shapes B and C of the documents in place of one machine with everything on it: as large and
 * as closely watched as that one.
 */
import type { Json } from '../../inventory/resource.ts';
import type { Size } from '../../values/size.ts';
import type { BilledResource } from '../component.ts';
import { isUnknown, unknownProperty } from '../resources/property-reader.ts';
import { databaseClass } from './database-class.ts';
import { watching } from './host-alarms.ts';

/**
 * `split`: two small machines and a managed database. `private`: that behind a balancer, reaching
 * out through NAT.
 */
export const shapes = ['single', 'split', 'private'] as const;
export type Shape = (typeof shapes)[number];

/** What the configuration asks for and no resource of a plan shows. */
export interface Needs {
  /** InnoDB's, which the managed database must have room for. */
  readonly bufferPool: Size;
}

const machine = 'AWS::EC2::Instance';
const volume = 'AWS::EC2::Volume';
/** What the one machine has for itself, and what the managed database takes over. */
const ofOneMachine = new Set([machine, 'AWS::EC2::EIPAssociation', 'AWS::EC2::VolumeAttachment', volume, 'AWS::DLM::LifecyclePolicy']);

export function withShape(resources: readonly BilledResource[], shape: Shape, needs: Needs): readonly BilledResource[] {
  const host = resources.find(({ type }) => type === machine);
  if (shape === 'single' || !host) return resources;
  const shared = resources.filter(({ type }) => !ofOneMachine.has(type) && type !== 'AWS::EC2::EIP');
  const machines = ['Frontend', 'Backend'].map((id) => smaller(host, id));
  return [
    ...watching(shared, host, machines),
    ...machines,
    database(host, resources, needs),
    ...(shape === 'split' ? addresses(host) : entrance(host)),
  ];
}

type Make = (id: string, type: string, properties: Record<string, Json>) => BilledResource;

const onHostOf =
  (host: BilledResource): Make =>
  (id, type, properties) => ({ ...host, id, type, properties });

/**
 * A machine that is reached from outside has an Elastic IP or a balancer, which is billed by
 * itself.
 */
export const withoutAddress = [{ AssociatePublicIpAddress: false, DeviceIndex: '0' }];

/** Its root disk and its monitoring are those of the one machine. */
function smaller(host: BilledResource, id: string): BilledResource {
  const { BlockDeviceMappings = [], Monitoring = false } = host.properties;
  return onHostOf(host)(id, machine, {
    InstanceType: 't4g.small',
    BlockDeviceMappings,
    Monitoring,
    NetworkInterfaces: withoutAddress,
  });
}

/** Room for what the data volume has room for, and memory for the buffer pool. */
function database(host: BilledResource, resources: readonly BilledResource[], { bufferPool }: Needs): BilledResource {
  const data = resources.find((each) => each.type === volume && each.provider === host.provider);
  const size = databaseClass(bufferPool);
  return onHostOf(host)('Database', 'AWS::RDS::DBInstance', {
    AllocatedStorage: data?.properties.Size ?? smallestStorage,
    DBInstanceClass: isUnknown(size) ? unknownProperty(size) : size,
    Engine: 'mysql',
    MultiAZ: false,
    StorageType: 'gp3',
  });
}

/**
 * GiB of gp3, the least that RDS for MySQL takes.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html (2026-11)
 */
const smallestStorage = 20;

/** In a public subnet each machine is reached at an address of its own. */
function addresses(host: BilledResource): BilledResource[] {
  const make = onHostOf(host);
  return ['FrontendAddress', 'BackendAddress'].map((id) => make(id, 'AWS::EC2::EIP', { Domain: 'vpc' }));
}

/** A balancer in two zones, which has an address in each, and one NAT gateway with its own. */
function entrance(host: BilledResource): BilledResource[] {
  const make = onHostOf(host);
  return [
    make('Balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internet-facing',
      Subnets: [{ ref: 'PublicA' }, { ref: 'PublicB' }],
      Type: 'application',
    }),
    make('Nat', 'AWS::EC2::NatGateway', { AllocationId: { ref: 'NatAddress.AllocationId' } }),
    make('NatAddress', 'AWS::EC2::EIP', { Domain: 'vpc' }),
  ];
}
