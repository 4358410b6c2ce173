/** What the operator sets with `pulumi config set`, read as inputs of the program. */
import type { Environment } from '../lib/config/environment.ts';
import { DojangError } from '../lib/errors/dojang-error.ts';
import type { GcpInputs } from '../lib/ports/gcp.ts';
import { didYouMean } from '../lib/values/suggestion.ts';
import { protectedNames } from './protection.ts';

/**
 * `awsAddress` is required; `zone` is the first configured one unless set; `approve` is a list of
 * names with commas between.
 * @throws DojangError `no-aws-address` when the address is not set, `unknown-approval` for a name
 *   that the program does not protect.
 */
export function stackInputs(environment: Environment, setting: (name: string) => string | undefined): GcpInputs {
  const awsAddress = setting('awsAddress')?.trim();
  if (!awsAddress) {
    throw new DojangError('no-aws-address', `stack ${environment.name} does not know the AWS address`, {
      why: 'The AI port is opened to the Elastic IP of the AWS side and to nothing else.',
      next: 'pulumi config set awsAddress <Elastic IP>',
    });
  }
  const [first = ''] = environment.gcp.zones;
  return { awsAddress, zone: setting('zone')?.trim() || first, approved: approvals(setting('approve') ?? '') };
}

function approvals(list: string): string[] {
  const given = names(list);
  const unknown = given.filter((name) => !protectedNames.some((held) => held === name));
  if (unknown.length === 0) return given;
  throw new DojangError(
    'unknown-approval',
    unknown.map((name) => `no resource is called ${name}${didYouMean(name, protectedNames)}`).join('\n'),
    {
      next: `pulumi config set approve takes: ${protectedNames.join(', ')}`,
    },
  );
}

function names(list: string): string[] {
  return list.split(',').flatMap((name) => name.trim() || []);
}
