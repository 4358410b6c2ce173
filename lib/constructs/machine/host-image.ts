/** Which image the host starts from. */
import { type IMachineImage, MachineImage } from 'aws-cdk-lib/aws-ec2';
import type { Environment } from '../../config/environment.ts';

type ImageName = Environment['aws']['image'];

/**
 * Parameters in which Canonical (owner 099720109477) publishes the id of its newest image, in every
 * account and region.
 */
const imageParameters: Readonly<Record<ImageName, string>> = {
  'ubuntu-24.04-arm64': '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id',
  'ubuntu-24.04-amd64': '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id',
};

/**
 * The image pinned in `cdk.context.json`: asked at every deploy, a newly published one would
 * replace the machine.
 */
export function hostImage(name: ImageName): IMachineImage {
  return MachineImage.fromSsmParameter(imageParameters[name], { cachedInContext: true });
}

/** Where `cdk.context.json` pins the image of this account and region. */
export function imageContextKey({ account, region, image }: Pick<Environment['aws'], 'account' | 'region' | 'image'>): string {
  return `ssm:account=${account}:parameterName=${imageParameters[image]}:region=${region}`;
}
