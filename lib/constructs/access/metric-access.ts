/** Which metrics a machine may report. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Metrics have no ARN; the namespace is all that can be narrowed. */
export function reportMetrics(...namespaces: readonly string[]): PolicyStatement {
  const [first, ...others] = namespaces;
  return new PolicyStatement({
    actions: ['cloudwatch:PutMetricData'],
    resources: ['*'],
    conditions: { StringEquals: { 'cloudwatch:namespace': others.length === 0 ? first : namespaces } },
  });
}
