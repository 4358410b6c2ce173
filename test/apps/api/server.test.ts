import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { MysqlSettings } from '../../../apps/api/src/settings.ts';
import { root } from '../../../scripts/io/state.ts';
import { publicUrl } from './app.ts';
import { Gate } from './mysql/gate.ts';
import { mysqlEnvironment, useMysql } from './mysql.ts';

const mysql = useMysql();
const running: Running[] = [];

afterEach(() => {
  for (const each of running.splice(0)) each.child.kill('SIGKILL');
});

/** `server.js` in a process of its own. */
class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown[]>;
  readonly lines: Record<string, unknown>[] = [];

  constructor(env: Record<string, string>) {
    this.child = spawn(process.execPath, [join(root, 'apps/api/src/server.ts')], {
      // The leader of a group, as a unit has its processes.
      detached: true,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.ended = once(this.child, 'close');
    let rest = '';
    this.child.stdout?.on('data', (data) => {
      const parts = `${rest}${data}`.split('\n');
      rest = parts.pop() ?? '';
      this.lines.push(...parts.map((each) => JSON.parse(each)));
    });
    running.push(this);
  }

  /** Waits for the line of the log with this message. */
  async logged(msg: string): Promise<Record<string, unknown>> {
    for (;;) {
      const line = this.lines.find((each) => each.msg === msg);
      if (line) return line;
      if (this.child.exitCode !== null) throw new Error(`ended without ${msg}: ${JSON.stringify(this.lines)}`);
      await wait(10);
    }
  }

  async url(path: string): Promise<string> {
    const { host, port } = await this.logged('listening');
    return `http://${host}:${port}${path}`;
  }
}

function start(settings: MysqlSettings = mysql.settings, more: Record<string, string> = {}): Running {
  return new Running({
    PORT: '0',
    PUBLIC_URL: publicUrl,
    SESSION_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
    ...mysqlEnvironment(settings),
    ...more,
  });
}

/** A request that the database does not let end before the answer to `release` is there. */
async function held(server: Running, agent: Agent) {
  const connection = await mysql.db.getConnection();
  await connection.query('LOCK TABLES listings WRITE');
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    server.url('/api/listings').then((url) => get(url, { agent }, resolve).on('error', reject), reject);
  });
  response.catch(() => {});
  for (;;) {
    const [waiting] = await mysql.db.query("SELECT 1 FROM information_schema.processlist WHERE state LIKE 'Waiting for table%lock'");
    if (Array.isArray(waiting) && waiting.length > 0) break;
    await wait(20);
  }
  const release = async () => {
    await connection.query('UNLOCK TABLES');
    connection.release();
  };
  return { response, release };
}

describe('the server', () => {
  it('answers, and says when it is ready', async () => {
    const server = start();
    await server.logged('ready');
    const response = await fetch(await server.url('/health'));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'UP', components: { db: { status: 'UP' }, queue: { status: 'UP' } } });
  });

  it('on SIGTERM lets a running request end, takes no new one, and ends without an error', async () => {
    const server = start();
    await server.logged('ready');
    const agent = new Agent({ keepAlive: true });
    const { response, release } = await held(server, agent);
    const url = await server.url('/health/liveness');
    server.child.kill('SIGTERM');
    await server.logged('stopping');
    await expect(fetch(url)).rejects.toThrow();
    await release();
    const answer = await response;
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    answer.resume();
    expect(await server.ended).toEqual([0, null]);
    expect(server.lines.at(-1)).toMatchObject({ msg: 'stopped' });
    agent.destroy();
  });

  it('on SIGTERM does not wait for connections that are only kept', async () => {
    const server = start();
    await server.logged('ready');
    const agent = new Agent({ keepAlive: true });
    const [answer] = (await once(get(await server.url('/health/liveness'), { agent }), 'response')) as [IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    server.child.kill('SIGTERM');
    expect(await server.ended).toEqual([0, null]);
    expect(server.lines).not.toContainEqual(expect.objectContaining({ msg: 'some requests did not end in time' }));
    agent.destroy();
  });

  it('ends all the same when its processes that read contracts got the signal too', async () => {
    const server = start();
    await server.logged('ready');
    const { pid = 0 } = server.child;
    const readers = () => spawnSync('pgrep', ['-P', `${pid}`], { encoding: 'utf8' }).stdout.trim();
    await expect.poll(readers).not.toBe('');
    const { response, release } = await held(server, new Agent());
    process.kill(-pid, 'SIGTERM');
    await expect.poll(readers).toBe('');
    await release();
    (await response).resume();
    expect(await server.ended).toEqual([0, null]);
    expect(server.lines.at(-1)).toMatchObject({ msg: 'stopped' });
  });

  it('ends at once on a second signal', async () => {
    const server = start();
    await server.logged('ready');
    const { release } = await held(server, new Agent());
    server.child.kill('SIGTERM');
    await server.logged('stopping');
    server.child.kill('SIGTERM');
    expect(await server.ended).toEqual([1, null]);
    await release();
  });

  it('may start before MySQL, and may be stopped while it waits', async () => {
    const gate = new Gate(mysql.settings);
    const [one, other] = [start(gate.settings), start(gate.settings)];
    await Promise.all([one.logged('waiting for the database'), other.logged('waiting for the database')]);
    expect((await fetch(await one.url('/health'))).status).toBe(503);
    expect((await fetch(await one.url('/health/liveness'))).status).toBe(200);
    other.child.kill('SIGTERM');
    expect(await other.ended).toEqual([0, null]);
    await gate.open();
    await one.logged('ready');
    expect((await fetch(await one.url('/health/readiness'))).status).toBe(200);
    one.child.kill('SIGTERM');
    await one.ended;
    await gate.remove();
  });

  it('reports all faults of its settings and does not start', async () => {
    const server = start(mysql.settings, { PUBLIC_URL: '', SESSION_SECRET: 'hunter2' });
    expect(await server.ended).toEqual([1, null]);
    expect(server.lines).toHaveLength(1);
    const line = JSON.stringify(server.lines);
    expect(line).toMatch(/PUBLIC_URL is missing.*SESSION_SECRET must have/);
    expect(line).not.toContain('hunter2');
  });

  it('says so when its port is taken', async () => {
    const first = start();
    const { port } = await first.logged('listening');
    const second = start(mysql.settings, { PORT: String(port) });
    expect(await second.ended).toEqual([1, null]);
    expect(JSON.stringify(second.lines)).toContain('EADDRINUSE');
  });
});
