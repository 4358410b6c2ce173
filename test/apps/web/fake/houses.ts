/** House notes and listings of the imitated service. */
import { Hono } from 'hono';
import type { Listing, Note } from '../../../../apps/web/src/api/schemas.ts';
import { problem } from './problem.ts';
import type { FakeState } from './state.ts';

/** So few that the flows of the site meet more than one page. */
const notesPageSize = 1;

export function noteRoutes(state: FakeState): Hono {
  const app = new Hono();
  const found = (id: string) => state.notes.find((note) => note.id === id);
  app.get('/', (c) => {
    const { before } = c.req.query();
    const all = state.notes.slice(state.notes.findIndex(({ id }) => id === before) + 1);
    const items = all.slice(0, notesPageSize);
    return c.json({ items, next: all.length > notesPageSize ? items.at(-1)?.id : null });
  });
  app.post('/', async (c) => {
    const note: Note = { ...(await c.req.json()), id: state.nextId(), createdAt: new Date().toISOString() };
    state.notes = [note, ...state.notes];
    return c.json(note, 201);
  });
  app.get('/:id', (c) => {
    const note = found(c.req.param('id'));
    return note ? c.json(note) : problem(c, 404, 'There is no such note.');
  });
  app.put('/:id', async (c) => {
    const before = found(c.req.param('id'));
    if (!before) return problem(c, 404, 'There is no such note.');
    const note: Note = { ...before, ...(await c.req.json()) };
    state.notes = state.notes.map((each) => (each.id === note.id ? note : each));
    return c.json(note);
  });
  app.delete('/:id', (c) => {
    state.notes = state.notes.filter(({ id }) => id !== c.req.param('id'));
    return c.body(null, 204);
  });
  return app;
}

const pageSize = 6;

export function listingRoutes(state: FakeState): Hono {
  const app = new Hono();
  app.get('/', (c) => {
    const { query = '', maxDeposit, maxRent, before } = c.req.query();
    const fits = (listing: Listing) =>
      `${listing.title} ${listing.district} ${listing.description}`.includes(query) &&
      listing.deposit <= Number(maxDeposit || Number.POSITIVE_INFINITY) &&
      listing.monthlyRent <= Number(maxRent || Number.POSITIVE_INFINITY) &&
      (!before || Number(listing.id) < Number(before));
    const all = state.listings.filter(fits);
    const items = all.slice(0, pageSize);
    return c.json({ items, next: all.length > pageSize ? items.at(-1)?.id : null });
  });
  app.post('/', async (c) => {
    if (!state.person) return problem(c, 401, 'Not signed in');
    const listing: Listing = {
      ...(await c.req.json()),
      id: state.nextId(),
      author: { name: state.person.name },
      createdAt: new Date().toISOString(),
      mine: true,
    };
    state.listings = [listing, ...state.listings];
    return c.json(listing, 201);
  });
  app.get('/:id', (c) => {
    if (!state.person) return problem(c, 401, 'Not signed in');
    const listing = state.listings.find(({ id }) => id === c.req.param('id'));
    return listing ? c.json(listing) : problem(c, 404, 'There is no such listing.');
  });
  app.delete('/:id', (c) => {
    if (!state.person) return problem(c, 401, 'Not signed in');
    state.listings = state.listings.filter(({ id }) => id !== c.req.param('id'));
    return c.body(null, 204);
  });
  return app;
}
