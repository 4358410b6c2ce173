/** Another GPU: more of them, RunPod's workers, a machine of AWS, or none. */
import { DojangError } from '../../errors/dojang-error.ts';
import type { Json } from '../../inventory/resource.ts';
import type { BilledResource } from '../component.ts';
import { at } from '../resources/property-reader.ts';
import { withoutAddress } from './topology.ts';

/** The machine that takes the place of the one on GCP. */
export const gpuHostId = 'AiHost';

const machineType = 'gcp:compute/instance:Instance';
const words = 't4, 2xt4, 4xt4, none, runpod (24 GB, flex), runpod-active, or a machine of AWS like g4dn.xlarge';

/** @throws DojangError `unknown-what-if` for another word. */
export function withGpu(resources: readonly BilledResource[], gpu: string): readonly BilledResource[] {
  const [, count] = /^(?:([124])x)?t4$/.exec(gpu) ?? [undefined, 'no'];
  if (count !== 'no') return resources.map((resource) => withT4(resource, Number(count ?? '1')));
  if (gpu === 'none') return withoutMachine(resources);
  if (gpu === 'runpod') return [...withoutMachine(resources), endpoint(3, 0)];
  if (gpu === 'runpod-active') return [...withoutMachine(resources), endpoint(3, 1)];
  if (/^(g\d\w*|p\d\w*)\.\w+$/.test(gpu)) return onAws(resources, gpu);
  throw new DojangError('unknown-what-if', `--gpu ${gpu} is nothing that can be asked`, { next: `write one of ${words}` });
}

function withT4(resource: BilledResource, count: number): BilledResource {
  if (resource.type !== machineType) return resource;
  return { ...resource, properties: { ...resource.properties, guestAccelerators: [{ count, type: 'nvidia-tesla-t4' }] } };
}

/**
 * As the configuration does it: address and disk stay, because what is in them is let go on purpose
 * or not at all.
 */
function withoutMachine(resources: readonly BilledResource[]): BilledResource[] {
  return resources.filter(({ type }) => type !== machineType && type !== 'gcp:compute/attachedDisk:AttachedDisk');
}

function endpoint(flex: number, active: number): BilledResource {
  return {
    provider: 'runpod',
    region: 'global',
    stack: 'runpod',
    id: 'ai-endpoint',
    type: 'runpod:serverless/endpoint:Endpoint',
    properties: { gpu: '24 GB', workers: { active, flex } },
  };
}

/**
 * Everything in one cloud: a second machine with the same disks, reached within the network and so
 * without an address.
 */
function onAws(resources: readonly BilledResource[], machine: string): BilledResource[] {
  const host = resources.find(({ type }) => type === 'AWS::EC2::Instance');
  if (!host) return [...resources];
  const volumes = disksOf(resources).map((size) => ({ Ebs: { VolumeSize: size, VolumeType: 'gp3' } }));
  const gpu: BilledResource = {
    ...host,
    id: gpuHostId,
    properties: { InstanceType: machine, BlockDeviceMappings: volumes, NetworkInterfaces: withoutAddress },
  };
  return [...resources.filter(({ provider }) => provider !== 'gcp'), gpu];
}

/** GB of the boot disk and of each data disk that the machine on GCP has. */
function disksOf(resources: readonly BilledResource[]): readonly Json[] {
  const boot = resources
    .filter(({ type }) => type === machineType)
    .map(({ properties }) => at(properties, 'bootDisk.initializeParams.size'));
  const data = resources.filter(({ type }) => type === 'gcp:compute/disk:Disk').map(({ properties }) => properties.size);
  return [...boot, ...data].flatMap((size) => (size === undefined ? [] : [size]));
}
