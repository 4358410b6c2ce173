/**
 * The checks of a synth: cdk-nag's AwsSolutions and CloudFormation's own rules, and what is
 * acknowledged of them.
 */
import { createRequire } from 'node:module';
import { type App, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib/core';
import type { AwsSolutionsChecks } from 'cdk-nag';
import type { Acknowledgement } from './acknowledgements.ts';

/** Lets a synth of this app fail on every finding that is not acknowledged. */
export function addPolicyChecks(app: App): void {
  Validations.of(app).addPlugins(awsSolutions(), new CloudFormationValidatePlugin());
}

/** @throws Error when a construct that is named does not exist. */
export function acknowledge(app: App, acknowledgements: readonly Acknowledgement[]): void {
  for (const { at, id, reason } of acknowledgements) {
    const construct = at.split('/').reduce((node, name) => node.node.findChild(name), app.node.root);
    Validations.of(construct).acknowledge({ id, reason });
  }
}

/**
 * The rules take longer to load than the app takes to be built, so only a synth that checks loads
 * them.
 */
function awsSolutions(): AwsSolutionsChecks {
  const { AwsSolutionsChecks: Pack }: typeof import('cdk-nag') = createRequire(import.meta.url)('cdk-nag');
  return new Pack();
}
