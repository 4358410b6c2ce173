/** Requests that the sign-in provider answers: the protocol, and the sign-in page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Accounts } from './accounts.ts';
import { openIdProvider } from './open-id-provider.ts';
import { browserOrigin, issuer } from './places.ts';
import type { ServerSettings } from './server-settings.ts';
import { signInPage } from './sign-in.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export async function signInServer(settings: ServerSettings): Promise<Handler> {
  const { folder, port } = settings;
  const accounts = new Accounts();
  const provider = await openIdProvider(settings, accounts);
  const protocol = provider.callback();
  const signIn = signInPage(provider, accounts, settings.redirectUris);
  // A page elsewhere whose name was made to lead here would be another host to us.
  const hosts = new Set([new URL(browserOrigin(port)).host, `127.0.0.1:${port}`, new URL(issuer).host]);
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', issuer);
    if (!hosts.has(request.headers.host ?? '')) return end(response, 421, 'misdirected request');
    if (pathname === '/health') return end(response, 200, JSON.stringify({ folder }));
    if (pathname.startsWith('/sign-in/')) return signIn(request, response);
    await protocol(request, response);
  };
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
