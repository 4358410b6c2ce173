/** Why there is no amount for a resource whose type has no cost model. */
import type { BilledResource } from '../component.ts';

/**
 * Stands for the resources that a preview of Pulumi leaves out; how many they are is its `count`.
 */
export const unchangedResources = 'pulumi:preview:Unchanged';

/** What is no resource and makes some. */
const notExpanded: readonly (readonly [type: RegExp, reason: string])[] = [
  [/^Fn::ForEach$/, 'Fn::ForEach is not expanded, so what it makes is not in the total; price the processed template instead'],
  [
    /^Fn::Transform$/,
    'a macro (Fn::Transform) is not expanded, so what it makes is not in the total; price the processed template instead',
  ],
  [/^Transform$/, 'a macro may add and change resources, and is not expanded; price the processed template instead'],
];

/** What there is to say beside the name of the type. */
const reasons: readonly (readonly [type: RegExp, reason: string])[] = [
  [
    /^AWS::CloudFormation::Stack$/,
    'a nested stack is followed only in a cdk.out folder that names its file; what is in this one is not in the total, so price its template too',
  ],
  [/^(Custom::|AWS::CloudFormation::CustomResource$)/, 'a custom resource: what its function creates is not in the template'],
  [/^AWS::CloudFormation::StackSet$/, 'a stack set: what its stacks consist of is not in this template'],
  [/::MODULE$|^Rain::Module$|\.(ya?ml|json|template)$/i, 'a module: what it consists of is not in the template'],
];

export function noModelBecause({ type, properties }: BilledResource): string {
  if (type === unchangedResources) {
    return `the preview leaves ${String(properties.count)} unchanged resources out: write it with pulumi preview --json --show-sames`;
  }
  const expandable = notExpanded.find(([pattern]) => pattern.test(type))?.[1];
  if (expandable !== undefined) return expandable;
  const reason = reasons.find(([pattern]) => pattern.test(type))?.[1];
  return `no cost model for ${type}${reason === undefined ? '' : `: ${reason}`}`;
}
