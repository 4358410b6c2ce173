/**
 * The shape of `dojang.config.ts`. Unknown keys are faults; defaults are the figures of the
 * reference service.
 */
import * as z from 'zod';
import { Size } from '../../values/size.ts';
import { awsMachine, gcpMachine } from '../machines.ts';
import { awsRegions, gcpRegions, regionOf } from '../regions.ts';
import { ai } from './ai.ts';
import { api } from './api.ts';
import { credits } from './credits.ts';
import { cidr, days, diskSize, email, percent, port, size, slug, usd } from './fields.ts';
import { maintenance } from './maintenance.ts';
import { policies } from './policies.ts';
import { runpod } from './runpod.ts';
import { signIn } from './sign-in.ts';
import { awsSnapshot, gcpSnapshot } from './snapshots.ts';

/**
 * A range of people or machines that one knows. Wider than a /8 is everyone by another name: two /1
 * halves make the whole. A /8 is the widest range that one owner may have (10.0.0.0/8).
 */
const ownRange = (fault: string) => cidr.refine((range) => range.prefix >= 8, { error: (issue) => `${issue.input} ${fault}` });

const sshRange = ownRange('would open SSH to everyone; list the addresses you work from, or leave it empty and use Session Manager');

/**
 * Largest sizes since 2025-09 for gp3 (AWS re:Invent 2025, STG320);
 * https://cloud.google.com/compute/docs/disks/persistent-disks.
 */
const largest = Size.gib(64 * 1024);
const disks = {
  /** Canonical's images hold 8 GiB; a root volume is not smaller than its snapshot. */
  root: { name: 'a gp3 volume of this machine', smallest: Size.gib(8), largest },
  volume: { name: 'a gp3 volume', smallest: Size.gib(1), largest },
  /** How large a boot disk has to be is up to its image: `dojang preflight` asks. */
  persistent: { name: 'a balanced persistent disk', smallest: Size.gib(10), largest },
};

const image = z.literal(['ubuntu-24.04-arm64', 'ubuntu-24.04-amd64'], {
  error: (issue) => `${JSON.stringify(issue.input)} is no image we know; write ubuntu-24.04-arm64 or ubuntu-24.04-amd64`,
});

const aws = z.strictObject({
  /** The account that is deployed to: a wrong profile then fails instead of deploying elsewhere. */
  account: z.string().regex(/^\d{12}$/, { error: (issue) => `${JSON.stringify(issue.input)} is not an account number of 12 digits` }),
  region: regionOf(awsRegions),
  /** Availability zone of the machine and its data volume. */
  zone: z.string(),
  /** Range of the VPC. */
  range: cidr.prefault('10.20.0.0/24'),
  /** Range of the public subnet, within `range`. */
  subnet: cidr.prefault('10.20.0.0/26'),
  machine: z.string().refine((name) => awsMachine(name) !== undefined, {
    error: (issue) =>
      `${JSON.stringify(issue.input)} is no machine type we know; the c, m, r and t families are known, for example m7g.large`,
  }),
  image: image.default('ubuntu-24.04-arm64'),
  rootDisk: diskSize(disks.root).prefault('30 GiB'),
  dataDisk: diskSize(disks.volume).prefault('50 GiB'),
  /**
   * Snapshot that the data volume is made from, in place of an empty one. Set, changed or taken
   * away, it means another volume (docs/guard.md).
   */
  dataSnapshot: awsSnapshot.optional(),
  ssh: z.strictObject({ from: z.array(sshRange).default([]) }).prefault({}),
  snapshots: z.strictObject({ keepDays: days.default(7) }).prefault({}),
  alarms: z
    .strictObject({
      cpu: percent.default(80),
      memory: percent.default(85),
      disk: percent.default(80),
      /** Days left of a certificate, below which its alarm goes off. */
      certificateDays: days.default(21),
    })
    .prefault({}),
  budget: usd.prefault('150 USD'),
});

const zone = z
  .string()
  .regex(/^[a-z]+-[a-z]+\d+-[a-z]$/, { error: (issue) => `${JSON.stringify(issue.input)} is not a zone like asia-northeast3-b` });

