/** What the answers of several commands consist of. */
import { z } from 'zod';
import type { ConfigFault } from '../../../lib/config/faults.ts';
import type { MaintenanceState } from '../../../lib/host/maintenance/state.ts';
import type { Cloud, ResourceChange, ResourceProvider } from '../../../lib/inventory/resource.ts';
import type { App } from '../../../lib/release/artifact.ts';
import type { RuleDifference } from '../../../lib/wiring/difference.ts';
import type { Rule } from '../../../lib/wiring/rule.ts';

export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
export const texts = list(z.string());

export const environment = z.string().describe('name of the environment');
export const day = z.string().describe('a day like 2026-11-28');
const cloud = z.enum(['aws', 'gcp']) satisfies z.ZodType<Cloud>;
export const host = cloud.describe('the host in that cloud');
export const secretReader = z.enum(['aws', 'gcp', 'operator']).describe('the host that reads it; operator: commands alone do');
export const app = z.enum(['web', 'api', 'ai']) satisfies z.ZodType<App>;
export const outputs = z.record(z.string(), z.string());

/** Where a resource is, and what it is. */
export const resourceName = {
  stack: z.string().describe('CloudFormation stack, or component of the Pulumi program'),
  id: z.string().describe('CloudFormation logical id, or name in the Pulumi program: what --approve takes'),
  type: z.string().describe('type of the resource as its cloud names it: AWS::EC2::Volume, gcp:compute/disk:Disk'),
};

export const resourceProvider = z.enum(['aws', 'gcp', 'runpod']) satisfies z.ZodType<ResourceProvider>;

export const resourceChangeFields = {
  cloud: resourceProvider,
  ...resourceName,
  effect: z.enum(['create', 'update', 'replace', 'delete', 'unprotect']).describe('what happens to the resource itself'),
  changed: texts.describe('properties that differ; empty when the whole resource comes or goes'),
};

export const resourceChange = z.strictObject(resourceChangeFields) satisfies z.ZodType<ResourceChange>;

const ruleFields = {
  cloud,
  carrier: z.string().describe('name of the security group or firewall that has the rule'),
  direction: z.enum(['ingress', 'egress']).describe('into the machines that carry it, or out of them'),
  protocol: z.string().describe('tcp, udp, icmp, or all'),
  ports: z
    .tuple([z.number(), z.number()])
    .readonly()
    .optional()
    .describe('first and last port; 0 and 65535 mean every port; missing for a protocol without ports'),
  peer: z.string().describe('the other end: a range like 203.0.113.10/32, or what else the cloud allows, like sg-0abc'),
};

export const rule = z.strictObject(ruleFields) satisfies z.ZodType<Rule>;

export const ruleDifference = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('missing').describe('missing: desired and not there; stray: there and not desired'), rule }),
  z.strictObject({
    kind: z.literal('stray'),
    rule: z.strictObject({ ...ruleFields, handle: z.string().describe('id of a stray rule, or of what carries it, in its cloud') }),
  }),
]) satisfies z.ZodType<RuleDifference>;

export const maintenanceFields = {
  on: z.boolean().describe('whether visitors get the maintenance page'),
  since: z.string().optional().describe('by the clock of the host, ISO 8601 in UTC'),
  by: z.string().optional().describe('like kim on laptop'),
  reason: z.string().optional(),
} satisfies Record<keyof MaintenanceState, z.ZodType>;

export const configFault = z.strictObject({
  path: z.string().describe('place in the configuration, like environments.prod.aws.ssh.from[0]'),
  message: z.string().describe('the value that is wrong, and the remedy'),
}) satisfies z.ZodType<ConfigFault>;
