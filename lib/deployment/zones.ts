/** Which zone to try next when one has no GPU left. */

/**
 * The zones in the order to try: the one that is in use first, since moving away from it costs a
 * machine.
 */
export function zonesToTry(configured: readonly string[], inUse: string | undefined): string[] {
  if (inUse === undefined || !configured.includes(inUse)) return [...configured];
  return [inUse, ...configured.filter((zone) => zone !== inUse)];
}
