/** The usual names of the resources worth a box of their own, and what kind of one it is. */
import { isObject } from '../../../inventory/normalise.ts';
import type { Json, Properties } from '../../../inventory/resource.ts';

interface Label {
  readonly name: string;
  /** The machine, size or class. */
  readonly kind: (properties: Properties) => string;
}

const nothing = () => '';
const text = (value: Json | undefined) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const disk = (size: string, type: string) => (properties: Properties) => `${text(properties[size])} GB ${text(properties[type])}`;

const boxes: Readonly<Record<string, Label>> = {
  'AWS::EC2::EIP': { name: 'public address', kind: nothing },
  'AWS::EC2::Instance': { name: 'machine', kind: ({ InstanceType }) => text(InstanceType) },
  'AWS::EC2::Volume': { name: 'data volume', kind: disk('Size', 'VolumeType') },
  'AWS::EC2::NatGateway': { name: 'NAT gateway', kind: nothing },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { name: 'load balancer', kind: ({ Type }) => text(Type) },
  'AWS::RDS::DBInstance': { name: 'database', kind: ({ DBInstanceClass }) => text(DBInstanceClass) },
  'AWS::S3::Bucket': { name: 'bucket', kind: nothing },
  'AWS::SQS::Queue': { name: 'queue', kind: nothing },
  'AWS::ECS::Service': { name: 'containers', kind: ({ DesiredCount }) => `${text(DesiredCount) || '1'} tasks` },
  'gcp:compute/address:Address': { name: 'public address', kind: nothing },
  'gcp:compute/disk:Disk': { name: 'data disk', kind: disk('size', 'type') },
  'gcp:compute/instance:Instance': { name: 'GPU machine', kind: gpuMachine },
  'gcp:storage/bucket:Bucket': { name: 'bucket', kind: nothing },
  'runpod:serverless/endpoint:Endpoint': { name: 'GPU workers', kind: ({ gpu }) => text(gpu) },
};

/** Undefined for what is shown together with others. */
export function labelFor(type: string): Label | undefined {
  return Object.hasOwn(boxes, type) ? boxes[type] : undefined;
}

function gpuMachine({ machineType, guestAccelerators }: Properties): string {
  const [gpu] = Array.isArray(guestAccelerators) ? guestAccelerators : [];
  const model = isObject(gpu) ? text(gpu.type).replace('nvidia-tesla-', '').toUpperCase() : '';
  return isObject(gpu) ? `${text(machineType)} + ${text(gpu.count)} ${model}` : text(machineType);
}
