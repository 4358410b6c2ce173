/**
 * The paths of easy contracts in the OpenAPI document. Described only: a body is checked by hand,
 * as it comes, with limits.
 */
import { z } from '@hono/zod-openapi';
import { wholeNumber } from '../http/input/fields.ts';
import { json, refusal } from '../http/problem-schema.ts';
import type { Router } from '../http/router.ts';
import { answerSchema } from './ai/answer.ts';
import type { ContentLimits } from './submission/limits.ts';

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

/** What may stand in a header without an agreement on its encoding. */
export const keyForm = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** `before` is the `next` of the page before. */
export const listQuery = z.object({
  limit: wholeNumber({ least: 1, most: 100 }).default(50),
  before: wholeNumber({ least: 1, most: 999_999_999_999_999 }).optional(),
});

const locale = z.enum(['ko', 'en']).default('ko');

function formOf({ maxPages }: ContentLimits) {
  return z.object({
    pages: z
      .array(z.string().openapi({ format: 'binary' }))
      .min(1)
      .max(maxPages),
    locale,
  });
}

function textsOf({ maxPages, maxCharacters, maxPageCharacters }: ContentLimits) {
  const page = z.object({ text: z.string().min(1).max(maxPageCharacters) });
  return z.object({ pages: z.array(page).min(1).max(maxPages), locale }).openapi({
    description: `At most ${maxCharacters} characters in all pages that are text. A page is text as people write it: UTF-8 without control characters, without what turns the direction of text around, with at most 30 combining marks in a row.`,
  });
}

const params = z.object({ id: z.uuid() });
const key = z.object({
  'Idempotency-Key': z.string().regex(keyForm).optional().openapi({ description: 'The same for each attempt to send the same pages' }),
});

export function describeContracts(routes: Router, limits: ContentLimits): void {
  routes.openAPIRegistry.registerPath({
    method: 'post',
    path: '/',
    summary: 'Submit the pages of a contract',
    request: {
      headers: key,
      body: { content: { 'multipart/form-data': { schema: formOf(limits) }, 'application/json': { schema: textsOf(limits) } } },
    },
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
    request: { query: listQuery },
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
