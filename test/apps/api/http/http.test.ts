import { beforeEach, describe, expect, it } from 'vitest';
import type { ProblemDetails } from '../../../../apps/api/src/errors.ts';
import type { Router } from '../../../../apps/api/src/http/router.ts';
import type { Note } from '../../../../apps/api/src/notes/note.ts';
import { publicUrl, type TestDeps, unauthenticatedClient, type Visitor, visited } from '../app.ts';
import { useMysql } from '../mysql.ts';

const mysql = useMysql();
let deps: TestDeps;
let app: Router;
let person: Visitor;

beforeEach(async () => {
  ({ deps, app, person } = await visited(mysql));
});

const note = { title: '망원동 원룸' };

describe('an unsafe request', () => {
  it.each([
    ['another site', 'https://evil.example.com'],
    ['a page without an origin', 'null'],
    ['a site whose name begins like ours', `${publicUrl}.evil.example.com`],
    ['our name in the clear', 'http://app.example.com'],
  ])('from %s is refused, though the browser brings the cookie', async (_, origin) => {
    for (const [method, path] of [
      ['POST', '/api/notes'],
      ['DELETE', '/api/notes/1'],
      ['PUT', '/api/notes/1'],
      ['POST', '/api/auth/logout'],
      ['POST', '/api/contracts'],
    ] as const) {
      const response = await person.call(method, path, note, { origin });
      expect(response.status, `${method} ${path}`).toBe(403);
    }
    expect((await person.call('GET', '/api/me')).status).toBe(200);
  });

  it('without an origin is refused', async () => {
    const headers = { cookie: person.cookie, 'content-type': 'application/json' };
    const response = await app.request('/api/notes', { method: 'POST', headers, body: JSON.stringify(note) });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ type: 'urn:dojang:problem:foreign-origin', status: 403 });
  });
});

describe('a problem', () => {
  it('is answered as problem details with the fields that are wrong', async () => {
    const response = await person.call('POST', '/api/notes', { title: ' ', deposit: 1.5, monthlyRent: -1, visitedOn: 'soon' });
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const { errors = [], ...rest } = await response.json<ProblemDetails>();
    expect(rest).toEqual({ type: 'urn:dojang:problem:invalid', title: 'Some fields are not right', status: 422 });
    expect(errors.map(({ field }) => field).toSorted()).toEqual(['deposit', 'monthlyRent', 'title', 'visitedOn']);
  });

  it.each([
    ['no JSON', '{"title":', 400],
    ['no object', '[]', 422],
    ['a sum that a number cannot hold', '{"title":"x","deposit":9007199254740993}', 422],
    ['a sum as a text', '{"title":"x","deposit":"1000"}', 422],
  ])('is what a body gets that is %s', async (_, body, status) => {
    const headers = { cookie: person.cookie, origin: publicUrl, 'content-type': 'application/json' };
    const response = await app.request('/api/notes', { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status });
  });

  it('is the answer to a body that is too large, also when its length is not declared', async () => {
    const large = { title: 'x', memo: 'x'.repeat(200_000) };
    expect((await person.call('POST', '/api/notes', large)).status).toBe(413);
    const headers = { cookie: person.cookie, origin: publicUrl, 'content-type': 'application/json' };
    const body = new Blob([JSON.stringify(large)]).stream();
    const response = await app.request('/api/notes', { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(413);
  });

  it('is what an unknown path gets', async () => {
    const response = await person.call('GET', '/api/nothing');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it('of our own reveals nothing to the client and is logged in full', async () => {
    await mysql.db.query('RENAME TABLE listings TO hidden');
    try {
      const response = await person.call('GET', '/api/listings');
      const body = await response.text();
      expect(response.status).toBe(500);
      expect(body).not.toMatch(/listings|SELECT|Table/);
      const requestId = response.headers.get('x-request-id');
      expect(deps.lines).toContainEqual(expect.objectContaining({ requestId, msg: 'request failed' }));
    } finally {
      await mysql.db.query('RENAME TABLE hidden TO listings');
    }
  });
});

describe('what people write', () => {
  const nasty = '</script><script>alert(1)</script>\'"; DROP TABLE notes; -- \\ 🙇🏻‍♂️ 보증금 ㈜ é';

  it('comes back unchanged, as JSON that no browser takes for a page', async () => {
    const created = await person.call('POST', '/api/notes', { title: nasty, memo: nasty });
    const { id } = await created.json<Note>();
    const response = await person.call('GET', `/api/notes/${id}`);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ title: nasty, memo: nasty });
  });

  it.each(["' OR '1'='1", "'; DROP TABLE listings; --", '%', '_', '\\', '1) UNION SELECT 1,2,3 -- '])(
    '%j in a search is only a text',
    async (query) => {
      await person.call('POST', '/api/listings', { title: 'one', district: '마포구', deposit: 1, monthlyRent: 1 });
      const response = await unauthenticatedClient(app).call('GET', `/api/listings?query=${encodeURIComponent(query)}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ items: [] });
      const all = await unauthenticatedClient(app).call('GET', '/api/listings');
      expect(await all.json()).toMatchObject({ items: [{ title: 'one' }] });
    },
  );

  it('with characters that cannot be shown is refused', async () => {
    for (const title of ['a\u0000b', 'a\u001b[31m', 'half \ud83d'])
      expect((await person.call('POST', '/api/notes', { title })).status).toBe(422);
  });
});

describe('the log', () => {
  it('records who asked what and how it ended, never what was in it', async () => {
    const response = await person.call(
      'POST',
      '/api/notes?token=hush-query',
      { title: 'hush-body' },
      { 'x-request-id': 'from-the-proxy-1' },
    );
    expect(response.headers.get('x-request-id')).toBe('from-the-proxy-1');
    expect(deps.lines).toContainEqual(
      expect.objectContaining({
        ...{ requestId: 'from-the-proxy-1', method: 'POST', path: '/api/notes', status: 201, person: person.id },
        ms: expect.any(Number),
      }),
    );
    const log = JSON.stringify(deps.lines);
    for (const secret of ['hush', person.cookie.split('=')[1]]) expect(log).not.toContain(secret);
  });

  it('does not take just anything as the id of a request', async () => {
    const response = await person.call('GET', '/api/me', undefined, { 'x-request-id': '"} {"fake":"line' });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});
