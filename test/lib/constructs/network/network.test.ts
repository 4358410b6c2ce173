import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostGroup } from '../../../../lib/constructs/network/host-group.ts';
import { PublicNetwork } from '../../../../lib/constructs/network/public-network.ts';
import { Cidr } from '../../../../lib/values/cidr.ts';
import { hostRules } from '../../../../lib/wiring/host-rules.ts';
import { prodWith } from '../../../stacks/environments.ts';
import { templateOf } from '../template-of.ts';

describe('the network', () => {
  const template = templateOf((stack) => {
    const ranges = { range: Cidr.of('10.20.0.0/24'), subnet: Cidr.of('10.20.0.128/26') };
    new PublicNetwork(stack, 'Network', { name: 'x', zone: stack.availabilityZones.join(), ...ranges });
  });

  it('has exactly one subnet, with the range, and gives machines no public address by default', () => {
    template.resourceCountIs('AWS::EC2::Subnet', 1);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.20.0.0/24' });
    template.hasResourceProperties('AWS::EC2::Subnet', { CidrBlock: '10.20.0.128/26', MapPublicIpOnLaunch: false });
    template.hasResourceProperties('AWS::EC2::Route', { DestinationCidrBlock: '0.0.0.0/0' });
  });

  it('logs all of its flows for a month', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });
});

describe('the group of the host', () => {
  const groupOf = (from: string[]) =>
    templateOf((stack) => {
      const rules = hostRules(prodWith({ ssh: { from: from.map(Cidr.of) } }));
      new HostGroup(stack, 'Group', { name: 'x-host', vpcId: 'vpc-1', rules });
    });

  it('has no rule inline but the one that takes the default egress away', () => {
    const [group] = Object.values(groupOf([]).findResources('AWS::EC2::SecurityGroup'));
    expect(group?.Properties).toMatchObject({ GroupName: 'x-host', SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }] });
    expect(group?.Properties.SecurityGroupIngress).toBeUndefined();
  });

  it('has a described resource for every other rule, and SSH only from where it is let in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(255), { maxLength: 4 }), (hosts) => {
        const from = hosts.map((host) => `192.0.2.${host}/32`);
        const template = groupOf(from);
        const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => Properties);
        expect(ingress.filter(({ FromPort, ToPort }) => FromPort <= 22 && 22 <= ToPort).map(({ CidrIp }) => CidrIp)).toEqual(from);
        expect(ingress.every(({ Description }) => Description)).toBe(true);
        template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 2 + from.length);
        template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 2);
      }),
      { numRuns: 10 },
    );
  });
});
