import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../apps/api/src/secret.ts';
import { sessionCookieValue, tokenOf } from '../../../../apps/api/src/sessions/session-cookie.ts';
import { testApp, testDeps, visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';

const token = 'a'.repeat(43);
const value = sessionCookieValue(token, '7', new Secret('a-secret'));
const mysql = useMysql();

describe("a session's cookie", () => {
  it('has the token, the person and a code that is theirs alone', () => {
    expect(value).toMatch(/^a{43}\.7\.[\w-]{22}$/);
    const others = [
      sessionCookieValue(token, '8', new Secret('a-secret')),
      sessionCookieValue(token, '7', new Secret('another')),
      sessionCookieValue('b'.repeat(43), '7', new Secret('a-secret')),
    ];
    for (const other of others) expect(other.split('.')[2]).not.toBe(value.split('.')[2]);
  });

  it('gives its token back, also without the rest, as before there was any', () => {
    expect(tokenOf(value)).toBe(token);
    expect(tokenOf(token)).toBe(token);
  });

  it.each(['', `${token}.`, `${token}.7`, `${token}.07.${'c'.repeat(22)}`, `${value}x`, `${value} `, `x${token}`])('%j is none', (cookie) =>
    expect(tokenOf(cookie)).toBeUndefined(),
  );

  it('opens its session with and without the rest, and with neither once it is closed', async () => {
    const deps = testDeps(mysql);
    const app = testApp(deps);
    const person = await visitor(app, deps, '김도장', 'basic');
    const [, plain = ''] = person.cookie.split('=');
    const whole = sessionCookieValue(plain, person.id, deps.settings.sessionSecret);
    const checked = async (cookie: string) =>
      (await app.request('/internal/session', { headers: cookie ? { cookie: `__Host-session=${cookie}` } : {} })).status;
    expect([await checked(whole), await checked(plain), await checked(''), await checked(token)]).toEqual([204, 204, 401, 401]);
    await deps.sessions.close(whole);
    expect([await checked(whole), await checked(plain)]).toEqual([401, 401]);
  });
});
