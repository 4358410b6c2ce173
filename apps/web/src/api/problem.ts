/** What went wrong with a request, in a form that pages can put in words (RFC 9457). */
import * as z from 'zod/mini';

/**
 * `offline`: no answer came. `unexpected`: an answer that does not match the schema. `refused`: the
 * server gave a reason.
 */
export type ProblemKind = 'offline' | 'unexpected' | 'refused';

/** What is wrong with a single field; `pages.3` is a part of one. */
export interface Fault {
  readonly field: string;
  readonly message: string;
}

export interface ProblemFacts {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly detail?: string | undefined;
  readonly faults?: readonly Fault[];
  readonly retryAfter?: number | undefined;
}

export class ApiProblem extends Error {
  readonly kind: ProblemKind;
  readonly status: number;
  readonly detail: string | undefined;
  readonly faults: readonly Fault[];
  /** Seconds to wait before the next attempt. */
  readonly retryAfter: number | undefined;

  constructor({ kind, status, detail, faults = [], retryAfter }: ProblemFacts) {
    super(detail ?? `${kind} ${status}`);
    this.name = 'ApiProblem';
    this.kind = kind;
    this.status = status;
    this.detail = detail;
    this.faults = faults;
    this.retryAfter = retryAfter;
  }
}

const document = z.object({
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ field: z.string(), message: z.string() }))),
});

/** Reads a body of `application/problem+json`; any other gives a problem with the status alone. */
export function problemOf(status: number, body: unknown, retryAfter?: number): ApiProblem {
  const { data } = document.safeParse(body);
  return new ApiProblem({ kind: 'refused', status, detail: data?.detail ?? data?.title, faults: data?.errors ?? [], retryAfter });
}

/** What the server says about a field of a form, if the error is about it. */
export function faultOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  return error.faults.find((fault) => fault.field.split('.')[0] === field)?.message;
}

/** Whether the person has to sign in first. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

/** Whether there is nothing to show, however often it is asked for. */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

/** Whether a second attempt may help without a change by the person. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.kind === 'offline' || error.status >= 500);
}

/** Whether what was asked for can't be shown, even if an earlier answer is there. */
export function isFinal(error: unknown): boolean {
  return isSignedOut(error) || (error instanceof ApiProblem && error.kind === 'unexpected');
}
