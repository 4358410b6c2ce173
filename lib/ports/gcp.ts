/** The GCP side of one environment; `scripts/io/gcp` implements it. */
import type { ResourceChange } from '../inventory/resource.ts';
import type { ActualRule } from '../wiring/rule.ts';
import type { Outputs } from './outputs.ts';
import type { Progress } from './reporter.ts';
import type { DiskSnapshot } from './snapshots.ts';

/** What the GCP program is given beside the environment. */
export interface GcpInputs {
  /** The peer: the AWS Elastic IP. */
  readonly awsAddress: string;
  /** The zone to use; one of the configured zones. */
  readonly zone: string;
  /**
   * Names of resources that may be replaced or deleted this once; all others that hold something
   * are protected.
   */
  readonly approved?: readonly string[];
}

/** Whether the image that a new GPU machine would boot from can be had. */
export type ImageState =
  | { readonly kind: 'found' /** Like `common-cu129-ubuntu-2204-nvidia-580-v20261101`. */; readonly name: string }
  /** No image has this name, or every image of the family was retired. */
  | { readonly kind: 'not-found' }
  /**
   * It could not be asked, like before the Compute API is on; or the form of the name is one that
   * only Google resolves.
   */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The GCP side of one environment. */
export interface GcpCloud {
  /** Resolves `gcp.image` as it is now. Changes nothing. */
  image(): Promise<ImageState>;
  /** The snapshot of this name in the project; undefined when there is none. */
  snapshot(name: string): Promise<DiskSnapshot | undefined>;
  /** The inputs of the last deployment; undefined before the first. */
  inputs(): Promise<GcpInputs | undefined>;
  /**
   * What `up` would change; the engine's own preview. A replacement that protection forbids is
   * reported, not thrown.
   */
  changes(inputs: GcpInputs): Promise<readonly ResourceChange[]>;
  /**
   * Deploys. Clears what an interrupted run left behind first. Machines that are to lose their disk
   * are stopped before, and one that is stopped is started in the end.
   * @throws NoCapacity when the zone has no T4 left or the quota allows none.
   */
  up(inputs: GcpInputs, progress: Progress): Promise<Outputs>;
  /**
   * Removes the environment after its machines have stopped; with `keep`, resources of these names
   * stay.
   */
  destroy(options: { readonly keep: readonly string[] }, progress: Progress): Promise<void>;
  outputs(): Promise<Outputs>;
  /** Brings the recorded state up to date with what is really there. */
  refresh(progress: Progress): Promise<void>;
  /**
   * Puts the program's own firewalls right and touches nothing else, whatever else is to be
   * changed.
   */
  repairRules(inputs: GcpInputs, progress: Progress): Promise<void>;
  /**
   * Every enabled allow rule on the network of this name, no matter who made it; empty when it does
   * not exist.
   */
  rules(network: string): Promise<readonly ActualRule[]>;
  revoke(rule: ActualRule): Promise<void>;
}
