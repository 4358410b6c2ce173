/** The AWS side of one environment; `scripts/io/aws` implements it. */
import type { ResourceChange } from '../inventory/resource.ts';
import type { ActualRule, Rule } from '../wiring/rule.ts';
import type { AuditStore } from './audit.ts';
import type { DumpStore } from './dumps.ts';
import type { LockStore } from './lock.ts';
import type { Outputs } from './outputs.ts';
import type { RecordStore } from './records.ts';
import type { Progress } from './reporter.ts';
import type { DiskSnapshot } from './snapshots.ts';

/** One CloudFormation stack as it is. */
export interface StackStatus {
  readonly name: string;
  /**
   * CloudFormation's own word, like `UPDATE_COMPLETE`; `NOT_DEPLOYED` when there is no such stack.
   */
  readonly status: string;
}

/** Who receives what is published to a topic. */
export interface TopicSubscription {
  /** Like `email`. */
  readonly protocol: string;
  /** Like `ops@example.com`. */
  readonly endpoint: string;
  /** Nothing is delivered before. */
  readonly confirmed: boolean;
}

/** A volume that was the data volume of the environment, and stays in the account. */
export interface FormerVolume {
  /** Like `vol-0abc`. */
  readonly id: string;
  readonly gib: number;
  readonly zone: string;
}

/** The AWS side of one environment. */
export interface AwsCloud {
  /** Makes the account ready for the CDK. Does nothing when it already is. */
  bootstrap(progress: Progress): Promise<void>;
  /** What a deployment of these stacks would change, by comparison with the deployed templates. */
  changes(stacks: readonly string[]): Promise<readonly ResourceChange[]>;
  /**
   * Deploys these stacks and nothing else; waits first when an earlier, interrupted deployment is
   * still running. Machines of theirs that are stopped are started.
   */
  deploy(stacks: readonly string[], progress: Progress): Promise<void>;
  /**
   * Removes these stacks in reverse order, after their machines have stopped. A stack that is not
   * there is no fault.
   */
  destroy(stacks: readonly string[], progress: Progress): Promise<void>;
  status(stacks: readonly string[]): Promise<readonly StackStatus[]>;
  /** Outputs of these stacks, merged; empty for a stack that is not deployed. */
  outputs(stacks: readonly string[]): Promise<Outputs>;
  /** Rules of the security group with this name; empty when it does not exist. */
  rules(group: string): Promise<readonly ActualRule[]>;
  allow(rule: Rule): Promise<void>;
  revoke(rule: ActualRule): Promise<void>;
  /** Values of these SSM parameters; one that does not exist is missing from the answer. */
  parameters(names: readonly string[]): Promise<Outputs>;
  putParameter(name: string, value: string): Promise<void>;
  deleteParameters(names: readonly string[]): Promise<void>;
  /** Where the lock of the environment lies, for all operators; nothing is asked yet. */
  lockStore(bucket: string): LockStore;
  /** Where the records of releases lie; nothing is asked yet. */
  recordStore(bucket: string): RecordStore;
  /** Where the audit records of the environment lie; nothing is asked yet. */
  auditStore(bucket: string): AuditStore;
  /** What a restore of the database begins with; nothing is asked yet. */
  dumpStore(bucket: string): DumpStore;
  /**
   * Uploads a file unless its key is there; `progress` hears of an upload only. Answers whether it
   * was uploaded.
   */
  putArtifact(bucket: string, key: string, file: string, progress: Progress): Promise<boolean>;
  /** Subscriptions of the topic with this ARN. */
  subscriptions(topic: string): Promise<readonly TopicSubscription[]>;
  /** The snapshot with this id; undefined when there is none. */
  snapshot(id: string): Promise<DiskSnapshot | undefined>;
  /**
   * Volumes that were the data volume of the environment before `current`. The daily snapshots,
   * which go by a tag, no longer take them.
   */
  releaseVolumes(current: string): Promise<readonly FormerVolume[]>;
}
