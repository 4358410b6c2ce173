/**
 * Signing in at the embedded provider as the API does it, with a browser made of fetch and a cookie
 * jar.
 */
import { mkdtempSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureOidc, type LocalOidc, stopOidc } from '../../../../scripts/local/oidc/index.ts';

const top = mkdtempSync(join(tmpdir(), 'dojang-oidc-test-'));
const folder = join(top, 'oidc');
const redirectUri = 'https://localhost:8443/api/auth/callback';
const progress = () => undefined;
let oidc: LocalOidc;

beforeAll(async () => {
  oidc = await ensureOidc(folder, { redirectUris: [redirectUri] }, { mayStart: true, progress });
});

afterAll(async () => {
  await stopOidc(folder);
  remove(top);
});

/**
 * The forwarder of the embedded internet: what goes to the issuer's address ends at the provider,
 * as it was sent.
 */
async function forwarded(url: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: object; body?: unknown }) {
  const { host, pathname, search } = new URL(url);
  return new Promise<Response>((resolve, reject) => {
    const given = Object.fromEntries(new Headers(headers as Record<string, string>));
    const sent = request({ port: oidc.port, path: pathname + search, method, headers: { ...given, host } }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      resolve(new Response(Buffer.concat(parts), { status: answer.statusCode, headers: answer.headers as Record<string, string> }));
    });
    sent.once('error', reject).end(body === undefined || body === null ? undefined : String(body));
  });
}

async function service(secret = oidc.clientSecret.reveal()): Promise<client.Configuration> {
  const options = { execute: [client.allowInsecureRequests], [client.customFetch]: forwarded };
  return client.discovery(
    new URL(oidc.issuer),
    oidc.clientId,
    undefined,
    client.ClientSecretBasic(secret),
    options as client.DiscoveryRequestOptions,
  );
}

/**
 * Follows redirects on this machine and keeps cookies; stops where the browser would leave for the
 * service.
 */
class Browser {
  readonly #cookies = new Map<string, string>();
  url = '';

