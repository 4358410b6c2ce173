/** What the three layers have in common. */
import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Environment } from '../lib/config/environment.ts';
import { fixLogicalId } from '../lib/constructs/fixed-id.ts';

/**
 * One layer of an environment as a stack. @default protected from deletion, in the configured
 * account and region, with the cost tags
 */
export class LayerStack extends Stack {
  private readonly zone: string;

  constructor(scope: Construct, name: string, environment: Environment, description: string) {
    const { account, region } = environment.aws;
    super(scope, name, {
      stackName: name,
      description,
      env: { account, region },
      terminationProtection: true,
      tags: environment.names.tags,
    });
    this.zone = environment.aws.zone;
  }

  /**
   * The one configured zone. The CDK would ask the account for its zones, and a synth would need
   * credentials.
   */
  override get availabilityZones(): string[] {
    return [this.zone];
  }

  /** Outputs by exactly these names; a resource of the stack may have the same one. */
  protected exportOutputs(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) fixLogicalId(new CfnOutput(this, `${name}Output`, { value }), name);
  }
}
