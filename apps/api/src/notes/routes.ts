/** House notes of the signed-in person. */
import { createRoute } from '@hono/zod-openapi';
import type { Deps } from '../deps.ts';
import { idParameter } from '../http/input/fields.ts';
import { json, refusal } from '../http/problem-schema.ts';
import { createRouter, type Router } from '../http/router.ts';
import { requirePerson, signedIn } from '../http/signed-in.ts';
import { note, noteInput, notePage, noteQuery } from './note.ts';
import { Notes } from './notes.ts';

const body = { content: { 'application/json': { schema: noteInput } }, required: true };
const unwanted = { 401: refusal[401], 403: refusal[403] };
const wrong = { 400: refusal[400], 413: refusal[413], 422: refusal[422] };

const list = createRoute({
  method: 'get',
  path: '/',
  summary: 'Notes, newest first',
  request: { query: noteQuery },
  responses: { 200: json(notePage, 'One page; `next` is the `before` of the following one'), 401: refusal[401], 422: refusal[422] },
});
const add = createRoute({
  method: 'post',
  path: '/',
  summary: 'Write a note',
  request: { body },
  responses: { 201: json(note, 'The new note'), ...unwanted, ...wrong, 409: refusal[409] },
});
const read = createRoute({
  method: 'get',
  path: '/{id}',
  summary: 'One note',
  request: { params: idParameter },
  responses: { 200: json(note, 'The note'), 401: refusal[401], 404: refusal[404] },
});
const change = createRoute({
  method: 'put',
  path: '/{id}',
  summary: 'Write a note anew',
  request: { params: idParameter, body },
  responses: { 200: json(note, 'The note as it is now'), ...unwanted, 404: refusal[404], ...wrong },
});
const remove = createRoute({
  method: 'delete',
  path: '/{id}',
  summary: 'Delete a note',
  request: { params: idParameter },
  responses: { 204: { description: 'Deleted' }, ...unwanted, 404: refusal[404] },
});

export function noteRoutes(deps: Pick<Deps, 'db' | 'clock' | 'sessions'>): Router {
  const notes = new Notes(deps);
  const router = createRouter();
  router.use(signedIn(deps.sessions));
  return router
    .openapi(list, async (c) => c.json(await notes.page(requirePerson(c).id, c.req.valid('query')), 200))
    .openapi(add, async (c) => c.json(await notes.add(requirePerson(c).id, c.req.valid('json')), 201))
    .openapi(read, async (c) => c.json(await notes.one(requirePerson(c).id, c.req.valid('param').id), 200))
    .openapi(change, async (c) => c.json(await notes.change(requirePerson(c).id, c.req.valid('param').id, c.req.valid('json')), 200))
    .openapi(remove, async (c) => {
      await notes.remove(requirePerson(c).id, c.req.valid('param').id);
      return c.body(null, 204);
    });
}
