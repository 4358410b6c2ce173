/** The rules of a security group as EC2 holds them, whoever made them. */
import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  paginateDescribeSecurityGroupRules,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { DojangError } from '../../../lib/errors.ts';
import type { ActualRule, Rule } from '../../../lib/wiring/rule.ts';
import { actualRule, isNoPermission, permissionOf } from './rule-text.ts';
import type { Site } from './site.ts';

/** Every rule of the groups with this name; empty when there is none. */
export async function rulesOf(site: Site, group: string): Promise<ActualRule[]> {
  const ids = await groupIds(site, group);
  if (ids.length === 0) return [];
  const rules: ActualRule[] = [];
  const pages = paginateDescribeSecurityGroupRules({ client: site.clients.ec2 }, { Filters: [{ Name: 'group-id', Values: ids }] });
  for await (const { SecurityGroupRules = [] } of pages) {
    rules.push(...SecurityGroupRules.filter((rule) => !isNoPermission(rule)).map((rule) => actualRule(group, rule)));
  }
  return rules;
}

/** Adds a rule. One that is there already is no fault. @throws DojangError `no-security-group` unless exactly one group has the name */
export async function allow(site: Site, rule: Rule): Promise<void> {
  const ids = await groupIds(site, rule.carrier);
  const [GroupId] = ids;
  if (!GroupId || ids.length > 1) {
    throw new DojangError('no-security-group', `${ids.length === 0 ? 'no' : `${ids.length}`} security group is named ${rule.carrier}`, {
      why: ids.length === 0 ? 'Its stack is not deployed.' : `They are ${ids.join(', ')}: which one the rule belongs to is unclear.`,
      next: ids.length === 0 ? `dojang up --env ${site.environment.name}` : 'remove or rename the ones that are not ours',
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
export async function revoke({ clients: { ec2 } }: Site, { direction, handle }: ActualRule): Promise<void> {
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

async function groupIds({ clients }: Site, name: string): Promise<string[]> {
  const { SecurityGroups = [] } = await clients.ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: [name] }] }),
  );
  return SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []);
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
