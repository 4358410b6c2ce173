/** Which Pulumi engines fit the SDK of this project. */

/** The one that is downloaded or built. The same as in `go.mod` and `checksums.ts`. */
export const engineVersion = '3.256.0';

/** The oldest that may be used when it is on PATH. */
const oldest = [3, 250, 0] as const;

/**
 * Whether an engine that calls itself `3.256.0` or `v3.256.0-dev` fits: the same major version, not
 * older than 3.250.
 */
export function fits(version: string): boolean {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version.trim()) ?? [];
  if (Number(major) !== oldest[0]) return false;
  return Number(minor) > oldest[1] || (Number(minor) === oldest[1] && Number(patch) >= oldest[2]);
}
