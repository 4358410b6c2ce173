/** Whether a quota has room for what an environment needs. */
import type { Usage } from '../ports/preflight.ts';
import { fault, ok, type Verdict, warning } from './check.ts';

export interface Room extends Usage {
  readonly limit: number;
}

/**
 * What the environment uses already counts for what it needs: a larger machine needs the
 * difference. One that is there needs no room; where the limit is below what is in use, that is a
 * warning, since a machine that has stopped needs room to start.
 * @param remedy given the limit to ask for
 */
export function quotaVerdict({ limit, used, ours }: Room, needed: number, remedy: (limit: number) => string): Verdict {
  const inUse = `${used} of ${limit} in use`;
  const more = needed - ours;
  if (more <= 0 && used > limit) {
    return warning(
      `${used} in use, more than the quota of ${limit}: what is there stays, and could not be made or started again`,
      remedy(used),
    );
  }
  if (more <= 0) return ok(`${inUse}, ours among them`);
  if (used + more <= limit) return ok(`${inUse}, ${more} needed`);
  return fault(`${inUse}, ${more} more needed`, remedy(used + more));
}
