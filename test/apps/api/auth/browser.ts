/** A browser that signs in: at the application, at the provider, and back. */
import { attemptCookie } from '../../../../apps/api/src/auth/routes.ts';
import type { Router } from '../../../../apps/api/src/http/router.ts';
import { publicUrl } from '../app.ts';

export interface Begun {
  /** Where the provider is. */
  readonly location: string;
  /** What the browser keeps meanwhile. */
  readonly cookie: string;
}

export class Browser {
  readonly #app: Router;

  constructor(app: Router) {
    this.#app = app;
  }

  async begin(returnTo = '/contracts?tab=1#top'): Promise<Begun> {
    const response = await this.#app.request(`/api/auth/login?returnTo=${encodeURIComponent(returnTo)}`);
    if (response.status !== 302) throw new Error(`login answered ${response.status}`);
    return { location: response.headers.get('location') ?? '', cookie: pair(cookieOf(response, attemptCookie)) };
  }

  /** Signs in at the provider. @returns the address of ours that it leads back to */
  atProvider({ location }: Begun): Promise<URL> {
    return browse(location);
  }

  async comeBack(url: URL, cookie: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#app.request(`${url.pathname}${url.search}`, { headers: { cookie, ...headers } });
  }

  async signIn(returnTo?: string): Promise<Response> {
    const begun = await this.begin(returnTo);
    return this.comeBack(await this.atProvider(begun), begun.cookie);
  }
}

/** The whole header of a cookie that is set, empty when it is not. */
export function cookieOf(response: Response, name: string): string {
  return response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`) && !each.startsWith(`${name}=;`)) ?? '';
}

/** As the browser sends it back. */
export function pair(cookie: string): string {
  return cookie.split(';')[0] ?? '';
}

/**
 * Follows redirects on the provider's side, as a browser does. @returns the address of ours that it
 * is sent to
 */
async function browse(address: string): Promise<URL> {
  const cookies = new Map<string, string>();
  for (let url = new URL(address); ; ) {
    if (url.origin === publicUrl) return url;
    const cookie = [...cookies].map((each) => each.join('=')).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (!location) throw new Error(`the provider answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url);
  }
}
