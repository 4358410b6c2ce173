import { createHash } from 'node:crypto';
import type { RowDataPacket } from 'mysql2/promise';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Router } from '../../../../apps/api/src/http/router.ts';
import { type TestDeps, type Visitor, visited, visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';

const mysql = useMysql();
const minute = 60_000;
const day = 24 * 60 * minute;
let deps: TestDeps;
let app: Router;
let person: Visitor;

beforeEach(async () => {
  ({ deps, app, person } = await visited(mysql, { plan: 'basic' }));
});

const me = async () => (await person.call('GET', '/api/me')).status;
const stored = async () => (await mysql.db.query<RowDataPacket[]>('SELECT * FROM sessions'))[0];

describe('a session', () => {
  it('is the person who opened it', async () => {
    const response = await person.call('GET', '/api/me');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      ...{ id: person.id, name: '김도장', email: 'person@example.com', plan: 'basic' },
      limits: { perDay: 50, usedToday: 0 },
    });
  });

  it('ends after 30 idle minutes', async () => {
    deps.pass(30 * minute - 1);
    expect(await me()).toBe(200);
    deps.pass(30 * minute);
    expect(await me()).toBe(401);
  });

  it('goes on while it is used, but not beyond 14 days', async () => {
    for (let passed = 0; passed < 14 * day - 20 * minute; passed += 20 * minute) {
      deps.pass(20 * minute);
      if (passed % day === 0) expect(await me()).toBe(200);
      else await deps.sessions.find(person.cookie.split('=')[1] ?? '');
    }
    deps.pass(20 * minute);
    expect(await me()).toBe(401);
  });

  it('does not come back when the clock of idleness is touched after its end', async () => {
    deps.pass(31 * minute);
    await me();
    await me();
    expect(await me()).toBe(401);
  });

  it('is stored as a digest only', async () => {
    const token = person.cookie.split('=')[1] ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const [row] = await stored();
    expect(row?.token_hash).toEqual(createHash('sha256').update(token).digest());
    expect(JSON.stringify(row)).not.toContain(token);
  });

  it('ends with signing out, for that browser alone', async () => {
    const elsewhere = `__Host-session=${await deps.sessions.open(person.id)}`;
    const response = await person.call('POST', '/api/auth/logout');
    expect(response.status).toBe(204);
    const gone = (name: string) => `${name}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`;
    expect(response.headers.getSetCookie()).toEqual([gone('__Host-session'), gone('__Host-person')]);
    expect(await me()).toBe(401);
    expect((await app.request('/api/me', { headers: { cookie: elsewhere } })).status).toBe(200);
  });

  it.each(['', 'x', 'A'.repeat(43), 'A'.repeat(10_000), "' OR 1=1 -- "])('is not opened by the cookie %j', async (token) => {
    const response = await app.request('/api/me', { headers: { cookie: `__Host-session=${token}` } });
    expect(response.status).toBe(401);
  });

  it('is one of 20 of a user at most: one more ends the least recently used one', async () => {
    const other = await visitor(app, deps, '이웃');
    const cookies = [person.cookie];
    for (let time = 0; time < 30; time++) {
      deps.pass(1_000);
      cookies.push(`__Host-session=${await deps.sessions.open(person.id)}`);
    }
    const answers = await Promise.all(cookies.map((cookie) => app.request('/api/me', { headers: { cookie } })));
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 11 }, () => 401),
      ...Array.from({ length: 20 }, () => 200),
    ]);
    await Promise.all(Array.from({ length: 30 }, () => deps.sessions.open(person.id)));
    await deps.sessions.open(person.id);
    expect((await stored()).filter(({ person_id }) => String(person_id) === person.id).length).toBeLessThanOrEqual(20);
    expect((await other.call('GET', '/api/me')).status).toBe(200);
  });

  it('is swept away when it has ended', async () => {
    await deps.sessions.open(person.id);
    deps.pass(20 * minute);
    await me();
    deps.pass(15 * minute);
    expect(await deps.sessions.sweep()).toBe(1);
    expect(await stored()).toHaveLength(1);
    expect(await me()).toBe(200);
  });
});
