/** Settings of the API from the environment (apps/README.md), checked together before the start. */
import { z } from 'zod';
import { type ContentLimits, defaultLimits } from './contracts/submission/limits.ts';
import { Secret } from './secret.ts';
import { type SlotSettings, slotNames } from './serving.ts';

export interface MysqlSettings {
  readonly host: string;
  readonly port: number;
  /** Path of a Unix socket; taken instead of host and port when there is one. */
  readonly socket?: string;
  readonly database: string;
  readonly user: string;
  readonly password: Secret;
  /** Connections at most. */
  readonly pool: number;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly allowHttp: boolean;
}

interface AiSettings {
  readonly url?: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  /** The name that the server's certificate must bear. */
  readonly name: string;
  readonly concurrency: number;
  readonly deadlineSeconds: number;
}

export interface Settings extends ContentLimits {
  readonly host: string;
  readonly port: number;
  /** An origin, without a slash at the end. */
  readonly publicUrl: string;
  readonly mysql: MysqlSettings;
  readonly sessionSecret: Secret;
  /** Absent where sign-in is off. */
  readonly oidc?: OidcSettings;
  readonly ai: AiSettings;
  /** Absent where no other release may run beside this one. */
  readonly slot?: SlotSettings;
  readonly logLevel: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Every fault of the environment at once. The values are not shown: some are secret. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the environment has ${faults.length} fault${faults.length === 1 ? '' : 's'}: ${faults.join('; ')}`);
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

/** @throws SettingsError */
export function settingsOf(env: Env): Settings {
  const set = withoutEmpty(env);
  const read = checked(consistent, set, [...oidcFaults(set), ...aiFaults(set), ...slotFaults(set)]);
  return {
    host: read.HOST,
    port: read.PORT,
    publicUrl: read.PUBLIC_URL,
    mysql: mysqlOf(read),
    sessionSecret: new Secret(read.SESSION_SECRET),
    oidc: oidcOf(read),
    ai: aiOf(read),
    slot: slotOf(read),
    maxPages: read.MAX_PAGES,
    maxBytes: read.MAX_BYTES,
    maxCharacters: read.MAX_CHARACTERS,
    maxPageCharacters: read.MAX_PAGE_CHARACTERS,
    logLevel: read.LOG_LEVEL,
  };
}

/** The part that migrations need. @throws SettingsError */
export function mysqlSettingsOf(env: Env): MysqlSettings {
  return mysqlOf(checked(database, withoutEmpty(env), []));
}

const text = z.string('is missing');
const whole = (most: number, otherwise: number) =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(most, `must be at most ${most}`)
    .default(otherwise);
const port = (otherwise: number) => z.coerce.number('must be a port').int('must be a port').min(0).max(65_535).default(otherwise);
const origin = text.refine((url) => URL.canParse(url) && new URL(url).origin === url && /^https?:/.test(url), {
  error: 'must be an http or https address without a path or a slash at the end',
});
const address = text.refine((url) => URL.canParse(url) && /^https?:/.test(url), { error: 'must be an http or https address' });

const database = z.object({
  MYSQL_HOST: text.default('127.0.0.1'),
  MYSQL_PORT: port(3306),
  MYSQL_SOCKET: text.optional(),
  MYSQL_DATABASE: text,
  MYSQL_USER: text,
  MYSQL_PASSWORD: text.default(''),
  MYSQL_POOL: whole(1000, 20),
});

const service = database.extend({
  HOST: text.default('127.0.0.1'),
  PORT: port(8080),
  PUBLIC_URL: origin,
  SESSION_SECRET: text.min(32, 'must have at least 32 characters'),
  OIDC_ISSUER: address.optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  OIDC_ALLOW_HTTP: z.enum(['true', 'false'], 'must be true or false').default('false'),
  AI_URL: address.optional(),
  AI_CA_FILE: text.optional(),
  AI_CERT_FILE: text.optional(),
  AI_KEY_FILE: text.optional(),
  AI_NAME: text.default('ai'),
  AI_CONCURRENCY: whole(1000, 5),
  AI_DEADLINE_SECONDS: whole(3600, 300),
  SLOT: z.enum(slotNames, 'must be a or b').optional(),
  SERVING_FILE: text.optional(),
  SHARE_FILE: text.optional(),
  MAX_PAGES: whole(1000, defaultLimits.maxPages),
  MAX_BYTES: whole(1 << 30, defaultLimits.maxBytes),
  MAX_CHARACTERS: whole(10_000_000, defaultLimits.maxCharacters),
  MAX_PAGE_CHARACTERS: whole(1_000_000, defaultLimits.maxPageCharacters),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be a level like info').default('info'),
});

/**
 * Those without which the API does not start. What only some configurations need is not among them.
 */
export const requiredSettings: readonly string[] = Object.entries(service.shape)
  .filter(([, schema]) => !schema.safeParse(undefined).success)
  .map(([name]) => name);

const consistent = service.refine(({ MAX_CHARACTERS, MAX_PAGE_CHARACTERS }) => MAX_PAGE_CHARACTERS <= MAX_CHARACTERS, {
  path: ['MAX_PAGE_CHARACTERS'],
  error: 'must be at most MAX_CHARACTERS',
});

const oidcNames = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'];
const aiFiles = ['AI_CA_FILE', 'AI_CERT_FILE', 'AI_KEY_FILE'];

/**
 * Sign-in is configured as a whole or not at all; an issuer in the clear is for the embedded clouds
 * only.
 */
function oidcFaults(env: Env): string[] {
  const missing = oidcNames.filter((name) => env[name] === undefined);
  const partial = missing.length < oidcNames.length ? missing : [];
  const clear = env.OIDC_ISSUER?.startsWith('http:') && env.OIDC_ALLOW_HTTP !== 'true';
  return [
    ...partial.map((name) => `${name} is missing, while another variable of OIDC is there`),
    ...(clear ? ['OIDC_ISSUER must be https unless OIDC_ALLOW_HTTP is true'] : []),
  ];
}

function aiFaults(env: Env): string[] {
  if (!env.AI_URL?.startsWith('https:')) return [];
  return aiFiles.filter((name) => env[name] === undefined).map((name) => `${name} is missing: AI_URL is https`);
}

function slotFaults(env: Env): string[] {
  if ((env.SLOT === undefined) === (env.SERVING_FILE === undefined)) return [];
  const [missing, there] = env.SLOT === undefined ? ['SLOT', 'SERVING_FILE'] : ['SERVING_FILE', 'SLOT'];
  return [`${missing} is missing, while ${there} is there`];
}

/**
 * A variable that is set to nothing counts as not set, as in a settings file with all names in it.
 */
function withoutEmpty(env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
}

function checked<Schema extends z.ZodType>(schema: Schema, env: Env, others: readonly string[]): z.output<Schema> {
  const { error, data } = schema.safeParse(env);
  const faults = [...(error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`), ...others];
  if (data === undefined || faults.length > 0) throw new SettingsError(faults);
  return data;
}

