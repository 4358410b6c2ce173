/** The day by the clock of this machine, in UTC. */

/** Like `2026-11-28`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
