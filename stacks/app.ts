/** The AWS side of one environment as a CDK app. */
import { App, Tags } from 'aws-cdk-lib/core';
import pinned from '../cdk.context.json' with { type: 'json' };
import project from '../cdk.json' with { type: 'json' };
import type { Environment } from '../lib/config/environment.ts';
import { acknowledgements } from './acknowledgements.ts';
import { AddressesStack } from './addresses-stack.ts';
import { HostStack } from './host-stack.ts';
import { NetworkStack } from './network-stack.ts';
import { acknowledge, addPolicyChecks } from './policy.ts';

export interface AwsAppOptions {
  /** Context beside the committed one; what the CDK CLI passes goes before both. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Folder of the cloud assembly. @default what the CDK CLI says, else a temporary one */
  readonly outdir?: string;
  /**
   * Whether a synth runs cdk-nag and CloudFormation's own checks, and fails on a finding. Off saves
   * about two thirds of the time. @default true
   */
  readonly checks?: boolean;
}

/** The three layers of an environment. The same templates in process as under the CDK CLI. */
export function awsApp(environment: Environment, options: AwsAppOptions = {}): App {
  const checks = options.checks ?? true;
  const app = new App({
    context: { ...project.context, ...pinned, ...options.context },
    postCliContext: { 'aws:cdk:enable-path-metadata': false, 'aws:cdk:enable-asset-metadata': false },
    outdir: options.outdir,
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: checks,
    builtinCloudFormationValidation: false,
  });
  const addresses = new AddressesStack(app, environment);
  const network = new NetworkStack(app, environment);
  new HostStack(app, environment, { addresses, network });
  for (const [key, value] of Object.entries(environment.names.tags)) Tags.of(app).add(key, value);
  if (checks) {
    addPolicyChecks(app);
    acknowledge(app, acknowledgements(environment));
  }
  return app;
}
