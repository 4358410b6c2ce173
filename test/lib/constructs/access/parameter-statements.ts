/** What a role of `prod` may read of SSM parameters, as it stands in a template. */
const account = 'ap-northeast-2:123456789012';

export function parameterStatements(host: 'aws' | 'gcp') {
  const own = [`${host}/*`, 'trust/ca-certificate', 'endpoints/aws-address', 'endpoints/gcp-address', 'endpoints/ai-url'];
  const arns = own.map((name) => `arn:aws:ssm:${account}:parameter/dojang/prod/${name}`);
  return [
    { Effect: 'Allow', Action: ['ssm:GetParameter', 'ssm:GetParameters'], Resource: arns },
    {
      Effect: 'Deny',
      Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'],
      NotResource: [...arns, 'arn:aws:ssm:ap-northeast-2::parameter/aws/*'],
    },
  ];
}

/** A part of a template with ARNs as plain texts. */
export function withPlainArns<T>(part: T): T {
  const join = /\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g;
  return JSON.parse(JSON.stringify(part).replaceAll(join, '"arn:aws$1"')) as T;
}
