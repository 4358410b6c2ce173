/** Which SSM parameters a machine may read: its own, and no others. */
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import type { Names } from '../../config/names.ts';

const read = ['ssm:GetParameter', 'ssm:GetParameters'];

/**
 * Rights to read the host's own parameters, the authority's certificate and the endpoints.
 * AmazonSSMManagedInstanceCore, which the agent needs and AWS keeps in step with it, allows
 * ssm:GetParameter and ssm:GetParameters on everything: with it alone a host could read the key of
 * the authority and the secrets of the other host and of other environments. So all else is denied;
 * what AWS publishes for everyone, under /aws/, stays readable. SecureStrings need nothing more:
 * the account's key of Systems Manager decrypts for everyone who may read the parameter.
 */
export function ownParameters(scope: Construct, { names }: Pick<Environment, 'names'>, host: 'aws' | 'gcp'): PolicyStatement[] {
  const own = readable(names.parameters, host).map((name) => parameterArn(scope, name));
  return [
    new PolicyStatement({ actions: read, resources: own }),
    new PolicyStatement({
      effect: Effect.DENY,
      actions: [...read, 'ssm:GetParametersByPath', 'ssm:GetParameterHistory'],
      notResources: [...own, published(scope)],
    }),
  ];
}

/** Names, of which one may end in a star: what lies below. */
function readable({ ofHost, trust, endpoints }: Names['parameters'], host: 'aws' | 'gcp'): string[] {
  return [ofHost[host], trust.ca['ca-certificate'], ...Object.values(endpoints)];
}

/** An ARN of a parameter has the name's first slash as its separator. */
function parameterArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({
    service: 'ssm',
    resource: 'parameter',
    resourceName: name.slice(1),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
}

function published(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'ssm', account: '', resource: 'parameter', resourceName: 'aws/*' });
}
