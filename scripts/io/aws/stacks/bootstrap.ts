/** Makes an account ready for the CDK: a bucket and the roles that deployments use. */
import type { Progress } from '../../../../lib/ports/reporter.ts';
import type { AwsContext } from '../aws-context.ts';
import { readParameters } from '../parameters.ts';
import { failureOf } from './failures.ts';
import { stackOf, whenSettled } from './stacks.ts';
import { toolkitFor } from './toolkit.ts';

/** Written by the bootstrap stack, and read by every stack that the CDK deploys. */
const versionParameter = '/cdk-bootstrap/hnb659fds/version';
const bootstrapStack = 'CDKToolkit';

/** @throws DojangError `bootstrap-failed` with CloudFormation's reason */
export async function bootstrap(site: AwsContext, progress: Progress): Promise<void> {
  if (await isReady(site)) return;
  await whenSettled(site, bootstrapStack, progress);
  const { account, region } = site.environment.aws;
  progress(`preparing account ${account} for the CDK in ${region}`);
  const { toolkit, library } = await toolkitFor(site, progress);
  const start = new Date();
  try {
    await toolkit.bootstrap(library.BootstrapEnvironments.fromList([`aws://${account}/${region}`]));
  } catch (error) {
    throw await failureOf(site, 'bootstrap', [bootstrapStack], start, error);
  }
}

/**
 * The parameter is there some time before the rest of the stack; an account may also use another
 * name for that stack.
 */
async function isReady(site: AwsContext): Promise<boolean> {
  const [found, stack] = await Promise.all([readParameters(site, [versionParameter]), stackOf(site, bootstrapStack)]);
  return versionParameter in found && (stack === undefined || /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.StackStatus ?? ''));
}
