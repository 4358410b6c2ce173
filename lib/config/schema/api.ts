/** What a release of the API is given. */
import * as z from 'zod';

/** A release that is not healthy after ten minutes will not become so. */
const longestStart = 600;

export const api = z.strictObject({
  /**
   * Seconds in which a new release must be healthy; one that is not is stopped, while the one
   * before it serves on.
   */
  healthSeconds: z
    .int()
    .min(5)
    .max(longestStart, { error: (issue) => `${issue.input} is more than ${longestStart} seconds, which no release may take` })
    .default(60),
});
