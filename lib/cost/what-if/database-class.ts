/** How large a managed MySQL has to be for a buffer pool. */
import { awsMachine } from '../../config/machines.ts';
import type { Size } from '../../values/size.ts';
import type { Unknown } from '../resources/property-reader.ts';

/** Classes of RDS that are offered for MySQL on Graviton, the smallest first. */
const classes = [
  't4g.micro',
  't4g.small',
  't4g.medium',
  't4g.large',
  't4g.xlarge',
  't4g.2xlarge',
  'r7g.2xlarge',
  'r7g.4xlarge',
  'r7g.8xlarge',
] as const;

/**
 * The smallest class whose buffer pool is as large as `bufferPool`. RDS gives InnoDB three quarters
 * of a class's memory (`{DBInstanceClassMemory*3/4}`, the default parameter group of MySQL), as it
 * needs the rest for itself. Unknown when even the largest is too small.
 */
export function databaseClass(bufferPool: Size): string | Unknown {
  const fitting = classes.find((name) => (awsMachine(name)?.memory.mib ?? 0) * 3 >= bufferPool.mib * 4);
  if (fitting) return `db.${fitting}`;
  return { reason: `no class of RDS up to db.${classes.at(-1)} has room for a buffer pool of ${bufferPool}` };
}