const gcp = z.strictObject({
  project: slug(30),
  region: regionOf(gcpRegions),
  /** Zones in the order they are tried: when one has no T4 left, the next is taken. */
  zones: z.array(zone).min(1, { error: 'is empty; list at least one zone with a T4' }),
  /** Range of the subnet. */
  range: cidr.prefault('10.30.0.0/24'),
  machine: z.string().refine((name) => gcpMachine(name) !== undefined, {
    error: (issue) => `${JSON.stringify(issue.input)} cannot carry a T4; only N1 machines can, for example n1-standard-2`,
  }),
  gpu: z
    .strictObject({ type: z.literal('nvidia-tesla-t4').default('nvidia-tesla-t4'), count: z.literal([1, 2, 4]).default(1) })
    .prefault({}),
  /**
   * Image with the NVIDIA driver inside. Ubuntu 22.04 has standard support until April 2027;
   * `common-cu129-ubuntu-2404-nvidia-580` is the same with 24.04. To change it replaces the machine
   * (docs/production.md).
   */
  image: z.string().default('projects/deeplearning-platform-release/global/images/family/common-cu129-ubuntu-2204-nvidia-580'),
  bootDisk: diskSize(disks.persistent).prefault('50 GiB'),
  dataDisk: diskSize(disks.persistent).prefault('100 GiB'),
  /** Snapshot of `project` that the data disk is made from, by its name; as with `aws`. */
  dataSnapshot: gcpSnapshot.optional(),
  /** Port of the AI server; mutual TLS, opened to the AWS address alone. */
  aiPort: port.default(8443),
  /** IAM members who may use SSH through Identity-Aware Proxy, like `user:kim@example.com`. */
  ssh: z
    .strictObject({
      members: z
        .array(
          z.string().regex(/^(user|group|serviceAccount):.+@.+$/, {
            error: (issue) => `${JSON.stringify(issue.input)} is not an IAM member like user:kim@example.com`,
          }),
        )
        .default([]),
    })
    .prefault({}),
  snapshots: z.strictObject({ keepDays: days.default(7) }).prefault({}),
  budget: usd.prefault('450 USD'),
  /** Cloud Billing account that the budget watches, like `012345-6789AB-CDEF01`. */
  billingAccount: z.string().regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/, {
    error: (issue) => `${JSON.stringify(issue.input)} is not a billing account like 012345-6789AB-CDEF01`,
  }),
  /**
   * BigQuery dataset that Cloud Billing exports to, like `dojang-prod.billing`: `dojang cost
   * actual` reads what was spent there.
   */
  billingExport: z
    .string()
    .regex(/^[a-z][a-z0-9-]+\.\w+$/, { error: (issue) => `${JSON.stringify(issue.input)} is not a dataset like dojang-prod.billing` })
    .optional(),
});

const host = z.strictObject({
  swap: size.prefault('4 GiB'),
  /** InnoDB buffer pool. */
  bufferPool: size.prefault('1 GiB'),
  /** Where load tests come from: the rate limits of the web server do not apply to these ranges. */
  unlimited: z
    .array(ownRange('would take the rate limits off for everyone; list the addresses that load tests come from, or leave it empty'))
    .default([]),
  /** When a host may restart for what an update has installed. */
  maintenance: maintenance.prefault({}),
});

export const environmentSchema = z.strictObject({
  /** Where alarms and budget warnings go. */
  contact: email,
  /** Name the service is reached by; its DNS entry points at the AWS address. */
  domain: z
    .string()
    .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, {
      error: (issue) => `${JSON.stringify(issue.input)} is not a domain name like app.example.com`,
    })
    .optional(),
  /** `letsencrypt` needs a public domain; `own-ca` signs with a private authority, for trials. */
  tls: z
    .literal(['letsencrypt', 'own-ca'], {
      error: (issue) => `${JSON.stringify(issue.input)} is no way we know; write letsencrypt or own-ca`,
    })
    .default('letsencrypt'),
  aws,
  gcp,
  host: host.prefault({}),
  /**
   * How people sign in. Its client secret is kept by SSM, never here. Without it the service
   * starts, but sign-in is off.
   */
  signIn: signIn.optional(),
  ai: ai.prefault({}),
  api: api.prefault({}),
  /** What is given and can be used up. */
  credits: credits.optional(),
  /** GPU inference on RunPod: the GPU machine of `gcp` is then not part of the plan. */
  runpod: runpod.optional(),
  /** What a change may do to the bill; `dojang review` is the gate. */
  policies: policies.prefault({}),
});

export const serviceSchema = z.strictObject({
  /**
   * Prefix of every name and the cost-allocation tag `service`. At most 20 characters, so that
   * derived names fit.
   */
  name: slug(20),
  /** Cost-allocation tag `owner`. */
  owner: slug(40),
  environments: z.record(slug(12), environmentSchema),
});

/** A service as it is written in `dojang.config.ts`. */
export type ServiceInput = z.input<typeof serviceSchema>;
export type EnvironmentSettings = z.output<typeof environmentSchema>;
