/** The calendar day in Seoul, by which the plans' limits count. */

/** Korea keeps one offset all year: no daylight saving since 1988. */
const offsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;

/** Like `2026-11-21`. */
export const seoulDay = (now: Date): string => new Date(now.getTime() + offsetMs).toISOString().slice(0, 10);

/** Whole seconds until the next day begins, at least 1. */
export function secondsUntilNextDay(now: Date): number {
  const intoDay = (now.getTime() + offsetMs) % dayMs;
  return Math.max(1, Math.ceil((dayMs - intoDay) / 1000));
}
