/** The time that a restore is to reach, as an operator types it. */
import { DojangError } from '../../errors/dojang-error.ts';

const form = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * ISO 8601 with a time zone, or `now`. A restore reaches whole seconds, so a part of one is left
 * out. @throws DojangError `invalid-time`, also for a time that has not come
 */
export function momentFrom(text: string, now: Date): Date {
  if (text === 'now') return now;
  const moment = form.test(text) ? new Date(text.replace(' ', 'T')) : undefined;
  if (!moment || Number.isNaN(moment.getTime())) {
    throw new DojangError('invalid-time', `${text} is not a moment with a time zone`, {
      next: 'write it like 2026-11-28T14:30:00+09:00, 2026-11-28T05:30:00Z, or now',
    });
  }
  if (moment > now) throw new DojangError('invalid-time', `${text} has not come yet`, { next: 'write a time that has passed, or now' });
  return moment;
}
