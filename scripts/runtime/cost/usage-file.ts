/** The file of what is used in a month. */
import { basename } from 'node:path';
import { parseUsage, type Usage } from '../../../lib/cost/estimate/usage.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { readText } from '../../io/text-file.ts';

/** @throws DojangError `no-usage-file`, `invalid-usage`. */
export function usageOf(file: string): ReadonlyMap<string, ReturnType<Usage['get']>> {
  try {
    return parseUsage(readText(file), basename(file));
  } catch (error) {
    if (error instanceof DojangError) throw error;
    throw new DojangError('no-usage-file', `cannot read ${file}`, { next: 'name a usage file that is there with --usage', cause: error });
  }
}
