/** A real OpenID Connect provider in this process. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Adapter, type AdapterPayload, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { Secret } from '../../../../apps/api/src/secret.ts';
import type { OidcSettings } from '../../../../apps/api/src/settings.ts';

type Claims = Readonly<Record<string, unknown>>;

export class TestProvider {
  /** Claims of the user who signs in next. */
  claims: Claims = {};
  /** Whether the user declines on the provider's page. */
  declines = false;
  /** Requests for its discovery document. */
  discovered = 0;
  readonly #server: Server = createServer();
  #provider: Provider | undefined;

  async start(
    redirectUri: string,
    authMethod: 'client_secret_basic' | 'client_secret_post' = 'client_secret_basic',
  ): Promise<OidcSettings> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const issuer = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    const configuration: Configuration = {
      adapter: Memory,
      clients: [
        { client_id: 'app', client_secret: 'secret-of-the-app', redirect_uris: [redirectUri], token_endpoint_auth_method: authMethod },
      ],
      clientAuthMethods: [authMethod],
      claims: { openid: ['sub'], profile: ['name', 'nickname', 'plan'], email: ['email'] },
      cookies: { keys: ['for-the-tests'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ ...this.claims, sub: id }) }),
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      jwks: { keys: [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig' }] },
      loadExistingGrant: granted,
      pkce: { required: () => true },
      ttl: { AccessToken: 60, IdToken: 60, Interaction: 60, Session: 60, Grant: 60 },
    };
    this.#provider = new Provider(issuer, configuration);
    this.#server.on('request', (request, response) => this.#answer(request, response));
    return { issuer, clientId: 'app', clientSecret: new Secret('secret-of-the-app'), allowHttp: true };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url?.startsWith('/.well-known/')) this.discovered++;
    if (request.url?.startsWith('/interaction/')) void this.#finish(request, response);
    else void this.#provider?.callback()(request, response);
  }

  /** Completes the interaction that would be the provider's page for the password. */
  async #finish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const login = { login: { accountId: String(this.claims.sub) } };
    await this.#provider?.interactionFinished(request, response, this.declines ? { error: 'access_denied' } : login);
  }
}

/** Grants the scopes without a consent page. */
async function granted({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

/** Where the provider keeps what it has issued. */
class Memory implements Adapter {
  readonly #kept = new Map<string, AdapterPayload>();

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    this.#kept.set(id, payload);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#kept.get(id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...this.#kept.values()].find((each) => each.uid === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return [...this.#kept.values()].find((each) => each.userCode === userCode);
  }

  async consume(id: string): Promise<void> {
    this.#kept.set(id, { ...this.#kept.get(id), consumed: Math.floor(Date.now() / 1000) });
  }

  async destroy(id: string): Promise<void> {
    this.#kept.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, payload] of this.#kept) if (payload.grantId === grantId) this.#kept.delete(id);
  }
}
