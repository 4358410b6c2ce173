/**
 * What shared caches may keep: how it is asked for again, how old it may be, and that nothing else
 * is among it.
 */
import { once } from 'node:events';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Pool } from 'mysql2/promise';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Checklist } from '../../../../apps/api/src/checklist/checklist.ts';
import { contractsPart } from '../../../../apps/api/src/contracts/index.ts';
import { openPool } from '../../../../apps/api/src/db/pool.ts';
import type { Router } from '../../../../apps/api/src/http/router.ts';
import { type Answer, type TestDeps, testApp, testDeps, unauthenticatedClient, visitor } from '../app.ts';
import { Gate } from '../mysql/gate.ts';
import { useMysql } from '../mysql.ts';

const mysql = useMysql();
const path = '/api/checklist';
const second = 1_000;
let gate: Gate;
let deps: TestDeps;
let app: Router;
/** Readings of the checklist that the database was asked for. */
let readings: number;

beforeEach(async () => {
  gate = new Gate(mysql.settings);
  await gate.open();
  readings = 0;
  deps = { ...testDeps(mysql), db: counted(openPool({ ...gate.settings, pool: 4 })) };
  app = testApp(deps, { contracts: contractsPart(deps) });
});
afterEach(async () => {
  await mysql.db.query("UPDATE checklist_items SET position = 1 WHERE id = 'registry-owner'");
  deps.db.end().catch(() => {});
  await gate.remove();
});

const read = (headers: Record<string, string> = {}, method = 'GET') => unauthenticatedClient(app).call(method, path, undefined, headers);
const firstItem = async (answer: Answer) => (await answer.json<Checklist>()).sections[0]?.items[0]?.id;
/** Another item stands first after it. */
const correct = () => mysql.db.query("UPDATE checklist_items SET position = 999 WHERE id = 'registry-owner'");

describe('the checklist', () => {
  it('asks the database once, however many ask for it at the same time and afterwards', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => read()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await read();
    expect(readings).toBe(1);
    deps.pass(30 * second);
    await Promise.all(Array.from({ length: 200 }, () => read()));
    expect(readings).toBe(2);
  });

  it('is not sent again to a client that has it, in every form of If-None-Match', async () => {
    const etag = (await read()).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[^"]+"$/);
    for (const said of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await read({ 'if-none-match': said });
      expect([again.status, await again.text()], said).toEqual([304, '']);
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('cache-control')).toMatch(/^public, /);
    }
    expect((await read({ 'if-none-match': '"other"' })).status).toBe(200);
    const head = await read({}, 'HEAD');
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
  });

  it('is right again half a minute after it was corrected in the database', async () => {
    const before = await read();
    const etag = before.headers.get('etag') ?? '';
    expect(await firstItem(before)).toBe('registry-owner');
    await correct();
    deps.pass(30 * second);
    const after = await read({ 'if-none-match': etag });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(etag);
    expect(await firstItem(after)).not.toBe('registry-owner');
  });

  it('does not stay old when the clock is set back', async () => {
    await read();
    await correct();
    deps.pass(-3_600 * second);
    expect(await firstItem(await read())).not.toBe('registry-owner');
  });

  it('outlives the database for ten minutes, while health says that it is away', async () => {
    await read();
    await gate.shut();
    for (const passed of [30, 300, 269]) {
      deps.pass(passed * second);
      const stale = await read();
      expect(stale.status, `${passed} s later`).toBe(200);
      expect(stale.headers.get('cache-control')).toBe('public, max-age=5');
      expect((await app.request('/health/readiness')).status).toBe(503);
    }
    deps.pass(second);
    const gone = await read();
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(Number(gone.headers.get('retry-after'))).toBeGreaterThan(0);
    await gate.open();
    deps.pass(second);
    expect((await read()).headers.get('cache-control')).toMatch(/^public, max-age=60/);
  });

  it('waits for a database that hangs once, not at each request', async () => {
    await read();
    deps.pass(30 * second);
    gate.silence();
    const answers = await Promise.all(Array.from({ length: 20 }, () => read()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const begun = performance.now();
    for (let time = 0; time < 50; time++) expect((await read()).status).toBe(200);
    // 50 waits would be 100 s.
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('says that it takes too long when the database hangs and there is no copy', async () => {
    gate.silence();
    const answer = await read();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'no-store']);
  });
});

