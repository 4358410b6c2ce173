/** The environments that tests of the AWS side work with. */
import config from '../../dojang.config.ts';
import { type Environment, environmentOf } from '../../lib/config/environment.ts';

export const prod = environmentOf(config, 'prod');

/** Production with other settings for AWS. */
export function prodWith(aws: Partial<Environment['aws']>): Environment {
  return { ...prod, aws: { ...prod.aws, ...aws } };
}
