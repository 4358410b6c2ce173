/**
 * What an environment consists of, the same for both clouds: the input of plans, guards, cost and
 * pictures.
 */

export type Cloud = 'aws' | 'gcp';
/** Where a planned resource lives. RunPod is planned and priced, and not deployed to yet. */
export type ResourceProvider = Cloud | 'runpod';
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Properties = { readonly [key: string]: Json };

/** One resource as the code plans it. */
export interface PlannedResource {
  readonly cloud: ResourceProvider;
  /** CloudFormation stack (`dojang-prod-host`) or Pulumi component (`server`). */
  readonly stack: string;
  /**
   * CloudFormation logical id or Pulumi resource name: what `--approve` takes. Unique within its
   * cloud.
   */
  readonly id: string;
  /** `AWS::EC2::Volume`, `gcp:compute/disk:Disk`, ... */
  readonly type: string;
  /** Inputs as declared: no hashes, references as `{ ref: id }`, keys in order. */
  readonly properties: Properties;
  /**
   * Whether it is protected: retained by CloudFormation, or `protect` of Pulumi. Left out when it
   * is not.
   */
  readonly retained?: true;
}

/** What an inventory is of. Two inventories are compared only when this is the same. */
export interface Deployment {
  readonly service: string;
  readonly environment: string;
  readonly account: string;
  readonly project: string;
}

/** Where each cloud's part of a deployment is: what its prices depend on. */
export type Regions = Readonly<Record<Cloud, string>>;

/** All resources of an environment in a stable order; what `plans/<env>.json` holds. */
export interface Inventory {
  readonly version: 1;
  readonly of: Deployment;
  /**
   * Missing in files of before the regions were written down; `regionsOf` then takes them from the
   * zones of the resources.
   */
  readonly regions?: Regions;
  readonly resources: readonly PlannedResource[];
}

/** What a change does to the resource itself. */
export type Effect = 'create' | 'update' | 'replace' | 'delete' | 'unprotect';

/** One change, computed from two inventories or reported by a cloud's own preview. */
export interface ResourceChange {
  readonly cloud: ResourceProvider;
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly effect: Effect;
  /**
   * Properties that differ, like `AvailabilityZone`; empty when the whole resource comes or goes.
   */
  readonly changed: readonly string[];
}
