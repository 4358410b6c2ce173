/**
 * What Compute Engine machine types consist of.
 * https://cloud.google.com/compute/docs/machine-resource (2026-10)
 */
import type { Big } from '../../../values/decimal.ts';
import { exact, whole, zero } from '../../decimal.ts';

/** GB of memory for each core of a predefined N1 machine. */
const memoryPerCore: Readonly<Record<string, Big | undefined>> = {
  standard: exact('3.75'),
  highmem: exact('6.5'),
  highcpu: exact('0.9'),
};

export interface Shape {
  readonly cores: Big;
  readonly memory: Big;
}

/**
 * Cores and memory of a predefined N1 machine: they are billed apart. Undefined for other families,
 * which the book prices whole.
 */
export function n1Shape(machineType: string): Shape | undefined {
  const [, kind = '', cores] = /^n1-(standard|highmem|highcpu)-(\d+)$/.exec(machineType) ?? [];
  const perCore = memoryPerCore[kind];
  const count = exact(cores) ?? zero;
  return perCore && { cores: count, memory: count.times(perCore) };
}

/** How many L4 a G2 machine has within its own price. */
const l4s: Readonly<Record<string, string>> = {
  '4': 'one',
  '8': 'one',
  '12': 'one',
  '16': 'one',
  '32': 'one',
  '24': 'two',
  '48': 'four',
  '96': 'eight',
};

/** A whole machine as the price book names it. */
export function machineItem(machineType: string, { spot }: { readonly spot: boolean }): string {
  if (spot) return `${machineType} spot`;
  const [, size = ''] = /^g2-standard-(\d+)$/.exec(machineType) ?? [];
  return l4s[size] ? `${machineType} (with ${l4s[size]} L4)` : machineType;
}

/** GPUs that are added to a machine, and the name of their price. */
const gpus: Readonly<Record<string, string>> = {
  'nvidia-tesla-t4': 'NVIDIA T4',
  'nvidia-tesla-p4': 'NVIDIA P4',
  'nvidia-tesla-p100': 'NVIDIA P100',
  'nvidia-tesla-v100': 'NVIDIA V100',
  'nvidia-l4': 'NVIDIA L4',
};

export function gpuItem(type: string): string {
  return gpus[type] ?? type;
}

/** Families whose GPUs are within the price of the machine. */
export function hasGpuInside(machineType: string): boolean {
  return /^(g2|a2|a3|a4|g4)-/.test(machineType);
}

export const localSsdGb = whole(375);
