/** The template of a stack that holds one construct. */
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { prod } from '../../stacks/environments.ts';

const { account, region, zone } = prod.aws;
/** What the CDK would ask the account for. */
const context = { [`availability-zones:account=${account}:region=${region}`]: [zone] };

export function templateOf(build: (stack: Stack) => void): Template {
  const app = new App({ context, builtinCloudFormationValidation: false, stackTraces: false, analyticsReporting: false });
  const stack = new Stack(app, 'test', { env: { account, region } });
  build(stack);
  return Template.fromStack(stack);
}
