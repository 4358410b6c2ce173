/** The OpenID Connect provider: discovered on first use, asked for the user's identity. */
import * as oidc from 'openid-client';
import type { Logger } from '../log.ts';
import type { OidcSettings } from '../settings.ts';
import type { Attempt } from './attempt.ts';
import { explainFailure, signInUnavailable } from './failure.ts';
import { type Identity, identityOf } from './identity.ts';

/** Keys and addresses of a provider change rarely, but they change. */
const freshMs = 3_600_000;
const timeoutSeconds = 5;
const attempts = 2;

export class Provider {
  readonly #settings: OidcSettings | undefined;
  readonly #redirectUri: string;
  readonly #log: Logger;
  #known: { readonly config: oidc.Configuration; readonly at: number } | undefined;
  #asking: Promise<oidc.Configuration> | undefined;

  constructor(settings: OidcSettings | undefined, publicUrl: string, log: Logger) {
    this.#settings = settings;
    this.#redirectUri = `${publicUrl}/api/auth/callback`;
    this.#log = log;
  }

  /** Where to send the browser. @throws Problem 503 */
  async begin({ state, nonce, verifier }: Attempt): Promise<URL> {
    return oidc.buildAuthorizationUrl(await this.#config(), {
      redirect_uri: this.#redirectUri,
      scope: 'openid profile email',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
  }

  /** Who came back with this query. @throws Problem 400, 403, 503 */
  async finish(query: string, { state, nonce, verifier }: Attempt): Promise<Identity> {
    const config = await this.#config();
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    try {
      const tokens = await oidc.authorizationCodeGrant(config, new URL(`${this.#redirectUri}${query}`), checks);
      const claims = tokens.claims();
      if (!claims) throw new Error('the provider gave no id token');
      const more = config.serverMetadata().userinfo_endpoint ? await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
      return identityOf({ ...more, ...claims });
    } catch (error) {
      throw explainFailure(error);
    }
  }

  /** An old answer is better than none: the provider may just be restarting. */
  async #config(): Promise<oidc.Configuration> {
    const settings = this.#settings;
    if (!settings) throw signInUnavailable('No provider is configured.');
    if (this.#known && Date.now() - this.#known.at < freshMs) return this.#known.config;
    this.#asking ??= discover(settings).finally(() => {
      this.#asking = undefined;
    });
    try {
      this.#known = { config: await this.#asking, at: Date.now() };
    } catch (error) {
      this.#log.warn({ err: error, issuer: settings.issuer }, 'the sign-in provider does not answer');
      if (!this.#known) throw signInUnavailable('The sign-in provider does not answer.', error);
    }
    return this.#known.config;
  }
}

async function discover({ issuer, clientId, clientSecret, allowHttp }: OidcSettings): Promise<oidc.Configuration> {
  const execute = allowHttp ? [oidc.allowInsecureRequests] : [];
  const ask = () =>
    oidc.discovery(new URL(issuer), clientId, undefined, authentication(clientSecret.reveal()), { execute, timeout: timeoutSeconds });
  for (let tries = 1; tries < attempts; tries++) {
    const config = await ask().catch(() => undefined);
    if (config) return config;
  }
  return ask();
}

/** `client_secret_basic` is the standard's default; some providers know only the other one. */
function authentication(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const known = server.token_endpoint_auth_methods_supported;
    return known && !known.includes('client_secret_basic') ? post(server, ...rest) : basic(server, ...rest);
  };
}
