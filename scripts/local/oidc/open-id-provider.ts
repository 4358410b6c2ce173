/** How the OpenID Connect server is set up: one client that we know, PKCE, no page but our own. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Configuration, interactionPolicy, type JWK, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { type Accounts, claimsByScope } from './accounts.ts';
import { signingKey } from './key.ts';
import { failurePage, type Locale, languageOf } from './page.ts';
import { browserOrigin, clientId, issuer, secretFile } from './places.ts';
import type { ServerSettings } from './server-settings.ts';

export async function openIdProvider(settings: ServerSettings, accounts: Accounts): Promise<Provider> {
  const provider = new Provider(issuer, configuration(settings, accounts));
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'discovery') ctx.body = withAddresses(ctx.body as Metadata, settings.port);
  });
  return provider;
}

function configuration({ folder, redirectUris }: ServerSettings, accounts: Accounts): Configuration {
  const secret = readFileSync(secretFile(folder), 'utf8');
  return {
    clients: [{ client_id: clientId, client_secret: secret, redirect_uris: [...redirectUris], grant_types: ['authorization_code'] }],
    clientAuthMethods: ['client_secret_basic'],
    jwks: { keys: [signingKey(folder) as JWK] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    pkce: { required: () => true },
    responseTypes: ['code'],
    scopes: ['openid'],
    claims: claimsByScope,
    // So that a client which reads only the id token knows the user too.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { policy: alwaysAsk(), url: (_, { uid }) => `/sign-in/${uid}` },
    findAccount: (_, subject) => {
      const person = accounts.find(subject);
      return person && { accountId: subject, claims: () => ({ sub: subject, email_verified: true, ...person }) };
    },
    loadExistingGrant: everythingAsked,
    renderError: (ctx, { error }) => {
      ctx.type = 'html';
      ctx.body = failurePage(localeOf(ctx), error);
    },
    ttl: { Interaction: 3600, Session: 3600, Grant: 3600, AccessToken: 3600, IdToken: 3600, AuthorizationCode: 60 },
  };
}

/** A user who signs out and in again may want another account, or another plan. */
function alwaysAsk() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  const { Check } = interactionPolicy;
  const asked = new Check('always_asked', 'everybody is asked every time', 'login_required', ({ oidc }) =>
    oidc.result?.login === undefined ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  );
  policy.get('login')?.checks.add(asked);
  return policy;
}

/** The one client is ours: what it asks for is granted without a question. */
async function everythingAsked({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

type Metadata = Readonly<Record<string, unknown>>;

/**
 * Hosts use the issuer's address in every case; only the user's browser is sent to this machine.
 */
function withAddresses(metadata: Metadata, port: number): Metadata {
  const entries = Object.entries(metadata).map(([name, value]) => {
    const isAddress = typeof value === 'string' && /_endpoint$|_uri$/.test(name);
    return [name, isAddress ? new URL(new URL(value).pathname, issuer).href : value];
  });
  return { ...Object.fromEntries(entries), authorization_endpoint: `${browserOrigin(port)}/auth` };
}

function localeOf(ctx: KoaContextWithOIDC): Locale {
  return languageOf(undefined, ctx.get('accept-language'));
}
