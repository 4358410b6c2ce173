import { expect, it } from 'vitest';
import { imagesIn } from '../../../../scripts/local/aws/images.ts';

const arm = '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id';
const key = (account: string, region: string) => `ssm:account=${account}:parameterName=${arm}:region=${region}`;

it('takes the image that the context pins for this account and region', () => {
  const context = { [key('1', 'ap-northeast-2')]: 'ami-1', [key('2', 'ap-northeast-2')]: 'ami-2', [key('1', 'us-east-1')]: 'ami-3' };
  expect(imagesIn(context, '1', 'ap-northeast-2')[arm]).toBe('ami-1');
  expect(imagesIn(context, '1', 'us-east-1')[arm]).toBe('ami-3');
});

it('has an image of both architectures when nothing is pinned', () => {
  expect(Object.values(imagesIn({}, '1', 'ap-northeast-2'))).toHaveLength(2);
});
