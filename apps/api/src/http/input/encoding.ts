/**
 * Text comes as UTF-8. What is not is refused, where the platform would put U+FFFD in its place and
 * go on.
 */
import { isUtf8 } from 'node:buffer';
import type { MiddlewareHandler } from 'hono';
import { type FieldError, invalid } from '../../errors.ts';
import type { AppEnv } from '../env.ts';

/** For the query of every request. Repeated parameters are refused as well. @throws Problem 422 */
export const checkedQuery: MiddlewareHandler<AppEnv> = async (c, next) => {
  const errors = queryFaults(c.req.url);
  if (errors.length > 0) throw invalid(errors);
  await next();
};

/**
 * For bodies that are read at once and as a whole; to come after their limit. @throws Problem 422
 */
export const utf8Body: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.req.raw.body && !isUtf8(await c.req.arrayBuffer())) throw invalid([{ field: '', message: 'is not UTF-8' }]);
  await next();
};

function queryFaults(url: string): FieldError[] {
  const [, query = ''] = url.split('?', 2);
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const pair of query.split('&').filter(Boolean)) {
    const [name, value] = [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)].map(decoded);
    if (name === undefined || value === undefined) errors.push({ field: name ?? '', message: 'is not UTF-8 in percent-encoding' });
    else if (seen.has(name)) errors.push({ field: name, message: 'must be given once' });
    else seen.add(name);
  }
  return errors;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
