/** Errors that say what was wrong, why it matters and what to do next. */
import type { ErrorCode } from './codes.ts';

export interface ErrorDetails {
  /** Why it matters, one sentence. */
  readonly why?: string;
  /** What to do next; a command where there is one. */
  readonly next?: string;
  readonly cause?: unknown;
  /** Exit status of the process instead of 1: that of what was run elsewhere. */
  readonly status?: number;
}

/**
 * The one error that verbs throw on purpose. `message` says what was wrong with the offending value
 * in it, lowercase and without a final period; `code` is one of codes.ts.
 */
export class DojangError extends Error {
  readonly code: ErrorCode;
  readonly why: string | undefined;
  readonly next: string | undefined;
  readonly status: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'DojangError';
    this.code = code;
    this.why = details.why;
    this.next = details.next;
    this.status = details.status;
  }
}

/** The text of anything that was thrown, without its stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export interface ExplainOptions {
  /** Whether the stack follows. @default false */
  readonly verbose?: boolean;
  /** How to get the stack. @default `--verbose` */
  readonly more?: string;
}

/** The lines of an error for the terminal: what, why, next. */
export function explain(error: unknown, { verbose = false, more = '--verbose' }: ExplainOptions = {}): string {
  const known = error instanceof DojangError ? error : undefined;
  const lines = [`dojang: ${messageOf(error)}`];
  if (known?.why) lines.push(`  ${known.why}`);
  if (known?.next) lines.push(`  Next: ${known.next}`);
  if (verbose) lines.push(stackOf(error));
  else lines.push(`  More: ${more}`);
  return lines.join('\n');
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
