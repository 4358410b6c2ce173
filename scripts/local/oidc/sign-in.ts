/** The sign-in page: shows the form, and returns the user's answer to the protocol. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { type Accounts, type Person, plans } from './accounts.ts';
import { type Faults, failurePage, type Locale, languageOf, page, styleSource } from './page.ts';
import { issuer } from './places.ts';

/** Far more than a name and an address need. */
const longestForm = 10_000;

type Given = Readonly<Record<keyof Person, string>>;

export function signInPage(provider: Provider, accounts: Accounts, redirectUris: readonly string[]) {
  const answer = answering(redirectUris);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { searchParams } = new URL(request.url ?? '/', issuer);
    const asked = searchParams.get('lang') ?? undefined;
    const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
    const locale = languageOf(asked ?? String(interaction?.params.ui_locales ?? ''), request.headers['accept-language']);
    if (!interaction) return answer(response, 400, failurePage(locale, 'expired'));
    if (request.method !== 'POST') return answer(response, 200, page(locale, { given: empty, faults: {} }));
    const given = await formOf(request);
    if (!given) return answer(response, 413, failurePage(locale, 'too_large'));
    const faults = faultsOf(given, locale);
    if (Object.keys(faults).length > 0) return answer(response, 422, page(locale, { given, faults }));
    const login = { accountId: accounts.remember(given as Person), remember: false };
    const onwards = await provider.interactionResult(request, response, { login });
    await forgetEarlier(provider, interaction.session?.uid);
    response.writeHead(303, { location: onwards }).end();
  };
}

/**
 * Else the server would first have the one who signed in before sign out, by a page that needs
 * scripts.
 */
async function forgetEarlier(provider: Provider, session: string | undefined): Promise<void> {
  const earlier = session === undefined ? undefined : await provider.Session.findByUid(session);
  if (!earlier) return;
  Object.assign(earlier, { accountId: undefined, authorizations: undefined });
  await earlier.persist();
}

const empty: Given = { name: '', email: '', plan: 'free' };

function answering(redirectUris: readonly string[]) {
  // The form's answer ends at the service: browsers follow `form-action` through redirects.
  const targets = ["'self'", ...new Set(redirectUris.map((uri) => new URL(uri).origin))].join(' ');
  const policy = `default-src 'none'; style-src ${styleSource}; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`;
  return (response: ServerResponse, status: number, html: string): void => {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': policy };
    response.writeHead(status, { ...headers, 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' }).end(html);
  };
}

async function formOf(request: IncomingMessage): Promise<Given | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > longestForm) return undefined;
    parts.push(part);
  }
  const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
  const field = (name: string) => (form.get(name) ?? '').trim();
  return { name: field('name'), email: field('email'), plan: field('plan') };
}

const words = {
  ko: { name: '이름을 적어 주세요.', email: '이메일 주소를 적어 주세요. 예: minji@example.com', plan: '요금제를 골라 주세요.' },
  en: { name: 'Enter a name.', email: 'Enter an e-mail address, like minji@example.com.', plan: 'Choose a plan.' },
} as const;

function faultsOf({ name, email, plan }: Given, locale: Locale): Faults {
  const wrong = {
    name: name === '' || name.length > 200,
    email: email.length > 320 || !/^[^\s@]+@[^\s@]+$/.test(email),
    plan: !(plans as readonly string[]).includes(plan),
  };
  const texts = words[locale];
  return Object.fromEntries((['name', 'email', 'plan'] as const).filter((field) => wrong[field]).map((field) => [field, texts[field]]));
}
