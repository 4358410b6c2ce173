/**
 * The contracts over a real MySQL and a fake AI server, with short intervals; several in one test
 * are several processes' worth.
 */
import type { Pool, RowDataPacket } from 'mysql2/promise';
import { afterEach, beforeEach } from 'vitest';
import { contractsPart, type RunningContracts, type Tuning } from '../../../../apps/api/src/contracts/index.ts';
import type { ContractView } from '../../../../apps/api/src/contracts/progress/contract-views.ts';
import type { Router } from '../../../../apps/api/src/http/router.ts';
import type { Plan } from '../../../../apps/api/src/people/person.ts';
import { Sessions } from '../../../../apps/api/src/sessions/sessions.ts';
import type { Settings } from '../../../../apps/api/src/settings.ts';
import { publicUrl, type TestDeps, testApp, testDeps, type Visitor, visitor } from '../app.ts';
import type { TestMysql } from '../mysql.ts';
import { FakeAi } from './fake-ai.ts';

/** Long enough not to matter, short enough for a test. */
const quick: Partial<Tuning> = { leaseMs: 1_500, heartbeatMs: 300, pollMs: 50, drainMs: 200 };

export interface ServiceChanges {
  readonly settings?: Partial<Settings>;
  readonly ai?: Partial<Settings['ai']>;
  readonly tuning?: Partial<Tuning>;
  readonly db?: Pool;
}

export class Service {
  readonly deps: TestDeps;
  readonly part: RunningContracts;
  readonly app: Router;
  /** How often it has asked whether it serves: in each round of its worker and its maintenance. */
  rounds = 0;

  constructor(mysql: Pick<TestMysql, 'db' | 'settings'>, ai: FakeAi, changes: ServiceChanges = {}) {
    const made = testDeps(mysql as TestMysql, changes.settings);
    const shift = { ms: 0 };
    const clock = () => new Date(Date.now() + shift.ms);
    const db = changes.db ?? made.db;
    const pass = (ms: number) => {
      shift.ms += ms;
    };
    const settings = { ...made.settings, ai: { ...made.settings.ai, url: ai.url, deadlineSeconds: 30, ...changes.ai } };
    const serves = () => {
      this.rounds += 1;
      return made.serves();
    };
    this.deps = { ...made, db, clock, pass, settings, serves, sessions: new Sessions(db, clock), lines: made.lines };
    this.part = contractsPart(this.deps, { ...quick, ...changes.tuning });
    this.app = testApp(this.deps, { contracts: this.part });
  }

  person(name = '김도장', plan: Plan = 'pro'): Promise<Visitor> {
    return visitor(this.app, this.deps, name, plan);
  }
}

export interface Stage {
  readonly ai: FakeAi;
  /** A service that works until the test ends. */
  service(changes?: ServiceChanges): Service;
  /** One that takes submissions and leaves them waiting. */
  idle(changes?: ServiceChanges): Service;
}

/** To be called once, at the top of a test file. */
export function useStage(mysql: Pick<TestMysql, 'db' | 'settings'>): Stage {
  const stage = { ai: new FakeAi(), services: [] as Service[] };
  beforeEach(async () => {
    stage.ai = new FakeAi();
    await stage.ai.start();
  });
  afterEach(async () => {
    await Promise.all(stage.services.splice(0).map(({ part }) => part.stop().then(() => part.close())));
    await stage.ai.stop();
  });
  const idle = (changes?: ServiceChanges) => {
    const service = new Service(mysql, stage.ai, changes);
    stage.services.push(service);
    return service;
  };
  return {
    get ai() {
      return stage.ai;
    },
    idle,
    service: (changes) => {
      const service = idle(changes);
      service.part.start();
      return service;
    },
  };
}

/** The same person after this time; the session of before has run out by then. */
export async function later(service: Service, person: Visitor, ms: number): Promise<Visitor> {
  service.deps.pass(ms);
  const cookie = `__Host-session=${await service.deps.sessions.open(person.id)}`;
  return { ...person, cookie, call: (method, path, body, headers) => person.call(method, path, body, { ...headers, cookie }) };
}

/** Submits one page of text. @returns the contract's id */
export async function submit(person: Visitor, text: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await person.call('POST', '/api/contracts', { pages: [{ text }] }, headers);
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}

export async function look(person: Visitor, id: string): Promise<ContractView> {
  const response = await person.call('GET', `/api/contracts/${id}`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as ContractView;
}

/** Asks again and again until it is so; the limit only ends a hang. */
export async function until<T>(ask: () => Promise<T | undefined | false> | T | undefined | false, limitMs = 60_000): Promise<T> {
  for (const end = Date.now() + limitMs; Date.now() < end; ) {
    const found = await ask();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`timed out waiting for: ${ask}`);
}

/** The contract once it has ended. */
export function ended(person: Visitor, id: string, limitMs?: number): Promise<ContractView> {
  return until(async () => {
    const view = await look(person, id);
    return view.status !== 'waiting' && view.status !== 'running' && view;
  }, limitMs);
}

export async function rows(db: Pool, sql: string): Promise<Record<string, unknown>[]> {
  const [found] = await db.query<RowDataPacket[]>(sql);
  return found;
}

/** A form with these files. */
export function form(
  files: readonly (readonly [name: string, type: string, content: Uint8Array<ArrayBuffer> | string])[],
  locale?: string,
): FormData {
  const form = new FormData();
  if (locale) form.append('locale', locale);
  for (const [name, type, content] of files) form.append('pages', new File([content], name, { type }));
  return form;
}

export function post(service: Service, person: Visitor, body: NonNullable<RequestInit['body']>, headers: Record<string, string> = {}) {
  const init = { method: 'POST', headers: { origin: publicUrl, cookie: person.cookie, ...headers }, body, duplex: 'half' };
  return service.app.request('/api/contracts', init as RequestInit);
}
