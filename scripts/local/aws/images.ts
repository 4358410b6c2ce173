/**
 * The Ubuntu images of the local AWS: those that the CDK has pinned, so that a template deploys
 * unchanged.
 */

const stable = '/aws/service/canonical/ubuntu/server/24.04/stable/current';

/** Ids for an account and region that nothing is pinned for. */
const unpinned: Readonly<Record<string, string>> = {
  [`${stable}/arm64/hvm/ebs-gp3/ami-id`]: 'ami-00000000000a64f00',
  [`${stable}/amd64/hvm/ebs-gp3/ami-id`]: 'ami-00000000000d64f00',
};

/**
 * Image ids by SSM parameter, from the CDK's context (`cdk.context.json`) for this account and
 * region.
 */
export function imagesIn(context: Readonly<Record<string, unknown>>, account: string, region: string): Record<string, string> {
  const pattern = new RegExp(`^ssm:account=${account}:parameterName=(/aws/service/.+):region=${region}$`);
  const pinned = Object.entries(context).flatMap(([key, value]) => {
    const [, parameter] = pattern.exec(key) ?? [];
    return parameter && typeof value === 'string' ? [[parameter, value] as const] : [];
  });
  return { ...unpinned, ...Object.fromEntries(pinned) };
}
