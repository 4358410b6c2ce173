/** The ports through which the shell touches the world. Their implementations live in `scripts/io` and `scripts/local`. */
import type { ResourceChange } from './inventory/resource.ts';
import type { ActualRule, Rule } from './wiring/rule.ts';

/** Says in a few words what a long piece of work does or waits for right now. */
export type Progress = (note: string) => void;

/** Outputs of a deployment by name. */
export type Outputs = Readonly<Record<string, string>>;

/** One CloudFormation stack as it is. */
export interface StackStatus {
  readonly name: string;
  /** CloudFormation's own word, like `UPDATE_COMPLETE`; `NOT_DEPLOYED` when there is no such stack. */
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

/** The AWS side of one environment. */
export interface AwsCloud {
  /** Makes the account ready for the CDK. Does nothing when it already is. */
  bootstrap(progress: Progress): Promise<void>;
  /** What a deployment of these stacks would change, by comparison with the deployed templates. */
  changes(stacks: readonly string[]): Promise<readonly ResourceChange[]>;
  /**
   * Deploys these stacks and nothing else; waits first when an earlier, interrupted deployment is still running. Machines of theirs that are
   * stopped are started.
   */
  deploy(stacks: readonly string[], progress: Progress): Promise<void>;
  /** Removes these stacks in reverse order, after their machines have stopped. A stack that is not there is no fault. */
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
  /** Uploads a file unless its key is there; `progress` hears of an upload only. Answers whether it was uploaded. */
  putArtifact(bucket: string, key: string, file: string, progress: Progress): Promise<boolean>;
  /** Subscriptions of the topic with this ARN. */
  subscriptions(topic: string): Promise<readonly TopicSubscription[]>;
}

/** What the GCP program is given beside the environment. */
export interface GcpInputs {
  /** The peer: the AWS Elastic IP. */
  readonly awsAddress: string;
  /** The zone to use; one of the configured zones. */
  readonly zone: string;
  /** Names of resources that may be replaced or deleted this once; all others that hold something are protected. */
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
  /** The inputs of the last deployment; undefined before the first. */
  inputs(): Promise<GcpInputs | undefined>;
  /** What `up` would change; the engine's own preview. A replacement that protection forbids is reported, not thrown. */
  changes(inputs: GcpInputs): Promise<readonly ResourceChange[]>;
  /**
   * Deploys. Clears what an interrupted run left behind first. Machines that are to lose their disk are stopped before, and one that is
   * stopped is started in the end.
   * @throws NoCapacity when the zone has no T4 left or the quota allows none.
   */
  up(inputs: GcpInputs, progress: Progress): Promise<Outputs>;
  /** Removes the environment after its machines have stopped; with `keep`, resources of these names stay. */
  destroy(options: { readonly keep: readonly string[] }, progress: Progress): Promise<void>;
  outputs(): Promise<Outputs>;
  /** Brings the recorded state up to date with what is really there. */
  refresh(progress: Progress): Promise<void>;
  /** Puts the program's own firewalls right and touches nothing else, whatever else is to be changed. */
  repairRules(inputs: GcpInputs, progress: Progress): Promise<void>;
  /** Every enabled allow rule on the network of this name, no matter who made it; empty when it does not exist. */
  rules(network: string): Promise<readonly ActualRule[]>;
  revoke(rule: ActualRule): Promise<void>;
}

/** The end of a row whose work answered, and whose answer is a no: checks that failed, a difference where one only looked. */
export interface FailedRow {
  readonly failed: string;
}

/** All output for the operator. */
export interface Reporter {
  /** Runs one piece of work and shows its name, what it waits for, how long it took and how it ended. */
  task<T>(name: string, work: (progress: Progress) => Promise<T>, done?: (result: T) => string | FailedRow): Promise<T>;
  /** A line of the answer. */
  line(text?: string): void;
  /** Something the operator should know that is no fault. */
  note(text: string): void;
}
