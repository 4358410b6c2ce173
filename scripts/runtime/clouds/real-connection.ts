/** A real environment must not be deployed to, or asked of, a stand-in. */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type Connection, connectionFrom } from '../../io/connection.ts';
import { processVariables } from '../../io/process/process-environment.ts';
import { localFolders } from '../../local/index.ts';

/** What points a tool at something else than the real clouds. */
const standIns = /^(AWS_ENDPOINT_URL(_.+)?|PULUMI_DEBUG_PROVIDERS|GOOGLE_[A-Z_]+_CUSTOM_ENDPOINT)$/;

/**
 * The connection to the real clouds.
 * @throws DojangError `stand-in` when this shell points at the embedded ones
 */
export function realConnection(environment: string): Connection {
  const variables = processVariables();
  const set = Object.keys(variables).filter((name) => isOfLocal(name, variables[name]));
  if (set.length === 0) return connectionFrom(variables);
  throw new DojangError('stand-in', `${environment} is a real environment, and this shell points elsewhere: ${set.join(', ')}`, {
    why: 'It would look deployed and be on the embedded clouds, or half on each.',
    next: 'open a new shell, or unset all that dojang local env has set',
  });
}

/**
 * Also what `local env` sets beside the endpoints: a state kept with the embedded clouds would go
 * with them.
 */
function isOfLocal(name: string, value = ''): boolean {
  if (name === 'AWS_ACCESS_KEY_ID') return value === 'local';
  return standIns.test(name) || (name === 'PULUMI_BACKEND_URL' && value.includes(localFolders.pulumi));
}
