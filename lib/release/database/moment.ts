/** The time that a restore is to reach, as an operator types it. */
import { DojangError } from '../../errors/dojang-error.ts';

const form = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** `now` is a time of the host, whose clock dates what the binary logs hold. */
export type RequestedTime = Date | 'now';

/**
 * ISO 8601 with a time zone, or `now`. A restore reaches whole seconds, so a part of one is left
 * out. @throws DojangError `invalid-time`
 */
export function requestedTime(text: string): RequestedTime {
  if (text === 'now') return text;
  const moment = form.test(text) ? new Date(text.replace(' ', 'T')) : undefined;
  if (moment && !Number.isNaN(moment.getTime())) return moment;
  throw new DojangError('invalid-time', `${text} is not a moment with a time zone`, {
    next: 'write it like 2026-11-28T14:30:00+09:00, 2026-11-28T05:30:00Z, or now',
  });
}

/**
 * @param now by the clock of the host
 * @throws DojangError `invalid-time` for a time that has not come there
 */
export function momentOf(requested: RequestedTime, now: Date): Date {
  if (requested === 'now') return now;
  if (requested <= now) return requested;
  throw new DojangError('invalid-time', `${requested.toISOString()} has not come yet`, {
    why: `On the host it is ${now.toISOString()}.`,
    next: 'write a time that has passed, or now',
  });
}
