/** The one way to the API: paths of our own origin, answers checked, failures as `ApiProblem`. */
import type * as z from 'zod/mini';
import { retryAfterSeconds } from '../words/spans.ts';
import { ApiProblem, problemOf } from './problem.ts';

interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** @throws ApiProblem */
export async function ask<S extends z.ZodMiniType>(path: string, schema: S, asked: Asked = {}): Promise<z.infer<S>> {
  const response = await answered(path, asked);
  return checked(schema, await bodyOf(response), response.status);
}

/** A request whose answer has no body. @throws ApiProblem */
export async function send(path: string, asked: Asked): Promise<void> {
  await answered(path, asked);
}

/** @throws ApiProblem `unexpected` when the answer is not as agreed. */
export function checked<S extends z.ZodMiniType>(schema: S, body: unknown, status: number): z.infer<S> {
  const { success, data } = schema.safeParse(body);
  if (!success) throw new ApiProblem({ kind: 'unexpected', status });
  return data;
}

async function answered(path: string, { method = 'GET', body, signal }: Asked): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiProblem({ kind: 'offline', status: 0 });
  });
  if (response.ok) return response;
  throw problemOf(response.status, await bodyOf(response), retryAfterSeconds(response.headers.get('retry-after'), Date.now()));
}

/** The body as JSON; a page of a proxy, for one, is none. */
async function bodyOf(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}
