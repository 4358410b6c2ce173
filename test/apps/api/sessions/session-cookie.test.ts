import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../apps/api/src/secret.ts';
import { personCookieValue, tokenOf } from '../../../../apps/api/src/sessions/session-cookie.ts';
import { testApp, testDeps, visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';

const token = 'a'.repeat(43);
const value = personCookieValue(token, '7', new Secret('a-secret'));
const mysql = useMysql();

describe("a session's cookies", () => {
  it('have the person and a code that is theirs and that of the token alone', () => {
    expect(value).toMatch(/^7\.[\w-]{22}$/);
    const others = [
      personCookieValue(token, '8', new Secret('a-secret')),
      personCookieValue(token, '7', new Secret('another')),
      personCookieValue('b'.repeat(43), '7', new Secret('a-secret')),
    ];
    for (const other of others) expect(other.split('.')[1]).not.toBe(value.split('.')[1]);
  });

  it('give the token back, also of the one cookie that held both', () => {
    expect(tokenOf(token)).toBe(token);
    expect(tokenOf(`${token}.${value}`)).toBe(token);
  });

  it.each(['', `${token}.`, `${token}.7`, `${token}.07.${'c'.repeat(22)}`, value, `${token}.${value}x`, `${token} `, `x${token}`])(
    '%j is none',
    (cookie) => expect(tokenOf(cookie)).toBeUndefined(),
  );

  it('open the session, also as the one cookie that held both, and do not once it is closed', async () => {
    const deps = testDeps(mysql);
    const app = testApp(deps);
    const person = await visitor(app, deps, '김도장', 'basic');
    const [, plain = ''] = person.cookie.split('=');
    const whole = `${plain}.${personCookieValue(plain, person.id, deps.settings.sessionSecret)}`;
    const checked = async (cookie: string) =>
      (await app.request('/internal/session', { headers: cookie ? { cookie: `__Host-session=${cookie}` } : {} })).status;
    expect([await checked(whole), await checked(plain), await checked(''), await checked(token)]).toEqual([204, 204, 401, 401]);
    await deps.sessions.close(whole);
    expect([await checked(whole), await checked(plain)]).toEqual([401, 401]);
  });
});
