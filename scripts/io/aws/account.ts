/**
 * Makes sure that what is changed belongs to the environment: credentials of another account would
 * build a second one there.
 */
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { AwsContext } from './aws-context.ts';

/** The check, asked of AWS once. @throws DojangError `no-credentials` or `wrong-account` */
export function requireAccount(site: Pick<AwsContext, 'environment' | 'clients'>): () => Promise<void> {
  let answer: Promise<void> | undefined;
  return () => {
    answer ??= check(site);
    return answer;
  };
}

async function check({ environment, clients }: Pick<AwsContext, 'environment' | 'clients'>): Promise<void> {
  const { Account } = await clients.sts.send(new GetCallerIdentityCommand({})).catch((error: unknown) => {
    throw credentialError(error, environment.aws.region);
  });
  const { account } = environment.aws;
  if (Account === account) return;
  throw new DojangError(
    'wrong-account',
    `the AWS credentials belong to account ${Account}, environment ${environment.name} to ${account}`,
    {
      why: 'Going on would build a second copy there.',
      next: `choose credentials of ${account} (AWS_PROFILE=...), or correct environments.${environment.name}.aws.account`,
    },
  );
}

function credentialError(error: unknown, region: string): DojangError {
  const name = error instanceof Error ? error.name : '';
  const details = { why: messageOf(error), cause: error };
  if (/expired/i.test(name) || /expired/i.test(messageOf(error))) {
    return new DojangError('no-credentials', 'the AWS credentials have expired', { ...details, next: 'aws sso login, or renew the keys' });
  }
  if (/credential|token|accessdenied|signature/i.test(name)) {
    const next = 'aws configure sso, or set AWS_PROFILE; dojang up without --env needs none: it uses the local clouds';
    return new DojangError('no-credentials', 'there are no AWS credentials that work', { ...details, next });
  }
  return new DojangError('aws-unreachable', `AWS does not answer in ${region}`, {
    ...details,
    next: 'check the network, then run it again',
  });
}
