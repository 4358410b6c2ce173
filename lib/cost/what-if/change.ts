/**
 * What could be planned instead: changes of the resources that are planned, as they would be
 * billed.
 */
import { DojangError } from '../../errors/dojang-error.ts';
import type { BilledResource } from '../component.ts';
import { withGpu } from './gpu.ts';
import { type Needs, type Shape, shapes, withShape } from './topology.ts';

/** Asked for as text, like `--region aws=us-east-1 --gpu runpod`. */
export interface WhatIf {
  readonly region: readonly string[];
  readonly machine: readonly string[];
  readonly gpu?: string;
  readonly topology?: string;
}

/**
 * The resources with all of it changed: shape first, so that a machine or region that is asked for
 * holds for what the shape adds.
 * @throws DojangError `unknown-what-if` for something that cannot be asked.
 */
export function changed(
  resources: readonly BilledResource[],
  { region, machine, gpu, topology }: WhatIf,
  needs: Needs,
): readonly BilledResource[] {
  const shaped = topology === undefined ? resources : withShape(resources, shapeOf(topology), needs);
  const machines = pairs('machine', machine, 'm7g.xlarge').reduce((all, [cloud, type]) => withMachine(all, cloud, type), shaped);
  const calculating = gpu === undefined ? machines : withGpu(machines, gpu);
  return pairs('region', region, 'us-east-1').reduce((all, [cloud, name]) => inRegion(all, cloud, name), calculating);
}

function shapeOf(text: string): Shape {
  const shape = shapes.find((each) => each === text);
  if (shape) return shape;
  throw unknown(`--topology ${text}`, `write one of ${shapes.join(', ')}`);
}

type Pair = readonly ['aws' | 'gcp', string];

function pairs(option: string, texts: readonly string[], example: string): Pair[] {
  return texts.map((text) => {
    const [, cloud, value] = /^(aws|gcp)=(\S+)$/.exec(text) ?? [];
    if ((cloud === 'aws' || cloud === 'gcp') && value) return [cloud, value];
    throw unknown(`--${option} ${text}`, `write a cloud and what it should be, like --${option} aws=${example}`);
  });
}

function unknown(asked: string, next: string): DojangError {
  return new DojangError('unknown-what-if', `${asked} is nothing that can be asked`, { next });
}

/**
 * Only where a thing is billed changes; names and zones in its properties say nothing about its
 * price.
 */
function inRegion(resources: readonly BilledResource[], provider: string, region: string): BilledResource[] {
  return resources.map((resource) => (resource.provider === provider && resource.region !== 'global' ? { ...resource, region } : resource));
}

/** How each cloud names its machine types; whether there is a price is another question. */
const named = { aws: /^[a-z]+\d[a-z\d-]*\.[a-z\d-]+$/, gcp: /^[a-z]\d[a-z]?-[a-z]+(-[a-z\d]+)*$/ } as const;

const machineProperty = { aws: ['AWS::EC2::Instance', 'InstanceType'], gcp: ['gcp:compute/instance:Instance', 'machineType'] } as const;

function withMachine(resources: readonly BilledResource[], cloud: 'aws' | 'gcp', machine: string): BilledResource[] {
  const [type, property] = machineProperty[cloud];
  if (!named[cloud].test(machine)) {
    throw unknown(
      `--machine ${cloud}=${machine}`,
      `write a machine type, like ${cloud === 'aws' ? 'aws=m7g.xlarge' : 'gcp=n1-standard-4'}`,
    );
  }
  return resources.map((resource) =>
    resource.type === type ? { ...resource, properties: { ...resource.properties, [property]: machine } } : resource,
  );
}