describe('an answer that shared caches may keep', () => {
  const open = () => app.routes.filter(({ method, path }) => method === 'GET' && !path.includes(':') && !path.includes('/auth/'));
  const isPublic = (answer: Pick<Answer, 'headers'>) => answer.headers.get('cache-control')?.includes('public') ?? false;

  it('is the same for all clients and contains nothing of one user or one request', async () => {
    const person = await visitor(app, deps);
    const found: string[] = [];
    for (const path of new Set(open().map((route) => route.path))) {
      const answer = await unauthenticatedClient(app).call('GET', path);
      if (!isPublic(answer)) continue;
      found.push(path);
      const others = [
        await person.call('GET', path),
        await unauthenticatedClient(app).call('GET', path, undefined, { 'accept-language': 'en', 'x-request-id': 'of-one-request' }),
      ];
      const text = await answer.text();
      for (const other of others) expect(await other.text(), path).toBe(text);
      for (const each of [answer, ...others]) {
        expect([...each.headers.keys()].toSorted(), path).toEqual(['cache-control', 'content-type', 'etag']);
      }
    }
    expect(found.toSorted()).toEqual(['/api/checklist', '/api/openapi.json']);
  });

  it('has one address: parameters are refused, and the refusal is not kept', async () => {
    for (const path of ['/api/checklist', '/api/openapi.json']) {
      for (const query of ['?x', '?x=1', '?lang=en', '?%20', '??']) {
        const refused = await unauthenticatedClient(app).call('GET', `${path}${query}`);
        expect([refused.status, refused.headers.get('cache-control')], `${path}${query}`).toEqual([422, 'no-store']);
      }
    }
  });

  it('has one spelling of its path over the wire', async () => {
    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asked = async (target: string) => {
      const [response] = (await once(get({ host: '127.0.0.1', port, path: target, agent: false }), 'response')) as [IncomingMessage];
      response.resume();
      return `${response.statusCode} ${response.headers['cache-control']?.split(',')[0]}`;
    };
    expect(await asked(path)).toBe('200 public');
    const others = [
      '/api/%63hecklist',
      '/api/%63%68ecklist',
      '/api/x/../checklist',
      '/api/./checklist',
      '/x/../api/checklist',
      '/api/checklist/',
    ];
    const found = await Promise.all([...others, '//api/checklist', '/api//checklist', '/api/checklist#x', '/api/checklist?x'].map(asked));
    expect(found.filter((each) => each.includes('public') || each.startsWith('2'))).toEqual([]);
    server.close();
    server.closeAllConnections();
  });
});

describe('an answer that depends on the user', () => {
  it('is kept by no cache, though others may ask for it too', async () => {
    const person = await visitor(app, deps);
    await person.call('POST', '/api/listings', { title: '원룸', district: '마포구', deposit: 1, monthlyRent: 0 });
    for (const each of [person, unauthenticatedClient(app)]) {
      const answer = await each.call('GET', '/api/listings');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect((await answer.json<{ items: { mine: boolean }[] }>()).items[0]?.mine).toBe(each === person);
    }
  });
});

function counted(db: Pool): Pool {
  const execute = (sql: unknown) => {
    if (String(sql).includes('FROM checklist_sections')) readings++;
  };
  const watched = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (_, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name === 'getConnection') return async () => watched((await value.apply(target)) as object);
        return (...values: unknown[]) => {
          if (name === 'execute') execute(values[0]);
          return value.apply(target, values);
        };
      },
    });
  return watched(db);
}
