/** The security group of the host, built from the same rules that wiring compares. */
import { CfnSecurityGroup, CfnSecurityGroupEgress, CfnSecurityGroupIngress, type ISecurityGroup, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { nothingElse } from '../../wiring/host-rules.ts';
import type { Rule } from '../../wiring/rule.ts';

export interface HostGroupProps {
  /** Name of the group, by which wiring finds it: the carrier of every rule. */
  readonly name: string;
  readonly vpcId: string;
  readonly rules: readonly Rule[];
}

const purposes: Readonly<Record<string, string>> = { '22': 'SSH', '80': 'HTTP', '443': 'HTTPS' };

/**
 * A group with these rules and no others. Each rule is a resource of its own, so that one can come
 * or go without touching the group.
 */
export class HostGroup extends Construct {
  readonly group: ISecurityGroup;

  constructor(scope: Construct, id: string, props: HostGroupProps) {
    super(scope, id);
    const inline = nothingElse(props.name);
    const group = new CfnSecurityGroup(this, 'Group', {
      groupName: props.name,
      groupDescription: `${props.name}: the web from everyone, nothing else uninvited`,
      vpcId: props.vpcId,
      // Without an egress rule at creation EC2 would add one that allows everything.
      securityGroupEgress: [{ ipProtocol: '-1', cidrIp: inline.peer, description: 'No egress but what other rules allow' }],
    });
    for (const rule of props.rules.filter((one) => one.protocol !== inline.protocol)) addRule(this, group.attrGroupId, rule);
    this.group = SecurityGroup.fromSecurityGroupId(this, 'Imported', group.attrGroupId, { mutable: false });
  }
}

function addRule(scope: Construct, groupId: string, rule: Rule): void {
  const [fromPort, toPort] = rule.ports ?? [];
  const ports = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
  const purpose = purposes[ports] ?? `${rule.protocol} ${ports}`;
  const Resource = rule.direction === 'ingress' ? CfnSecurityGroupIngress : CfnSecurityGroupEgress;
  new Resource(scope, `${rule.direction}-${rule.protocol}-${ports}-${rule.peer.replace('/', '-')}`, {
    groupId,
    ipProtocol: rule.protocol,
    fromPort,
    toPort,
    cidrIp: rule.peer,
    description: `${purpose} ${rule.direction === 'ingress' ? 'from' : 'to'} ${rule.peer}`,
  });
}
