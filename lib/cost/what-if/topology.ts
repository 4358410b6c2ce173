/** The shapes B and C of the documents in place of one machine with everything on it. */
import type { Json } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';

/** `split`: two small machines and a managed database. `private`: that behind a balancer, reaching out through NAT. */
export const shapes = ['single', 'split', 'private'] as const;
export type Shape = (typeof shapes)[number];

const machine = 'AWS::EC2::Instance';
/** What the one machine has for itself, and what the managed database takes over. */
const ofOneMachine = new Set([
  machine,
  'AWS::EC2::EIPAssociation',
  'AWS::EC2::VolumeAttachment',
  'AWS::EC2::Volume',
  'AWS::DLM::LifecyclePolicy',
]);

export function withShape(resources: readonly BilledResource[], shape: Shape): readonly BilledResource[] {
  const host = resources.find(({ type }) => type === machine);
  if (shape === 'single' || !host) return resources;
  const shared = resources.filter(({ type }) => !ofOneMachine.has(type) && type !== 'AWS::EC2::EIP');
  return [...shared, ...split(host), ...(shape === 'split' ? addresses(host) : entrance(host))];
}

type Make = (id: string, type: string, properties: Record<string, Json>) => BilledResource;

const beside =
  (host: BilledResource): Make =>
  (id, type, properties) => ({ ...host, id, type, properties });

/** Whoever is reached from outside has an Elastic IP or a balancer, which is billed by itself. */
export const withoutAddress = [{ AssociatePublicIpAddress: false, DeviceIndex: '0' }];

function split(host: BilledResource): BilledResource[] {
  const make = beside(host);
  const small = {
    InstanceType: 't4g.small',
    BlockDeviceMappings: [{ Ebs: { VolumeSize: 20, VolumeType: 'gp3' } }],
    NetworkInterfaces: withoutAddress,
  };
  return [
    make('Frontend', machine, small),
    make('Backend', machine, small),
    make('Database', 'AWS::RDS::DBInstance', {
      AllocatedStorage: '20',
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'mysql',
      MultiAZ: false,
      StorageType: 'gp3',
    }),
  ];
}

/** In a public subnet each machine is reached at an address of its own. */
function addresses(host: BilledResource): BilledResource[] {
  const make = beside(host);
  return ['FrontendAddress', 'BackendAddress'].map((id) => make(id, 'AWS::EC2::EIP', { Domain: 'vpc' }));
}

/** A balancer in two zones, which has an address in each, and one NAT gateway with its own. */
function entrance(host: BilledResource): BilledResource[] {
  const make = beside(host);
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
