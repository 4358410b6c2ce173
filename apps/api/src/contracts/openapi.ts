/** The paths of easy contracts in the OpenAPI document. Described only: a body is checked by hand, as it comes, with limits. */
import { z } from '@hono/zod-openapi';
import { json, refusal } from '../http/problem-schema.ts';
import type { Router } from '../http/router.ts';
import { answerSchema } from './ai/answer.ts';

const words = z.object({ ko: z.string(), en: z.string() });
const status = z.enum(['waiting', 'running', 'answered', 'late', 'unreadable']);
const position = z.int().min(1).nullable().openapi({ description: 'Place in the line while waiting; 1 is next' });
const instant = z.iso.datetime();

const receipt = z.object({ id: z.uuid(), status, position, links: z.object({ self: z.string(), events: z.string() }) });
const line = z.object({ id: z.uuid(), status, createdAt: instant, pageCount: z.int(), summary: words.nullable() });
const lines = z.object({ items: z.array(line), next: z.string().nullable() });
const contract = z
  .object({
    id: z.uuid(),
    status,
    createdAt: instant,
    answeredAt: instant.nullable(),
    position,
    pageCount: z.int(),
    message: words,
    result: answerSchema.nullable(),
  })
  .openapi('Contract');

const form = z.object({ pages: z.array(z.string().openapi({ format: 'binary' })), locale: z.enum(['ko', 'en']).default('ko') });
const texts = z.object({ pages: z.array(z.object({ text: z.string() })), locale: z.enum(['ko', 'en']).default('ko') });
const params = z.object({ id: z.uuid() });
const page = z.object({ limit: z.coerce.number().int().min(1).max(100).default(50), before: z.string().optional() });
const key = z.object({
  'Idempotency-Key': z.string().max(255).optional().openapi({ description: 'The same for each attempt to send the same pages' }),
});

export function describeContracts(routes: Router): void {
  routes.openAPIRegistry.registerPath({
    method: 'post',
    path: '/',
    summary: 'Submit the pages of a contract',
    request: { headers: key, body: { content: { 'multipart/form-data': { schema: form }, 'application/json': { schema: texts } } } },
    responses: {
      202: json(receipt, 'Taken: it will be answered'),
      ...{ 400: refusal[400], 401: refusal[401], 403: refusal[403], 413: refusal[413] },
      ...{ 415: refusal[415], 422: refusal[422], 429: refusal[429], 503: refusal[503] },
    },
  });
  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/',
    summary: "The person's contracts, newest first",
    request: { query: page },
    responses: { 200: json(lines, 'The contracts'), 401: refusal[401], 422: refusal[422] },
  });
  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/{id}',
    summary: 'One contract',
    request: { params },
    responses: { 200: json(contract, 'The contract'), 401: refusal[401], 404: refusal[404] },
  });
  routes.openAPIRegistry.registerPath({
    method: 'get',
    path: '/{id}/events',
    summary: 'Progress by server-sent events: `progress`, then one `done` with the contract',
    request: { params },
    responses: {
      200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
      204: { description: 'There is nothing more' },
      ...{ 401: refusal[401], 404: refusal[404], 429: refusal[429], 503: refusal[503] },
    },
  });
}
