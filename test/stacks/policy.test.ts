import { CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, it } from 'vitest';
import { acknowledgements } from '../../stacks/acknowledgements.ts';
import { awsApp } from '../../stacks/app.ts';
import { policyFindings, sorted } from '../../stacks/findings.ts';
import { prod } from './environments.ts';
import { inTemporaryFolder } from './synthesised.ts';

describe('the policy of prod', () => {
  const findings = inTemporaryFolder((outdir) => policyFindings(prod, outdir));

  it('leaves no finding open and acknowledges nothing that is not found', () => {
    expect(findings.open).toEqual([]);
    expect(findings.stale).toEqual([]);
  });

  it('gives every acknowledgement a reason of its own', () => {
    const reasons = acknowledgements(prod).map(({ reason }) => reason);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(findings.acknowledged.length).toBeGreaterThanOrEqual(reasons.length);
  });

  it('lets prod be synthesised with checks', () => {
    inTemporaryFolder((outdir) => expect(awsApp(prod, { outdir }).synth().stacks).toHaveLength(3));
  });

  it('fails a synth that opens SSH to everyone', () => {
    inTemporaryFolder((outdir) => {
      const app = awsApp(prod, { outdir });
      const group = app.node.findChild('dojang-prod-network').node.findChild('HostGroup');
      new CfnSecurityGroupIngress(group, 'ByHand', { groupId: 'sg-0', ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' });
      expect(() => app.synth()).toThrow(/AwsSolutions-EC23/);
    });
  });
});

describe('findings and acknowledgements', () => {
  const finding = { id: 'Rule', at: 'stack/Host/Resource', description: 'is wrong' };

  it('match by id and by the whole name of a construct above', () => {
    const known = { id: 'Rule', at: 'stack/Host', reason: 'wanted' };
    expect(sorted([finding], [known])).toEqual({ open: [], acknowledged: [{ ...finding, reason: 'wanted' }], stale: [] });
  });

  it.each([
    { id: 'Rule', at: 'stack/Ho', reason: 'only part of a name' },
    { id: 'Other', at: 'stack/Host', reason: 'another rule' },
  ])('do not match: $reason', (known) => {
    expect(sorted([finding], [known])).toEqual({ open: [finding], acknowledged: [], stale: [known] });
  });
});
