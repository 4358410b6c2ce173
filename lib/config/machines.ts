/** What a machine type of either cloud has, as far as a configuration is checked against it. */
import { Size } from '../values/size.ts';

type Architecture = 'arm64' | 'x86_64';

export interface MachineType {
  readonly name: string;
  readonly vcpus: number;
  readonly memory: Size;
  readonly architecture: Architecture;
}

/**
 * GiB of memory for each vCPU, by the letter of the family.
 * https://aws.amazon.com/ec2/instance-types/
 */
const memoryPerVcpu: Record<string, number> = { c: 2, m: 4, r: 8 };

/** vCPUs by size, the same in every c, m and r family of Graviton, and of x86 from `large` up. */
const vcpusBySize: Record<string, number> = { medium: 1, large: 2, xlarge: 4, '2xlarge': 8, '4xlarge': 16, '8xlarge': 32 };

/** vCPUs and GiB of the burstable families t3, t3a and t4g. */
const burstable: Record<string, readonly [number, number]> = {
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  '2xlarge': [8, 32],
};

/**
 * An EC2 machine type by its name, or undefined when the name is none that we know, like
 * `m7g.huge`.
 */
export function awsMachine(name: string): MachineType | undefined {
  const [, letter, generation, attributes, size] = /^([cmrt])(\d)([a-z]*)\.(\w+)$/.exec(name) ?? [];
  if (!letter || !generation || !size) return undefined;
  const architecture: Architecture = attributes?.startsWith('g') ? 'arm64' : 'x86_64';
  const shape = letter === 't' ? burstable[size] : regular(letter, size, architecture);
  return shape && { name, vcpus: shape[0], memory: Size.mib(shape[1] * 1024), architecture };
}

function regular(letter: string, size: string, architecture: Architecture): readonly [number, number] | undefined {
  const vcpus = vcpusBySize[size];
  const perVcpu = memoryPerVcpu[letter];
  if (!vcpus || !perVcpu || (size === 'medium' && architecture === 'x86_64')) return undefined;
  return [vcpus, vcpus * perVcpu];
}

/**
 * A Compute Engine machine type of the N1 family, the one that takes a T4; undefined for any other
 * name.
 */
export function gcpMachine(name: string): MachineType | undefined {
  const [, vcpus] = /^n1-standard-(1|2|4|8|16|32|64|96)$/.exec(name) ?? [];
  if (!vcpus) return undefined;
  return { name, vcpus: Number(vcpus), memory: Size.mib(Number(vcpus) * 3840), architecture: 'x86_64' };
}

/**
 * Zones that have a T4, for the regions we know.
 * https://cloud.google.com/compute/docs/gpus/gpu-regions-zones (2026-11). A region that is missing
 * here is not checked.
 */
export const zonesWithT4: Readonly<Record<string, readonly string[]>> = {
  'asia-northeast3': ['asia-northeast3-b', 'asia-northeast3-c'],
  'us-central1': ['us-central1-a', 'us-central1-b', 'us-central1-f'],
};
