/** The rules of a security group as EC2 holds them, whatever created them. */
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  paginateDescribeSecurityGroupRules,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { ActualRule, Rule } from '../../../lib/wiring/rule.ts';
import type { AwsContext } from './aws-context.ts';
import { actualRule, isNoPermission, permissionOf } from './rule-text.ts';

/**
 * Every rule of the group with this name; empty when there is none. @throws DojangError
 * `ambiguous-group` when several have it
 */
export async function rulesOf(site: AwsContext, group: string): Promise<ActualRule[]> {
  const id = await groupId(site, group);
  if (!id) return [];
  const rules: ActualRule[] = [];
  const pages = paginateDescribeSecurityGroupRules({ client: site.clients.ec2 }, { Filters: [{ Name: 'group-id', Values: [id] }] });
  for await (const { SecurityGroupRules = [] } of pages) {
    rules.push(...SecurityGroupRules.filter((rule) => !isNoPermission(rule)).map((rule) => actualRule(group, rule)));
  }
  return rules;
}

/**
 * Adds a rule. One that is there already is no fault. @throws DojangError `no-security-group` or
 * `ambiguous-group`
 */
export async function allow(site: AwsContext, rule: Rule): Promise<void> {
  const GroupId = await groupId(site, rule.carrier);
  if (!GroupId) {
    throw new DojangError('no-security-group', `no security group is named ${rule.carrier}`, {
      why: 'Its stack is not deployed.',
      next: `dojang up --env ${site.environment.name}`,
    });
  }
  const wanted = { GroupId, IpPermissions: [permissionOf(rule)] };
  const { ec2 } = site.clients;
  const isIngress = rule.direction === 'ingress';
  const sent = isIngress
    ? ec2.send(new AuthorizeSecurityGroupIngressCommand(wanted))
    : ec2.send(new AuthorizeSecurityGroupEgressCommand(wanted));
  await ignoring(sent, 'InvalidPermission.Duplicate');
}

/** Takes a rule away. One that is gone already is no fault. */
export async function revoke({ clients: { ec2 } }: AwsContext, { direction, handle }: ActualRule): Promise<void> {
  const ids = [handle];
  const asked = ec2.send(new DescribeSecurityGroupRulesCommand({ SecurityGroupRuleIds: ids }));
  const found = await ignoring(asked, 'InvalidSecurityGroupRuleId.NotFound');
  const GroupId = found?.SecurityGroupRules?.[0]?.GroupId;
  if (!GroupId) return;
  const unwanted = { GroupId, SecurityGroupRuleIds: ids };
  const isIngress = direction === 'ingress';
  const sent = isIngress
    ? ec2.send(new RevokeSecurityGroupIngressCommand(unwanted))
    : ec2.send(new RevokeSecurityGroupEgressCommand(unwanted));
  await ignoring(sent, 'InvalidSecurityGroupRuleId.NotFound', 'InvalidPermission.NotFound');
}

/**
 * Whose rules they are must be clear before any is taken away, so a second group of the same name
 * stops everything.
 */
async function groupId({ clients }: AwsContext, name: string): Promise<string | undefined> {
  const { SecurityGroups = [] } = await clients.ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: [name] }] }),
  );
  if (SecurityGroups.length > 1) {
    const ids = SecurityGroups.map(({ GroupId }) => GroupId).join(', ');
    throw new DojangError('ambiguous-group', `${SecurityGroups.length} security groups are named ${name}: ${ids}`, {
      why: 'Which of them is ours is unclear, and rules of the wrong one might be taken away.',
      next: 'remove or rename the ones that are not ours',
    });
  }
  return SecurityGroups[0]?.GroupId;
}

/** The answer of EC2, or undefined when it is one of these errors. */
async function ignoring<Answer>(sent: Promise<Answer>, ...codes: readonly string[]): Promise<Answer | undefined> {
  try {
    return await sent;
  } catch (error) {
    if (error instanceof Error && codes.includes(error.name)) return undefined;
    throw error;
  }
}
