/** A page of log lines as a host prints it, and several of them in one order. */
import * as z from 'zod';
import type { HostName } from '../ports/host-shell.ts';

const logPage = z.strictObject({
  /** Up to when it was read. Microseconds since 1970, by the clock of the host. */
  until: z.number(),
  /** Whether there are earlier lines that were asked for. */
  more: z.boolean(),
  /** When, by what, and the line; the oldest first. */
  lines: z.array(z.tuple([z.number(), z.string(), z.string()])).readonly(),
});

export type LogPage = z.infer<typeof logPage>;

/** @throws a ZodError or a SyntaxError for what is no page */
export function parsePage(json: string): LogPage {
  return logPage.parse(JSON.parse(json));
}

export interface LogLine {
  /** Microseconds since 1970, by the clock of the host. */
  readonly at: number;
  readonly host: HostName;
  /** Like `api@a`: the API in slot a. */
  readonly source: string;
  readonly text: string;
}

export function linesOf(host: HostName, page: LogPage): LogLine[] {
  return page.lines.map(([at, source, text]) => ({ at, host, source, text }));
}

/** By time; lines of one time stay in the order of their host. */
export function merged(lines: readonly LogLine[]): LogLine[] {
  return lines.toSorted((one, other) => one.at - other.at);
}

/** ISO 8601 in UTC, with milliseconds. */
export function timeOf({ at }: Pick<LogLine, 'at'>): string {
  return new Date(Math.floor(at / 1000)).toISOString();
}

/** `2026-11-28T14:32:00.123Z  api@a  text`, without control characters. */
export function lineText(line: LogLine): string {
  return `${timeOf(line)}  ${line.source.padEnd(5)}  ${readable(line.text).replaceAll(/\p{Cc}/gu, ' ')}`;
}

/** What applications and nginx write for programs, shortened for people; other text as it is. */
function readable(text: string): string {
  const fields = fieldsOf(text);
  if (!fields) return text;
  if (typeof fields.path === 'string' && typeof fields.status === 'number') return accessText(fields);
  const { level, time: _, timestamp: __, msg, message, ...rest } = fields;
  const said = msg ?? message;
  if (typeof said !== 'string') return text;
  const others = Object.entries(rest).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [level, said, ...others].filter((each) => each !== undefined).join('  ');
}

function accessText({ method, path, status, seconds, address, bytes }: Readonly<Record<string, unknown>>): string {
  const milliseconds = Math.round(Number(seconds) * 1000);
  return `${method} ${path} ${status}  ${milliseconds} ms  ${bytes} bytes  ${address}`;
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
