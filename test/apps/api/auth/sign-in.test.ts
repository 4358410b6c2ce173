import fc from 'fast-check';
import type { RowDataPacket } from 'mysql2/promise';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Router } from '../../../../apps/api/src/http/router.ts';
import { publicUrl, type TestDeps, testApp, testDeps } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { type Begun, Browser, cookieOf, pair } from './browser.ts';
import { TestProvider } from './test-provider.ts';

const mysql = useMysql();
const redirectUri = `${publicUrl}/api/auth/callback`;
let provider: TestProvider;
let deps: TestDeps;
let app: Router;

beforeEach(async () => {
  provider = new TestProvider();
  provider.claims = { sub: 'kim-1', name: '김도장', email: 'kim@example.com', plan: 'pro' };
  deps = testDeps(mysql, { oidc: await provider.start(redirectUri) });
  app = testApp(deps);
});
afterEach(() => provider.stop());

const begin = (returnTo?: string) => new Browser(app).begin(returnTo);
const atProvider = (begun: Begun) => new Browser(app).atProvider(begun);
const comeBack = (url: URL, cookie: string, headers = {}) => new Browser(app).comeBack(url, cookie, headers);
const signIn = (returnTo?: string) => new Browser(app).signIn(returnTo);
const me = async (signedIn: Response) => app.request('/api/me', { headers: { cookie: pair(cookieOf(signedIn, '__Host-session')) } });
const people = async () => (await mysql.db.query<RowDataPacket[]>('SELECT * FROM people'))[0];

describe('signing in', () => {
  it('goes to the provider with a code challenge, a state and a nonce, and keeps the secrets from the address', async () => {
    const { location, cookie } = await begin();
    const { searchParams } = new URL(location);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      ...{ response_type: 'code', client_id: 'app', redirect_uri: redirectUri, code_challenge_method: 'S256' },
    });
    const { state, nonce, verifier } = JSON.parse(Buffer.from(cookie.split('=')[1]?.split('.')[0] ?? '', 'base64url').toString());
    expect([searchParams.get('state'), searchParams.get('nonce')]).toEqual([state, nonce]);
    expect(location).not.toContain(verifier);
  });

  it('ends on the page where it began, with a session that only the browser knows', async () => {
    const response = await signIn();
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/contracts?tab=1#top');
    const attributes = '; Max-Age=1209600; Path=/; HttpOnly; Secure; SameSite=Lax';
    // The previous release reads the whole value as the token, so sessions survive a rollback.
    expect(cookieOf(response, '__Host-session')).toMatch(new RegExp(`^__Host-session=[\\w-]{43}${attributes}$`));
    expect(cookieOf(response, '__Host-person')).toMatch(new RegExp(`^__Host-person=\\d+\\.[\\w-]{22}${attributes}$`));
    expect(await (await me(response)).json()).toMatchObject({ name: '김도장', email: 'kim@example.com', plan: 'pro' });
  });

  it('finds the same person again and brings up to date what the provider says', async () => {
    const first = await (await me(await signIn())).json();
    provider.claims = { sub: 'kim-1', name: '김새도장', email: 'new@example.com', plan: 'gold' };
    const second = await (await me(await signIn())).json();
    expect(second).toMatchObject({ id: (first as { id: string }).id, name: '김새도장', email: 'new@example.com', plan: 'free' });
    expect(await people()).toHaveLength(1);
  });

  it('accepts incomplete and odd claims of the provider', async () => {
    provider.claims = { sub: 'lee-2', email: 'lee@example.com' };
    expect(await (await me(await signIn())).json()).toMatchObject({ name: 'lee', plan: 'free' });
    provider.claims = { sub: 'park-3', name: '🏠'.repeat(500) };
    expect(await (await me(await signIn())).json()).toMatchObject({ name: '🏠'.repeat(200), email: '' });
    provider.claims = { sub: 'choi-4', name: `\u202e도장\u0000\u2066${'\u0301'.repeat(99)}`, nickname: 'x' };
    expect(await (await me(await signIn())).json()).toMatchObject({ name: expect.stringMatching(/^도장 \p{M}{30}$/u) });
    provider.claims = { sub: 'yun-5', name: '\u200b\u3164', nickname: '윤' };
    expect(await (await me(await signIn())).json()).toMatchObject({ name: '윤' });
  });

  it('ends the session that the browser had before', async () => {
    const begun = await begin();
    const before = pair(cookieOf(await signIn(), '__Host-session'));
    const response = await comeBack(await atProvider(begun), `${begun.cookie}; ${before}`);
    expect((await app.request('/api/me', { headers: { cookie: before } })).status).toBe(401);
    expect((await me(response)).status).toBe(200);
  });

  it('keeps the page in a cookie that every browser keeps, or refuses the page', async () => {
    const letters = fc.constantFrom('a', '/', '?q=', '#', '%', '가', '🏠', '\u0301', '"', '=');
    const page = fc.array(letters, { minLength: 1, maxLength: 4_000, size: 'max' }).map((each) => `/${each.join('')}`);
    await fc.assert(
      fc.asyncProperty(page, async (returnTo) => {
        const response = await app.request(`/api/auth/login?returnTo=${encodeURIComponent(returnTo)}`);
        if (response.status !== 302) {
          expect(await response.json()).toMatchObject({ status: 422, errors: [{ field: 'returnTo' }] });
          return;
        }
        const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\r\n');
        // Of a cookie RFC 6265 promises 4096 bytes, nginx takes as much for all headers of an
        // answer.
        expect(headers.length).toBeLessThan(4_096);
      }),
      { numRuns: 50 },
    );
  });

  it.each([1_200, 1_201, 3_000, 8_000])('with a page of %d characters comes to its end or is refused at once', async (length) => {
    const page = `/${'a'.repeat(length - 1)}`;
    if (length <= 1_200) expect((await signIn(page)).headers.get('location')).toBe(page);
    else expect((await app.request(`/api/auth/login?returnTo=${page}`)).status).toBe(422);
  });

  it('does not lead on to another site', async () => {
    expect((await signIn('//evil.example.com')).headers.get('location')).toBe('/');
  });
});

