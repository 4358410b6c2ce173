/** Spans of time and sizes in words. */
import type { Language } from './money.ts';

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The two largest parts of a span: `3시간 20분`, `1 minute 5 seconds`. */
export function spanWords(seconds: number, language: Language): string {
  let rest = Math.max(0, Math.round(seconds));
  const parts: string[] = [];
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(counted(count, unit, language));
  }
  return parts.slice(0, 2).join(' ') || counted(0, 'second', language);
}

function counted(count: number, unit: string, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** `Retry-After` as seconds from now: it is a number of seconds or a date. */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined;
}

/** How long ago a moment was: `3일 전`, `2 hours ago`. */
export function agoWords(moment: string, now: number, language: Language): string {
  const past = Math.max(0, (now - Date.parse(moment)) / 1000);
  const [unit, size] = units.find(([, each]) => past >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(past / size), unit);
}

/** `2026년 3월 5일`. A day without a time is that day wherever the reader is. */
export function dayWords(moment: string, language: Language): string {
  const plain = /^\d{4}-\d{2}-\d{2}$/.test(moment);
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', ...(plain && { timeZone: 'UTC' }) }).format(new Date(moment));
}

/** Day and time: `2026년 3월 5일 오후 2:10`. */
export function momentWords(moment: string, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(moment));
}

export function sizeWords(bytes: number, language: Language): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString(language)} KB`;
  return `${(bytes / 1024 / 1024).toLocaleString(language, { maximumFractionDigits: 1 })} MB`;
}

/** The language of a text that came without one, for screen readers. */
export function languageOf(text: string): Language {
  return /[가-힣]/.test(text) ? 'ko' : 'en';
}
