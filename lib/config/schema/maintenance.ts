/**
 * When machines may be restarted for what an update has installed, which they otherwise never run.
 */
import * as z from 'zod';

export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** Names like Asia/Seoul as the hosts know them: they do not take other spellings or offsets. */
const zone = z.string().refine(isZone, {
  error: (issue) => `${JSON.stringify(issue.input)} is no time zone; write a name like Asia/Seoul, or UTC`,
});

/** One hour a week; each host has its own half. */
export const maintenance = z.strictObject({
  /** Day on which the hour begins; `never` leaves restarts to an operator. */
  day: z
    .literal([...weekdays, 'never'], {
      error: (issue) => `${JSON.stringify(issue.input)} is no day; write one of ${weekdays.join(', ')}, or never to restart by hand`,
    })
    .default('sunday'),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: (issue) => `${JSON.stringify(issue.input)} is not a time of day like 04:00` })
    .default('04:00'),
  zone: zone.default('Asia/Seoul'),
});

export type Maintenance = z.output<typeof maintenance>;

function isZone(name: string): boolean {
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