function mysqlOf(read: z.output<typeof database>): MysqlSettings {
  return {
    host: read.MYSQL_HOST,
    port: read.MYSQL_PORT,
    socket: read.MYSQL_SOCKET,
    database: read.MYSQL_DATABASE,
    user: read.MYSQL_USER,
    password: new Secret(read.MYSQL_PASSWORD),
    pool: read.MYSQL_POOL,
  };
}

function oidcOf(read: z.output<typeof service>): OidcSettings | undefined {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = read;
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return undefined;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: new Secret(OIDC_CLIENT_SECRET),
    allowHttp: read.OIDC_ALLOW_HTTP === 'true',
  };
}

function aiOf(read: z.output<typeof service>): AiSettings {
  return {
    url: read.AI_URL,
    caFile: read.AI_CA_FILE,
    certFile: read.AI_CERT_FILE,
    keyFile: read.AI_KEY_FILE,
    name: read.AI_NAME,
    concurrency: read.AI_CONCURRENCY,
    deadlineSeconds: read.AI_DEADLINE_SECONDS,
  };
}

function slotOf({ SLOT: name, SERVING_FILE: servingFile, SHARE_FILE: shareFile }: z.output<typeof service>): SlotSettings | undefined {
  return name && servingFile ? { name, servingFile, shareFile } : undefined;
}