describe('coming back from the provider', () => {
  const refused = async (response: Response, status: number) => {
    expect(response.status).toBe(status);
    expect(cookieOf(response, '__Host-session')).toBe('');
    expect(await response.json()).toMatchObject({ status, type: expect.stringContaining('sign-in') });
    expect(await people()).toEqual([]);
  };

  it('without a sign-in begun in this browser is refused: another one may have begun it', async () => {
    await refused(await comeBack(await atProvider(await begin()), ''), 400);
  });

  it('with the answer to another attempt is refused', async () => {
    const [one, two] = [await begin(), await begin()];
    await refused(await comeBack(await atProvider(one), two.cookie), 400);
  });

  it('with a cookie that was changed is refused', async () => {
    const begun = await begin();
    const [name, value = ''] = begun.cookie.split('=');
    const [text = '', signature = ''] = value.split('.');
    const attempt = { ...JSON.parse(Buffer.from(text, 'base64url').toString()), returnTo: 'https://evil.example.com' };
    const forged = `${name}=${Buffer.from(JSON.stringify(attempt)).toString('base64url')}.${signature}`;
    await refused(await comeBack(await atProvider(begun), forged), 400);
  });

  it('after more than ten minutes is refused', async () => {
    const begun = await begin();
    deps.pass(600_001);
    await refused(await comeBack(await atProvider(begun), begun.cookie), 400);
  });

  it('with a code that was used before is refused', async () => {
    const begun = await begin();
    const back = await atProvider(begun);
    expect((await comeBack(back, begun.cookie)).status).toBe(302);
    const again = await comeBack(back, begun.cookie);
    expect(again.status).toBe(400);
    expect(cookieOf(again, '__Host-session')).toBe('');
  });

  it('with an invented code is refused', async () => {
    const begun = await begin();
    const back = await atProvider(begun);
    back.searchParams.set('code', 'invented');
    await refused(await comeBack(back, begun.cookie), 400);
  });

  it.each([
    ['a code of another alphabet', 'code', '코드'],
    ['a NUL in the code', 'code', 'a\u0000'],
    ['a line break in the state', 'state', 'a\nb'],
    ['an endless state', 'state', 'a'.repeat(5_000)],
    ['an override of the direction in the error', 'error', 'access_denied\u202e'],
  ])('with %s is refused', async (_, name, value) => {
    const begun = await begin();
    const back = await atProvider(begun);
    back.searchParams.set(name, value);
    const response = await comeBack(back, begun.cookie);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ field: name }] });
    expect(await people()).toEqual([]);
  });

  it('with a parameter twice, or one that is not UTF-8, is refused', async () => {
    const begun = await begin();
    const back = await atProvider(begun);
    for (const more of ['&state=x', '&code=x', '&iss=%FF']) {
      const response = await app.request(`${back.pathname}${back.search}${more}`, { headers: { cookie: begun.cookie } });
      expect(response.status, more).toBe(422);
    }
    expect(await people()).toEqual([]);
  });

  it('after declining is a refusal: a problem for a program, a page for a browser', async () => {
    provider.declines = true;
    const begun = await begin();
    const back = await atProvider(begun);
    await refused(await comeBack(back, begun.cookie), 403);
    const page = await comeBack(back, begun.cookie, { accept: 'text/html,*/*' });
    expect(page.headers.get('location')).toBe('/contracts?tab=1&signIn=refused#top');
  });

  it('leaves neither code nor token in the log', async () => {
    const begun = await begin();
    const back = await atProvider(begun);
    const response = await comeBack(back, begun.cookie);
    const log = JSON.stringify(deps.lines);
    const secrets = [
      back.searchParams.get('code'),
      back.searchParams.get('state'),
      pair(cookieOf(response, '__Host-session')).split('=')[1],
    ];
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).toContain('/api/auth/callback');
  });
});

