/**
 * The application over a real MySQL, with a clock that a test sets and people who are signed in
 * without a provider.
 */
import { pino } from 'pino';
import { createApp } from '../../../apps/api/src/app.ts';
import type { Deps } from '../../../apps/api/src/deps.ts';
import type { Router } from '../../../apps/api/src/http/router.ts';
import type { Parts } from '../../../apps/api/src/modules.ts';
import type { Plan } from '../../../apps/api/src/people/person.ts';
import { servingCheck } from '../../../apps/api/src/serving.ts';
import { Sessions } from '../../../apps/api/src/sessions/sessions.ts';
import { type Settings, settingsOf } from '../../../apps/api/src/settings.ts';
import { migrationsHere, type TestMysql } from './mysql.ts';

export const publicUrl = 'https://app.example.com';

export interface TestDeps extends Deps {
  /** Lines of the log, parsed. */
  readonly lines: Record<string, unknown>[];
  /** Moves the clock. */
  readonly pass: (milliseconds: number) => void;
  /** As SIGTERM does. */
  readonly end: () => void;
}

export function testDeps(mysql: Pick<TestMysql, 'db' | 'settings'>, changes: Partial<Settings> = {}): TestDeps {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug', base: undefined }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const stop = new AbortController();
  let now = Date.parse('2026-11-21T09:00:00.000Z');
  const clock = () => new Date(now);
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const end = () => stop.abort();
  const sessions = new Sessions(mysql.db, clock);
  const settings = { ...testSettings(mysql), ...changes };
  const [serves, stopping] = [servingCheck(settings.slot, log), stop.signal];
  return { settings, db: mysql.db, log, clock, sessions, serves, stopping, migrations: migrationsHere, lines, pass, end };
}

function testSettings(mysql: Pick<TestMysql, 'settings'>): Settings {
  const env = { PUBLIC_URL: publicUrl, SESSION_SECRET: 'a-secret-of-the-tests-that-is-long-enough', MYSQL_DATABASE: 'x', MYSQL_USER: 'x' };
  return { ...settingsOf(env), mysql: mysql.settings };
}

/** An answer whose body a test knows the shape of. */
export interface Answer extends Omit<Response, 'json'> {
  json<Body>(): Promise<Body>;
}

export interface Visitor {
  readonly id: string;
  readonly cookie: string;
  /** Calls the application as a page of ours does in this user's browser. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** A signed-in user. */
export async function visitor(app: Router, deps: Deps, name = '김도장', plan: Plan = 'free'): Promise<Visitor> {
  const now = deps.clock();
  const [{ insertId }] = await deps.db.execute<import('mysql2').ResultSetHeader>(
    'INSERT INTO people (issuer, subject, name, email, plan, created_at, signed_in_at) VALUES (?, UUID(), ?, ?, ?, ?, ?)',
    ['https://id.example.com', name, 'person@example.com', plan, now, now],
  );
  const cookie = `__Host-session=${await deps.sessions.open(String(insertId))}`;
  return { id: String(insertId), cookie, call: (...request) => call(app, cookie, ...request) };
}

export interface Visited {
  readonly deps: TestDeps;
  readonly app: Router;
  readonly person: Visitor;
}

/** The application for one test, and a user who has signed in to it. */
export async function visited(
  mysql: Pick<TestMysql, 'db' | 'settings'>,
  { parts = () => ({}), plan }: { readonly parts?: (deps: TestDeps) => Parts; readonly plan?: Plan } = {},
): Promise<Visited> {
  const deps = testDeps(mysql);
  const app = testApp(deps, parts(deps));
  return { deps, app, person: await visitor(app, deps, '김도장', plan) };
}

/** An unauthenticated client. */
export function unauthenticatedClient(app: Router): Pick<Visitor, 'call'> {
  return { call: (...request) => call(app, '', ...request) };
}

type Call = [app: Router, cookie: string, ...request: Parameters<Visitor['call']>];

async function call(...[app, cookie, method, path, body, headers]: Call): Promise<Answer> {
  const own = { origin: publicUrl, ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) };
  const text = body === undefined ? undefined : JSON.stringify(body);
  return (await app.request(path, { method, headers: { ...own, ...headers }, body: text })) as Answer;
}

export function testApp(deps: Deps, parts: Parts = {}): Router {
  return createApp(deps, parts);
}
