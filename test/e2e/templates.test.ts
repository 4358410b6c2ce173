import { describe, expect, it } from 'vitest';
import { whileTemporaryFolder } from '../../scripts/io/state.ts';
import { awsApp } from '../../stacks/app.ts';
import { policyFindings } from '../../stacks/findings.ts';
import { prod } from '../stacks/environments.ts';
import { inTemporaryFolder } from '../stacks/synthesised.ts';
import { cfnLint } from './cfn-lint.ts';

describe('the templates of prod', () => {
  it('pass cfn-lint: no error, and no warning but that the zone is written down', { timeout: 300_000 }, async () => {
    const said = await whileTemporaryFolder((outdir) => {
      const { stacks } = awsApp(prod, { outdir, checks: false }).synth();
      expect(stacks).toHaveLength(3);
      return cfnLint(
        stacks.map(({ templateFullPath }) => templateFullPath),
        prod.aws.region,
      );
    });
    expect(said.filter(({ Level }) => Level === 'Error')).toEqual([]);
    expect(new Set(said.map(({ Rule }) => Rule.Id))).toEqual(new Set(['W3010']));
  });

  it('leave no finding of cdk-nag or CloudFormation open', { timeout: 60_000 }, () => {
    expect(inTemporaryFolder((outdir) => policyFindings(prod, outdir)).open).toEqual([]);
  });
});
