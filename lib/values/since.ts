/** Points in time as operators type them. */

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/**
 * `90s`, `10m`, `12h`, `7d` before now; a day like `2026-11-28`; a time like
 * `2026-11-28T14:32:00Z`, in UTC when it names no zone.
 * @returns undefined for what is none of these, or lies in the future
 */
export function sinceFrom(text: string, now: Date): Date | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const time = unit ? now.getTime() - Number(count) * seconds[unit as keyof typeof seconds] * 1000 : timeOf(text);
  return time >= 0 && time <= now.getTime() ? new Date(time) : undefined;
}

/** Milliseconds; NaN for what is no time. */
function timeOf(text: string): number {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/.test(text)) return Number.NaN;
  return Date.parse(/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
}
