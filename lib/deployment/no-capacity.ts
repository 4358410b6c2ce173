/** A zone that has no GPU for us, as an error that `up` can act on. */
import { DojangError } from '../errors/dojang-error.ts';

export interface CapacityDetails {
  /** `stock-out`: the zone has none left. `quota`: this project may not have one. */
  readonly kind: 'stock-out' | 'quota';
  readonly zone: string;
  /** Zones that have some, as the cloud reports; undefined when it does not. */
  readonly zonesAvailable: readonly string[] | undefined;
  /** The quota that is too small, like `GPUS_ALL_REGIONS`. */
  readonly quota: string | undefined;
}

/**
 * The zone can't give the machine. Nothing half-made is left in it, so another zone may be tried at
 * once unless `heldBy` names something.
 */
export class NoCapacity extends DojangError implements CapacityDetails {
  readonly kind: CapacityDetails['kind'];
  readonly zone: string;
  readonly zonesAvailable: readonly string[] | undefined;
  readonly quota: string | undefined;
  /**
   * Resources in the zone that hold data: with them, the environment can't move to another zone.
   */
  readonly heldBy: readonly string[];

  constructor(details: CapacityDetails, heldBy: readonly string[], cause?: unknown) {
    const { kind, zone, zonesAvailable, quota } = details;
    super(kind === 'stock-out' ? 'no-stock' : 'no-quota', lackOf(details), {
      why: whyFor(details, heldBy),
      next: nextFor(details, heldBy),
      cause,
    });
    this.kind = kind;
    this.zone = zone;
    this.zonesAvailable = zonesAvailable;
    this.quota = quota;
    this.heldBy = heldBy;
  }
}

/**
 * What the provider's words for a failed creation say about capacity; undefined when they are about
 * something else.
 */
export function capacityIn(text: string, zone: string): CapacityDetails | undefined {
  const quota = /Quota '([\w-]+)' exceeded/.exec(text)?.[1];
  if (quota) return { kind: 'quota', zone, quota, zonesAvailable: undefined };
  if (!/ZONE_RESOURCE_POOL_EXHAUSTED|does not have enough resources available/.test(text)) return undefined;
  const named = /zones\/([a-z0-9-]+)'? does not have enough/.exec(text)?.[1];
  const available = /zonesAvailable["']?\s*[:=]\s*["']?([a-z0-9-]+(?:,\s*[a-z0-9-]+)*)/.exec(text)?.[1];
  return { kind: 'stock-out', zone: named ?? zone, quota: undefined, zonesAvailable: available?.split(/,\s*/) };
}

/** What the zone lacks, as half a sentence. */
export function lackOf({ kind, zone, quota }: CapacityDetails): string {
  return kind === 'stock-out' ? `${zone} has no T4 left` : `the quota ${quota} allows no T4 in ${zone}`;
}

function whyFor({ kind, zonesAvailable }: CapacityDetails, heldBy: readonly string[]): string {
  if (heldBy.length > 0) return `Another zone can't be taken: ${heldBy.join(', ')} in this zone holds data.`;
  if (kind === 'quota') return 'New projects start with a GPU quota of 0.';
  return zonesAvailable ? `Google has some in ${zonesAvailable.join(', ')}.` : 'Google does not say which zone has some.';
}

function nextFor({ kind }: CapacityDetails, heldBy: readonly string[]): string {
  if (kind === 'quota') return 'ask for a higher quota at https://console.cloud.google.com/iam-admin/quotas';
  if (heldBy.length === 0) return 'try again later, or configure another zone';
  return `run it again later, or move on purpose and lose what is held: dojang up ${heldBy.map((name) => `--approve ${name}`).join(' ')}`;
}
