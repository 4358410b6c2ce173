/**
 * The ports through which a preflight asks. Every question throws a DojangError with the reason
 * when it cannot be answered.
 */
import type { SecretStore } from './secrets.ts';

/** Codes of the quotas of EC2 in Service Quotas. */
export const ec2Quotas = {
  /** Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances, in vCPUs. */
  standardVcpus: 'L-1216C47A',
  /** EC2-VPC Elastic IPs. */
  elasticIps: 'L-0263D0A3',
} as const;

/** How much of what a quota limits is in use. */
export interface Usage {
  readonly used: number;
  /** How much of it the environment itself uses already. */
  readonly ours: number;
}

/** What of the environment is deployed already. */
export interface DeployedHost {
  /** The Elastic IP. */
  readonly address?: string;
  readonly instanceId?: string;
}

export interface MachineImageFacts {
  /** Key of `cdk.context.json` that pins it. */
  readonly key: string;
  /** Undefined when none is pinned. */
  readonly id?: string;
  /** Undefined when AWS does not know it. */
  readonly state?: string;
  /** When it is or was deprecated; ISO 8601. */
  readonly deprecation?: string;
}

export interface AwsAccount {
  /**
   * @throws DojangError `no-credentials`, `wrong-account`, `aws-unreachable`, each with what to
   *   do. Every other question asks this first.
   */
  access(): Promise<void>;
  /**
   * `opt-in-not-required`, `opted-in` or `not-opted-in`; undefined for a region that does not
   * exist.
   */
  optIn(region: string): Promise<string | undefined>;
  /** How much of this quota of EC2 the account has. */
  quota(code: string): Promise<number>;
  /** Elastic IPs that are allocated in the region. */
  elasticIps(): Promise<Usage>;
  /** vCPUs of the running On-Demand machines of the standard families in the region. */
  standardVcpus(): Promise<Usage>;
  /** The image that the configuration has pinned. */
  image(): Promise<MachineImageFacts>;
  deployed(): Promise<DeployedHost>;
}

/** A quota of Compute Engine. */
export interface GcpQuota {
  /** Like `NVIDIA_T4_GPUS`. */
  readonly metric: string;
  readonly limit: number;
  readonly usage: number;
}

export interface GcpImage {
  readonly name: string;
  readonly sizeGib: number;
  /** `DEPRECATED`, `OBSOLETE` or `DELETED`. */
  readonly deprecated?: string;
}

export interface GcpProject {
  /**
   * Every other question asks this first.
   * @throws DojangError `no-credentials`, `no-project`, `api-disabled`, `no-permission`,
   *   `google-refused`, `google-unreachable`
   */
  access(): Promise<void>;
  /** Which of these APIs are enabled. */
  enabled(apis: readonly string[]): Promise<readonly string[]>;
  /** The billing account that pays for the project; undefined when none does. */
  billingAccount(): Promise<string | undefined>;
  /** Quotas of the whole project. */
  quotas(): Promise<readonly GcpQuota[]>;
  /** Undefined for a region that does not exist. */
  region(name: string): Promise<{ readonly status: string; readonly quotas: readonly GcpQuota[] } | undefined>;
  /** What an image or an image family is now; undefined when there is none. */
  image(link: string): Promise<GcpImage | undefined>;
  /** The machine of this name, in whichever zone; undefined when there is none. */
  machine(name: string): Promise<{ readonly gpus: number } | undefined>;
}

/** The service as the internet sees it. */
export interface Internet {
  /** Addresses that a name resolves to, IPv4 and IPv6; none when it does not exist. */
  resolve(name: string): Promise<readonly string[]>;
  /** How the certificate authority answers for its directory: the status of HTTP. */
  authority(): Promise<number>;
}

/** The machine that runs the command. */
export interface Workplace {
  /** Version of Node, like `24.21.0`. */
  node(): Promise<string>;
  /** Version of the Pulumi engine that would be used; undefined when there is none yet. */
  engine(): Promise<string | undefined>;
  /** Version of Python. @throws DojangError `no-python`, `no-venv` */
  python(): Promise<string>;
  hasGcloud(): Promise<boolean>;
  /** The CDK as it is pinned and as it is installed; undefined where it is not. */
  cdk(): Promise<{ readonly pinned: string; readonly installed?: string }>;
  /** GiB that are free where the project lies. */
  freeGib(): Promise<number>;
}

export interface PreflightPorts {
  readonly aws: AwsAccount;
  readonly gcp: GcpProject;
  readonly internet: Internet;
  readonly workplace: Workplace;
  readonly secrets: Pick<SecretStore, 'describe'>;
}
