/** The community's listings: public to read; writing requires a sign-in. */
import { createRoute } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { idParameter } from '../http/input/fields.ts';
import { json, refusal } from '../http/problem-schema.ts';
import { createRouter, type Router } from '../http/router.ts';
import { maybeSignedIn, requirePerson, signedIn } from '../http/signed-in.ts';
import { listing, listingInput, listingPage, listingQuery } from './listing.ts';
import { Listings } from './listings.ts';

const unwanted = { 401: refusal[401], 403: refusal[403] };

export function listingRoutes(deps: Pick<Deps, 'db' | 'clock' | 'sessions'>): Router {
  const listings = new Listings(deps);
  const { list, add, read, remove } = routes(deps);
  return createRouter()
    .openapi(list, async (c) => c.json(await listings.page(c.req.valid('query'), c.get('person')?.id), 200))
    .openapi(add, async (c) => c.json(await listings.add(requirePerson(c).id, c.req.valid('json')), 201))
    .openapi(read, async (c) => c.json(await listings.one(c.req.valid('param').id, requirePerson(c).id), 200))
    .openapi(remove, async (c) => {
      await listings.remove(requirePerson(c).id, c.req.valid('param').id);
      return c.body(null, 204);
    });
}

function routes({ sessions }: Pick<Deps, 'sessions'>) {
  const list = createRoute({
    method: 'get',
    path: '/',
    summary: 'Listings, newest first',
    middleware: maybeSignedIn(sessions),
    request: { query: listingQuery },
    responses: { 200: json(listingPage, 'One page; `next` is the `before` of the following one'), 422: refusal[422], 503: refusal[503] },
  });
  const add = createRoute({
    method: 'post',
    path: '/',
    summary: 'Create a listing',
    middleware: signedIn(sessions),
    request: { body: { content: { 'application/json': { schema: listingInput } }, required: true } },
    responses: {
      201: json(listing, 'The new listing'),
      ...unwanted,
      400: refusal[400],
      409: refusal[409],
      413: refusal[413],
      422: refusal[422],
    },
  });
  const read = createRoute({
    method: 'get',
    path: '/{id}',
    summary: 'One listing',
    middleware: signedIn(sessions),
    request: { params: idParameter },
    responses: { 200: json(listing, 'The listing'), 401: refusal[401], 404: refusal[404] },
  });
  const remove = createRoute({
    method: 'delete',
    path: '/{id}',
    summary: "Delete a listing of one's own",
    middleware: signedIn(sessions),
    request: { params: idParameter },
    responses: { 204: { description: 'Deleted' }, ...unwanted, 404: refusal[404] },
  });
  return { list, add, read, remove };
}
