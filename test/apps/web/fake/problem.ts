/** Problem details as the API answers them. */
import type { Context } from 'hono';

export interface Fault {
  readonly field: string;
  readonly message: string;
}

export function problem(c: Context, status: number, detail: string, errors?: readonly Fault[]): Response {
  const body = { type: 'urn:dojang:problem:test', title: detail, status, detail, errors };
  return c.newResponse(JSON.stringify(body), { status: status as 400, headers: { 'content-type': 'application/problem+json' } });
}
