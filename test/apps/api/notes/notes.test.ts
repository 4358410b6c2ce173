import { beforeEach, describe, expect, it } from 'vitest';
import type { Note, NotePage } from '../../../../apps/api/src/notes/note.ts';
import { testApp, testDeps, unauthenticatedClient, type Visitor, visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';

const mysql = useMysql();
let owner: Visitor;
let other: Visitor;
let unauthenticated: Pick<Visitor, 'call'>;

beforeEach(async () => {
  const deps = testDeps(mysql);
  const app = testApp(deps);
  owner = await visitor(app, deps, '김도장');
  other = await visitor(app, deps, '이도장');
  unauthenticated = unauthenticatedClient(app);
});

const full = {
  title: '망원동 투룸 🏠',
  address: '서울 마포구 망원로 1',
  deposit: 300_000_000,
  monthlyRent: 0,
  memo: '햇빛이 잘 든다.\n수압 확인!',
  visitedOn: '2026-11-20',
  checked: ['registry-owner', 'house-condition'],
};
const write = async (body: object): Promise<Note> => (await owner.call('POST', '/api/notes', body)).json();

describe('house notes', () => {
  it('are kept as they were written', async () => {
    const response = await owner.call('POST', '/api/notes', full);
    expect(response.status).toBe(201);
    const note = await response.json<Note>();
    expect(note).toEqual({ ...full, id: expect.any(String), createdAt: '2026-11-21T09:00:00.000Z', checked: full.checked.toSorted() });
    expect(await (await owner.call('GET', `/api/notes/${note.id}`)).json()).toEqual(note);
  });

  it('need only a title', async () => {
    const note = await write({ title: '  연남동  ', address: '' });
    expect(note).toMatchObject({
      title: '연남동',
      address: null,
      deposit: null,
      monthlyRent: null,
      memo: null,
      visitedOn: null,
      checked: [],
    });
  });

  it('are 200 of one user at most, though many come at once', async () => {
    await Promise.all(Array.from({ length: 190 }, (_, at) => write({ title: `${at}` })));
    const statuses = await Promise.all(
      Array.from({ length: 30 }, async () => (await owner.call('POST', '/api/notes', { title: 'more' })).status),
    );
    expect(statuses.toSorted()).toEqual([...Array.from({ length: 10 }, () => 201), ...Array.from({ length: 20 }, () => 409)]);
    expect((await other.call('POST', '/api/notes', { title: 'mine' })).status).toBe(201);
  });

  it('are listed newest first', async () => {
    await write({ title: 'one' });
    await write({ title: 'two', checked: ['fixed-date'] });
    const { items } = await (await owner.call('GET', '/api/notes')).json<{ items: Note[] }>();
    expect(items.map(({ title }) => title)).toEqual(['two', 'one']);
    expect(items[0]?.checked).toEqual(['fixed-date']);
  });

  it('come in pages, of which none is large, though 200 of the longest are written', async () => {
    const values = Array.from({ length: 200 }, () => '(?, ?, ?, ?)').join(', ');
    const parameters = Array.from({ length: 200 }, (_, at) => [owner.id, `${at}`, '가'.repeat(10_000), new Date()]).flat();
    await mysql.db.query(`INSERT INTO notes (person_id, title, memo, created_at) VALUES ${values}`, parameters);
    const titles: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const answer = await (await owner.call('GET', `/api/notes${next && `?before=${next}`}`)).text();
      expect(Buffer.byteLength(answer)).toBeLessThan(2_000_000);
      const page: NotePage = JSON.parse(answer);
      titles.push(...page.items.map(({ title }) => title));
      next = page.next;
    }
    expect(titles).toEqual(Array.from({ length: 200 }, (_, at) => `${199 - at}`));
    const small = await (await owner.call('GET', '/api/notes?limit=3')).json<NotePage>();
    expect([small.items.length, small.next]).toEqual([3, small.items[2]?.id]);
  });

  it.each(['?limit=0', '?limit=51', '?limit=x', '?before=x'])('refuse %s', async (query) => {
    expect((await owner.call('GET', `/api/notes${query}`)).status).toBe(422);
  });

  it('are written anew as a whole', async () => {
    const { id, createdAt } = await write(full);
    const response = await owner.call('PUT', `/api/notes/${id}`, { title: 'new', checked: ['fixed-date', 'fixed-date'] });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id, createdAt, title: 'new', deposit: null, checked: ['fixed-date'] });
  });

  it('refuse what is not on the checklist, and then change nothing', async () => {
    const { id } = await write(full);
    const response = await owner.call('PUT', `/api/notes/${id}`, { title: 'new', checked: ['fixed-date', 'no-such-thing'] });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ field: 'checked.1', message: 'is not on the checklist' }] });
    expect(await (await owner.call('GET', `/api/notes/${id}`)).json()).toMatchObject({
      title: full.title,
      checked: full.checked.toSorted(),
    });
  });

  it('are gone when deleted', async () => {
    const { id } = await write(full);
    expect((await owner.call('DELETE', `/api/notes/${id}`)).status).toBe(204);
    expect((await owner.call('GET', `/api/notes/${id}`)).status).toBe(404);
    expect((await owner.call('DELETE', `/api/notes/${id}`)).status).toBe(404);
  });

  it('of another person cannot be read, changed, deleted or found', async () => {
    const { id } = await write(full);
    const path = `/api/notes/${id}`;
    expect((await other.call('GET', path)).status).toBe(404);
    expect((await other.call('PUT', path, { title: 'mine now' })).status).toBe(404);
    expect((await other.call('DELETE', path)).status).toBe(404);
    expect(await (await other.call('GET', '/api/notes')).json()).toEqual({ items: [], next: null });
    expect(await (await owner.call('GET', path)).json()).toMatchObject({ title: full.title });
  });

  it('are for signed-in people', async () => {
    for (const [method, path] of [
      ['GET', '/api/notes'],
      ['POST', '/api/notes'],
      ['GET', '/api/notes/1'],
      ['DELETE', '/api/notes/1'],
    ] as const)
      expect((await unauthenticated.call(method, path, method === 'POST' ? full : undefined)).status, `${method} ${path}`).toBe(401);
  });

  it('are at most 200 of one person', async () => {
    const values = Array.from({ length: 200 }, () => '(?, ?, ?)').join(', ');
    const parameters = Array.from({ length: 200 }, () => [owner.id, 'x', new Date()]).flat();
    await mysql.db.query(`INSERT INTO notes (person_id, title, created_at) VALUES ${values}`, parameters);
    expect((await owner.call('POST', '/api/notes', full)).status).toBe(409);
    expect((await other.call('POST', '/api/notes', full)).status).toBe(201);
  });
});
