import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Pool } from 'mysql2/promise';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPool } from '../../../../apps/api/src/db/pool.ts';
import { createRouter, type Router } from '../../../../apps/api/src/http/router.ts';
import type { ComponentHealth, ContractsPart } from '../../../../apps/api/src/modules.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { type TestDeps, testApp, testDeps } from '../app.ts';
import { Gate } from '../mysql/gate.ts';
import { useMysql } from '../mysql.ts';

const mysql = useMysql();
const up: ComponentHealth = { status: 'UP' };
const idle: ComponentHealth = { status: 'UP', details: { waiting: 0, running: 0 } };
let gate: Gate;
let db: Pool;
let deps: TestDeps;
let queue: () => Promise<ComponentHealth>;
let ai: () => Promise<ComponentHealth>;
let app: Router;

beforeEach(async () => {
  gate = new Gate(mysql.settings);
  await gate.open();
  db = openPool({ ...gate.settings, pool: 2 });
  deps = { ...testDeps(mysql), db };
  [queue, ai] = [async () => idle, async () => up];
  const contracts: ContractsPart = { routes: createRouter(), health: () => queue(), aiHealth: () => ai(), usedToday: async () => 0 };
  app = testApp(deps, { contracts });
});
afterEach(async () => {
  await gate.remove();
  db.end().catch(() => {});
});

async function health(path = ''): Promise<{ code: number; status: string; components: Record<string, ComponentHealth> }> {
  const response = await app.request(`/health${path}`);
  return { code: response.status, ...((await response.json()) as { status: string; components: Record<string, ComponentHealth> }) };
}
const never = () => new Promise<ComponentHealth>(() => {});

describe('health', () => {
  it('reports all components', async () => {
    expect(await health()).toEqual({ code: 200, status: 'UP', components: { db: up, ai: up, queue: idle, writes: up } });
  });

  it('is down without the database, and up again when it is back', async () => {
    await health();
    await gate.shut();
    expect(await health()).toMatchObject({ code: 503, status: 'DOWN', components: { db: { status: 'DOWN' }, queue: idle } });
    await gate.open();
    expect(await health()).toMatchObject({ code: 200, status: 'UP' });
  });

  it('is down when the database hangs, however often it is asked, and then the pool is not used up', async () => {
    await health();
    gate.silence();
    for (let times = 0; times < 4; times++) expect(await health()).toMatchObject({ code: 503, components: { db: { status: 'DOWN' } } });
    await gate.shut();
    await gate.open();
    while ((await health()).code !== 200) await wait(20);
    const both = await Promise.all([db.getConnection(), db.getConnection()]);
    for (const connection of both) connection.release();
  });

  it('is down when commits hang, as on a full data volume, while everything can be read', async () => {
    const holder = await mysql.db.getConnection();
    try {
      await holder.query('LOCK TABLES health_writes READ');
      const down = { status: 'DOWN', details: { error: 'no answer within 800 ms' } };
      for (let times = 0; times < 3; times++) {
        expect(await health()).toEqual({ code: 503, status: 'DOWN', components: { db: up, ai: up, queue: idle, writes: down } });
      }
      expect(await health('/readiness')).toMatchObject({ code: 200, status: 'UP' });
      expect((await app.request('/api/listings')).status).toBe(200);
      await holder.query('UNLOCK TABLES');
      expect(await health()).toMatchObject({ code: 200, components: { writes: up } });
    } finally {
      holder.destroy();
    }
  });

  it('is down when MySQL refuses to write', async () => {
    await mysql.db.query('RENAME TABLE health_writes TO health_writes_away');
    try {
      expect(await health()).toMatchObject({ code: 503, components: { db: up, writes: { details: { error: 'ER_NO_SUCH_TABLE' } } } });
    } finally {
      await mysql.db.query('RENAME TABLE health_writes_away TO health_writes');
    }
  });

  it('writes one row, at most every 10 s, and leaves its limits on no connection', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const written = async () => {
        await health();
        const [rows] = await mysql.db.query('SELECT id, written_at AS at FROM health_writes');
        return rows;
      };
      const first = await written();
      expect(first).toHaveLength(1);
      vi.advanceTimersByTime(9_999);
      expect(await written()).toEqual(first);
      vi.advanceTimersByTime(1);
      const second = await written();
      expect(second).toHaveLength(1);
      expect(second).not.toEqual(first);
      const [limits] = await db.query('SELECT @@innodb_lock_wait_timeout = @@GLOBAL.innodb_lock_wait_timeout AS same');
      expect(limits).toEqual([{ same: 1 }]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is down with the queue, also when that does not answer', async () => {
    queue = async () => ({ status: 'DOWN' });
    expect(await health()).toMatchObject({ code: 503, status: 'DOWN', components: { queue: { status: 'DOWN' } } });
    queue = never;
    expect(await health()).toMatchObject({ code: 503, components: { db: up, queue: { status: 'DOWN' } } });
    queue = async () => {
      throw new Error('Access denied for user api@10.0.0.1');
    };
    expect(await health()).toMatchObject({ code: 503, components: { queue: { status: 'DOWN' } } });
  });

  it('does not depend on the AI server', async () => {
    for (const state of [async () => ({ status: 'DOWN' }) as const, never]) {
      ai = state;
      expect(await health()).toMatchObject({ code: 200, status: 'UP', components: { ai: { status: 'DOWN' } } });
    }
  });
});

describe('liveness', () => {
  it('does not depend on anything else', async () => {
    await gate.shut();
    [queue, ai] = [never, never];
    expect(await health('/liveness')).toMatchObject({ code: 200, status: 'UP' });
  });
});

describe('readiness', () => {
  it('needs the database, but neither the queue nor the AI server', async () => {
    [queue, ai] = [never, never];
    expect(await health('/readiness')).toEqual({
      ...{ code: 200, status: 'UP' },
      components: { readinessState: up, db: up, migrations: up },
    });
    await gate.shut();
    expect(await health('/readiness')).toMatchObject({ code: 503, status: 'DOWN' });
  });

  it('ends when the server is asked to stop', async () => {
    deps.end();
    expect(await health('/readiness')).toMatchObject({
      ...{ code: 503, status: 'OUT_OF_SERVICE' },
      components: { readinessState: { status: 'OUT_OF_SERVICE' }, db: up },
    });
    expect(await health('/liveness')).toMatchObject({ code: 200 });
  });

  it('waits for migrations that this release needs', async () => {
    const migrations = mkdtempSync(join(tmpdir(), 'dojang-migrations-'));
    writeFileSync(join(migrations, '9999_future.sql'), 'CREATE TABLE future (id INT)');
    app = testApp({ ...deps, migrations });
    remove(migrations);
    const { code, components } = await health('/readiness');
    expect([code, components.migrations]).toEqual([503, { status: 'DOWN', details: { missing: 1 } }]);
  });
});

describe('a request', () => {
  it('without a database is answered 503 and Retry-After, not 500', async () => {
    await gate.shut();
    const response = await app.request('/api/checklist');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await response.json()).toMatchObject({ type: 'urn:dojang:problem:unavailable' });
  });

  it('works again as soon as the database is back', async () => {
    await app.request('/api/listings');
    await gate.shut();
    await app.request('/api/listings');
    await gate.open();
    expect((await app.request('/api/listings')).status).toBe(200);
  });
});