  async open(url: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    this.url = url;
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const body = form && new URLSearchParams(form);
    const answer = await fetch(url, { method: form ? 'POST' : 'GET', body, headers: { ...headers, cookie }, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (!next) return answer;
    const target = new URL(next, url);
    this.url = target.href;
    return target.origin === new URL(url).origin ? this.open(target.href) : answer;
  }
}

interface Attempt {
  readonly verifier: string;
  readonly state: string;
  readonly url: URL;
}

async function attempt(config: client.Configuration, more: Record<string, string> = {}): Promise<Attempt> {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const challenge = { code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state,
    ...challenge,
    ...more,
  });
  return { verifier, state, url };
}

async function signIn(form: Record<string, string>, browser = new Browser()) {
  const config = await service();
  const { verifier, state, url } = await attempt(config);
  await browser.open(url.href);
  await browser.open(browser.url, form);
  const tokens = await client.authorizationCodeGrant(config, new URL(browser.url), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  return { claims, info: await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '') };
}

const minji = { name: '김민지', email: 'minji@example.com', plan: 'pro' };

describe('the provider', () => {
  it('sends hosts to its address on the embedded internet, and the browser to this machine', async () => {
    const metadata = (await service()).serverMetadata();
    expect(metadata).toMatchObject({
      issuer: 'http://192.0.2.20',
      token_endpoint: 'http://192.0.2.20/token',
      userinfo_endpoint: 'http://192.0.2.20/me',
      jwks_uri: 'http://192.0.2.20/jwks',
      authorization_endpoint: `http://localhost:${oidc.port}/auth`,
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
    });
  });

  it('lets any name sign in, and passes it to the service in both ways', async () => {
    const { claims, info } = await signIn(minji);
    expect(claims).toMatchObject({ iss: 'http://192.0.2.20', aud: 'dojang', ...minji });
    expect(info).toMatchObject({ sub: claims?.sub, ...minji });
  });

  it('identifies a user by the e-mail address, and asks again every time', async () => {
    const browser = new Browser();
    const first = await signIn(minji, browser);
    const again = await signIn({ ...minji, name: 'Minji Kim', email: 'MINJI@example.com', plan: 'free' }, browser);
    const other = await signIn({ ...minji, email: 'junho@example.com' }, browser);
    expect(again.claims).toMatchObject({ sub: first.claims?.sub, name: 'Minji Kim', plan: 'free' });
    expect(other.claims?.sub).not.toBe(first.claims?.sub);
  });

  it.each([
    ['without PKCE', { code_challenge: '', code_challenge_method: '' }, 'error=invalid_request'],
    ['that no page may be shown for', { prompt: 'none' }, 'error=login_required'],
  ])('refuses a sign-in %s', async (_, more, expected) => {
    const browser = new Browser();
    const { url } = await attempt(await service(), more);
    for (const [name, value] of Object.entries(more)) if (value === '') url.searchParams.delete(name);
    await browser.open(url.href);
    expect(browser.url).toContain(expected);
  });

  it('redirects to no address that was not registered', async () => {
    const { url } = await attempt(await service(), { redirect_uri: 'https://localhost:9/elsewhere' });
    const answer = await new Browser().open(url.href, undefined, { 'accept-language': 'en' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch(/Go back to the service[\s\S]*invalid_redirect_uri/);
  });

  it('refuses a service that does not know the secret', async () => {
    const browser = new Browser();
    const config = await service('guessed');
    const { verifier, state, url } = await attempt(config);
    await browser.open(url.href);
    await browser.open(browser.url, minji);
    const grant = client.authorizationCodeGrant(config, new URL(browser.url), { pkceCodeVerifier: verifier, expectedState: state });
    await expect(grant).rejects.toMatchObject({ status: 401, cause: [{ parameters: { error: 'invalid_client' } }] });
  });

  it('answers no page that uses another name for this machine', async () => {
    expect((await forwarded('http://attacker.example/.well-known/openid-configuration', {})).status).toBe(421);
  });
});

describe('the page', () => {
  const shown = async (more: Record<string, string> = {}, headers: Record<string, string> = {}) => {
    const browser = new Browser();
    await browser.open((await attempt(await service(), more)).url.href);
    const answer = await browser.open(browser.url, undefined, headers);
    return { browser, answer, text: await answer.text() };
  };

  it.each([
    ['Korean first', {}, {}, '<html lang="ko">', '체험용 로그인'],
    [
      'English where the browser prefers it',
      {},
      { 'accept-language': 'en-GB,ko;q=0.5' },
      '<html lang="en">',
      'embedded sign-in for trials',
    ],
    ['what the service asks for', { ui_locales: 'en' }, { 'accept-language': 'ko' }, '<html lang="en">', 'Sign in'],
  ])('is in %s', async (_, more, headers, lang, words) => {
    const { text } = await shown(more, headers);
    expect(text).toContain(lang);
    expect(text).toContain(words);
  });

  it('loads nothing and can not be framed', async () => {
    const { text, answer } = await shown();
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://localhost:8443;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it('says what is missing, keeps what was written, and never takes it for markup', async () => {
    const { browser } = await shown();
    const answer = await browser.open(browser.url, { name: '"><script>1</script>', email: 'no-at-sign', plan: 'gold' });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;1&lt;/script&gt;"');
    expect(text).toMatch(/aria-describedby="email-fault"/);
    expect(text).toMatch(/id="plan-fault" role="alert"/);
    expect(text).not.toContain('id="name-fault"');
  });

  it('of a sign-in that was never begun says to go back', async () => {
    const answer = await fetch(`http://localhost:${oidc.port}/sign-in/nothing`, { headers: { 'accept-language': 'ko' } });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('서비스로 돌아가');
  });
});

describe('started anew', () => {
  it('keeps port, secret and keys, and keeps them private', async () => {
    const keys = async () => (await forwarded('http://192.0.2.20/jwks', {})).text();
    const before = await keys();
    await stopOidc(folder);
    await expect(ensureOidc(folder, { redirectUris: [redirectUri] }, { mayStart: false, progress })).rejects.toMatchObject({
      code: 'not-running',
    });
    const again = await ensureOidc(folder, { redirectUris: [redirectUri, 'http://localhost:1/callback'] }, { mayStart: true, progress });
    expect(again.port).toBe(oidc.port);
    expect(again.clientSecret.reveal()).toBe(oidc.clientSecret.reveal());
    expect(again.clientSecret.reveal().length).toBeGreaterThan(40);
    expect(await keys()).toBe(before);
    for (const name of ['secret', 'key.json']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });
});
