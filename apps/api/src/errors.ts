/**
 * Errors that a client sees, as problem details (RFC 9457); all others become a 500 without
 * details.
 */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ZodError } from 'zod';
import { shownText } from './http/input/user-text.ts';

export interface FieldError {
  /** The field as a path like `checked.0`; empty for the whole. */
  readonly field: string;
  readonly message: string;
}

export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
}

export interface ProblemOptions {
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** Of one answer: more are of no use, and no request may make an answer larger than itself. */
const mostErrors = 20;
/** In characters. With the above an error answer has less than 32 KiB, whatever was sent. */
const longest = { field: 100, message: 300, detail: 500 } as const;

/** A problem on its way between processes. */
export interface ProblemData extends Pick<ProblemDetails, 'title' | 'detail' | 'errors'> {
  readonly status: ContentfulStatusCode;
  readonly code: string;
}

/**
 * `code` is stable and becomes the last part of `type`; the title says the same in words, for every
 * case alike.
 */
export class Problem extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: ProblemDetails;

  constructor(status: ContentfulStatusCode, code: string, title: string, options: ProblemOptions = {}) {
    super(title, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
    const { detail, errors } = bounded(options);
    this.details = { type: `urn:dojang:problem:${code}`, title, status, detail, errors };
  }

  static of({ status, code, title, detail, errors }: ProblemData): Problem {
    return new Problem(status, code, title, { detail, errors });
  }

  toData(): ProblemData {
    const { title, detail, errors } = this.details;
    return { status: this.status, code: this.code, title, detail, errors };
  }

  toResponse(): Response {
    const headers = { ...this.headers, 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
    return new Response(JSON.stringify(this.details), { status: this.status, headers });
  }
}

/** What is shown of a problem: some of it comes from the request. */
function bounded({ detail, errors }: ProblemOptions): Pick<ProblemDetails, 'detail' | 'errors'> {
  const more = (errors?.length ?? 0) - mostErrors;
  const counted = more > 0 ? `The first ${mostErrors} are listed, and ${more} more were found.` : detail;
  return {
    detail: counted === undefined ? undefined : shownText(counted, longest.detail),
    errors: errors?.slice(0, mostErrors).map(({ field, message }) => ({
      field: shownText(field, longest.field),
      message: shownText(message, longest.message),
    })),
  };
}

export function notFound(detail = 'There is nothing at this address.'): Problem {
  return new Problem(404, 'not-found', 'Not found', { detail });
}

export function invalid(errors: readonly FieldError[]): Problem {
  return new Problem(422, 'invalid', 'Some fields are not right', { errors });
}

export function unavailable(detail: string, cause?: unknown): Problem {
  return new Problem(503, 'unavailable', 'Not available now', { detail, headers: { 'retry-after': '5' }, cause });
}

export function tooSlow(): Problem {
  return new Problem(408, 'too-slow', 'The request came too slowly');
}

/** What the routers of this application do with a request that does not fit its schema. */
export function refuseInvalid(result: { success: boolean; target: string; error?: ZodError }): void {
  if (result.success || !result.error) return;
  // An address with something else where an id stands leads nowhere.
  if (result.target === 'param') throw notFound();
  throw invalid(fieldErrors(result.error));
}

export function fieldErrors({ issues }: ZodError): FieldError[] {
  return issues.map(({ path, message }) => ({ field: path.join('.'), message }));
}
