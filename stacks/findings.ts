/** What the policy checks find, as data: `dojang plan --findings`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT, VALIDATION_REPORT_FILE } from 'aws-cdk-lib/cx-api';
import type { Environment } from '../lib/config/environment.ts';
import { type Acknowledgement, acknowledgements } from './acknowledgements.ts';
import { awsApp } from './app.ts';
import { addPolicyChecks } from './policy.ts';

/** One thing that a rule finds fault with. */
export interface Finding {
  /**
   * `AwsSolutions-EC23`, `AwsSolutions-IAM5[Resource::*]`, `CloudFormation-Validate::W3010`: what
   * an acknowledgement takes.
   */
  readonly id: string;
  /** Path of the resource's construct, like `dojang-prod-network/HostGroup/...`. */
  readonly at: string;
  readonly description: string;
}

interface AcknowledgedFinding extends Finding {
  readonly reason: string;
}

export interface PolicyFindings {
  /** Findings that are not acknowledged: a synth fails on them. */
  readonly open: readonly Finding[];
  readonly acknowledged: readonly AcknowledgedFinding[];
  /** Acknowledgements of what is no longer found. */
  readonly stale: readonly Acknowledgement[];
}

/** As far as we read the file that a synth with checks leaves. */
interface Report {
  readonly pluginReports: readonly { readonly pluginName: string; readonly violations: readonly Violation[] }[];
}

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}

/**
 * Every finding of an environment; `outdir` is a folder to synthesise into. What the CDK itself
 * acknowledges is left out.
 */
export function policyFindings(environment: Environment, outdir: string): PolicyFindings {
  return sorted(allFindings(environment, outdir), acknowledgements(environment));
}

/** Which findings are open, which are acknowledged, and which acknowledgements no finding needs. */
export function sorted(findings: readonly Finding[], known: readonly Acknowledgement[]): PolicyFindings {
  const reasonFor = (finding: Finding) => known.find((one) => covers(one, finding))?.reason;
  return {
    open: findings.filter((finding) => reasonFor(finding) === undefined),
    acknowledged: findings.flatMap((finding) => {
      const reason = reasonFor(finding);
      return reason === undefined ? [] : [{ ...finding, reason }];
    }),
    stale: known.filter((one) => !findings.some((finding) => covers(one, finding))),
  };
}

/** From a synth without our acknowledgements, which reports instead of failing. */
function allFindings(environment: Environment, outdir: string): Finding[] {
  const app = awsApp(environment, { outdir, checks: false, context: { [FAIL_SYNTH_ON_VALIDATION_ERRORS_CONTEXT]: false } });
  addPolicyChecks(app);
  const { directory } = app.synth();
  const report: Report = JSON.parse(readFileSync(join(directory, VALIDATION_REPORT_FILE), 'utf8'));
  return report.pluginReports.flatMap(({ pluginName, violations }) => violations.flatMap((violation) => findingsOf(pluginName, violation)));
}

/**
 * cdk-nag asks for its rules by their bare names, the CDK for those of others with the name of
 * their source.
 */
function findingsOf(pluginName: string, { ruleName, description, violatingConstructs }: Violation): Finding[] {
  const id = ruleName.startsWith(pluginName) ? ruleName : `${pluginName.replaceAll(' ', '-')}::${ruleName}`;
  return violatingConstructs.map(({ constructPath }) => ({ id, at: constructPath ?? '', description }));
}

function covers(acknowledgement: Acknowledgement, finding: Finding): boolean {
  return acknowledgement.id === finding.id && `${finding.at}/`.startsWith(`${acknowledgement.at}/`);
}