describe('the provider', () => {
  it('is asked for its description once, when it is first needed', async () => {
    expect(provider.discovered).toBe(0);
    await Promise.all([begin(), begin(), begin()]);
    await begin();
    expect(provider.discovered).toBe(1);
  });

  it('that is not configured or not there means 503, and a page for a browser', async () => {
    const down = new TestProvider();
    const settings = await down.start(redirectUri);
    await down.stop();
    for (const oidc of [undefined, settings]) {
      const without = testApp(testDeps(mysql, { oidc }));
      const response = await without.request('/api/auth/login');
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ type: 'urn:dojang:problem:sign-in-unavailable' });
      const page = await without.request('/api/auth/login?returnTo=/notes', { headers: { accept: 'text/html' } });
      expect(page.headers.get('location')).toBe('/notes?signIn=unavailable');
    }
  });

  it('that goes away during an attempt means 503, and not that the attempt was wrong', async () => {
    const begun = await begin();
    const back = await atProvider(begun);
    await provider.stop();
    expect((await comeBack(back, begun.cookie)).status).toBe(503);
    provider = new TestProvider();
    await provider.start(redirectUri);
  });

  it('in the clear is refused unless that is allowed', async () => {
    const oidc = deps.settings.oidc && { ...deps.settings.oidc, allowHttp: false };
    expect((await testApp(testDeps(mysql, { oidc })).request('/api/auth/login')).status).toBe(503);
  });

  it('may know only client_secret_post', async () => {
    await provider.stop();
    provider = new TestProvider();
    provider.claims = { sub: 'kim-1', name: '김도장' };
    app = testApp(testDeps(mysql, { oidc: await provider.start(redirectUri, 'client_secret_post') }));
    expect((await me(await signIn())).status).toBe(200);
  });
});
