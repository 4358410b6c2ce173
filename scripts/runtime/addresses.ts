/** Where the two addresses are read from: the outputs of what is deployed. */
import type { Environment } from '../../lib/config/environment.ts';
import { DojangError } from '../../lib/errors/dojang-error.ts';
import type { Addresses } from '../../lib/wiring/desired.ts';
import type { Clouds } from './context.ts';

/**
 * Both addresses of an environment whose machines are there.
 * @throws DojangError `no-address` naming what is not there yet and the command that makes it.
 */
export async function addressesOf(environment: Environment, { aws, gcp }: Pick<Clouds, 'aws' | 'gcp'>): Promise<Addresses> {
  const { addresses, network } = environment.names.stacks;
  const [{ Address, HostGroupId }, { address, machine }] = await Promise.all([aws.outputs([addresses, network]), gcp.outputs()]);
  if (!Address) throw missing(`no Elastic IP in ${addresses}`, 'The address is what the GCP firewall lets in', environment);
  if (!HostGroupId) throw missing(`no security group in ${network}`, 'Its rules are one side of the wiring', environment);
  if (!address) throw missing(`no static address on GCP for ${environment.name}`, 'The address is where AWS may send to', environment);
  if (!machine) throw missing(`no machine on GCP for ${environment.name}`, 'There is nothing to wire to', environment);
  return { aws: Address, gcp: address };
}

function missing(what: string, why: string, { name }: Environment): DojangError {
  return new DojangError('no-address', what, {
    why: `${why}, so nothing after it can be built.`,
    next: `dojang up --env ${name}`,
  });
}
