/**
 * Snapshots that a data disk is made from: as AWS and as Google name them. Whether there is one of
 * this name, and whether it fits, is asked before a deployment.
 */
import * as z from 'zod';

/** Ids of EC2 have 17 hexadecimal digits; those of before 2016 have 8. */
export const awsSnapshot = z.string().regex(/^snap-([0-9a-f]{8}|[0-9a-f]{17})$/, {
  error: (issue) => `${JSON.stringify(issue.input)} is not a snapshot like snap-0123456789abcdef0`,
});

/** https://cloud.google.com/compute/docs/naming-resources */
export const gcpSnapshot = z.string().regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
  error: (issue) => `${JSON.stringify(issue.input)} is not the name of a snapshot, which holds a-z, 0-9 and -, up to 63 characters`,
});
