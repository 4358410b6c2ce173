/** How problems and JSON bodies stand in the OpenAPI document. */
import { z } from '@hono/zod-openapi';

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem');

/** The refusals that a route may answer, by status. */
export const refusal = {
  400: refused('The request cannot be read'),
  401: refused('Not signed in'),
  403: refused('The request comes from another site'),
  404: refused('There is no such thing, or it is not yours'),
  409: refused('It conflicts with the present state'),
  413: refused('Too large'),
  415: refused('Not a kind of body that is read here'),
  422: refused('Some fields are not right'),
  429: refused('Too many for now'),
  503: refused('Not available now'),
};

export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

function refused(description: string) {
  return { description, content: { 'application/problem+json': { schema: problem } } };
}
