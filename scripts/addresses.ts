/** Where the two addresses are read from: the outputs of what is deployed. */
import type { Environment } from '../lib/config/environment.ts';
import { stackNames } from '../lib/config/names.ts';
import { DojangError } from '../lib/errors.ts';
import type { Addresses } from '../lib/wiring/desired.ts';
import type { Clouds } from './context.ts';

/** Both addresses. @throws DojangError `no-address` naming the side that has none yet and the command that makes it. */
export async function addressesOf(environment: Environment, { aws, gcp }: Clouds): Promise<Addresses> {
  const { addresses } = stackNames(environment);
  const [awsOutputs, gcpOutputs] = await Promise.all([aws.outputs([addresses]), gcp.outputs()]);
  const awsAddress = awsOutputs.Address;
  const gcpAddress = gcpOutputs.address;
  if (!awsAddress)
    throw missing(`no Elastic IP in ${addresses}`, 'The address is what the GCP firewall lets in', environment, 'aws-addresses');
  if (!gcpAddress)
    throw missing(`no static address on GCP for ${environment.name}`, 'The address is where AWS may send to', environment, 'gcp-ai');
  return { aws: awsAddress, gcp: gcpAddress };
}

function missing(what: string, why: string, { name }: Environment, step: string): DojangError {
  return new DojangError('no-address', what, {
    why: `${why}, so nothing after it can be built.`,
    next: `dojang up --env ${name} --only ${step}`,
  });
}
