/** How models declare what the provider charges for their type. */
import type { BilledDimension } from '../component.ts';

type Lines = readonly [string | RegExp, ...(string | RegExp)[]];

/** Computed from the properties of the resource. */
export function fromPlan(what: string, ...lines: Lines): BilledDimension {
  return { what, from: 'plan', lines };
}

/** Follows the usage file. */
export function fromUsage(what: string, ...lines: Lines): BilledDimension {
  return { what, from: 'usage', lines };
}

/** Has no line, and why: the reports name it. */
export function notCovered(what: string, note: string): BilledDimension {
  return { what, from: 'nothing', lines: [], note };
}

/** Billed with another resource, or as part of it. */
export function elsewhere(what: string, note: string): BilledDimension {
  return { what, from: 'elsewhere', lines: [], note };
}

/** With something to know about how it is covered. */
export function noted(dimension: BilledDimension, note: string): BilledDimension {
  return { ...dimension, note };
}
