/**
 * How many event streams there may be, that none is counted after it is gone, and that each of them
 * ends.
 */
import { once } from 'node:events';
import { get, type IncomingMessage, type RequestOptions, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Pool } from 'mysql2/promise';
import { afterEach, describe, expect, it } from 'vitest';
import { createRouter } from '../../../../apps/api/src/http/router.ts';
import type { Answer, Visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { all, received } from './event-source.ts';
import { type Service, submit, until, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const follow = (person: Visitor, id: string, headers: Record<string, string> = {}) =>
  person.call('GET', `/api/contracts/${id}/events`, undefined, headers);
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const times = <T>(count: number, each: (at: number) => T) => Array.from({ length: count }, (_, at) => each(at));

describe('event streams', () => {
  it('of one person are limited, however the id of the contract is written', async () => {
    const service = stage.idle();
    const person = await service.person();
    const ids = [await submit(person, '하나'), await submit(person, '둘'), await submit(person, '셋')];
    const attack = ids.flatMap((id) => times(20, (at) => follow(person, `${id}${'%20'.repeat(at)}`)));
    const answers = await Promise.all(attack);
    expect(statuses(answers).filter((status) => status === 200)).toHaveLength(ids.length);
    await Promise.all(answers.map(({ body }) => body?.cancel()));
  });

  it('of one user are 16 at most: one more gets Retry-After, and others are not disturbed', async () => {
    const service = stage.idle();
    const [person, neighbour] = [await service.person(), await service.person('이웃')];
    const ids = await Promise.all(times(17, (at) => submit(person, `${at}`)));
    const answers = await Promise.all(ids.map((id) => follow(person, id)));
    expect(statuses(answers).toSorted()).toEqual([...times(16, () => 200), 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('content-type')).toBe('application/problem+json');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused?.json()).toMatchObject({ type: 'urn:dojang:problem:too-many-streams', status: 429 });
    expect((await follow(neighbour, await submit(neighbour, '이웃'))).status).toBe(200);
    await answers[0]?.body?.cancel();
    expect((await follow(person, ids.at(-1) ?? '')).status).toBe(200);
  });

  it('of one address are limited for all users together; an IPv6 network counts as one address', async () => {
    const service = stage.idle({ tuning: { streams: { contract: 8, person: 16, address: 2, all: 100 } } });
    const people = await Promise.all(times(3, (at) => service.person(`${at}`)));
    const from = async (...addresses: string[]) => {
      const asked = people.map(async (person, at) => {
        const address = addresses[at % addresses.length] ?? '';
        return follow(person, await submit(person, address), { 'x-forwarded-for': address });
      });
      return statuses(await Promise.all(asked)).toSorted();
    };
    expect(await from('198.51.100.7')).toEqual([200, 200, 429]);
    expect(await from('198.51.100.8')).toEqual([200, 200, 429]);
    expect(await from('2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:2:3:4:5:6')).toEqual([200, 200, 429]);
    expect(await from('2001:db8:1:3::1', '2001:db8:1:4::1', '2001:db8:1:5::1')).toEqual([200, 200, 200]);
  });

  it('of all together are limited', async () => {
    const service = stage.idle({ tuning: { streams: { contract: 8, person: 16, address: 16, all: 2 } } });
    const people = await Promise.all(times(3, (at) => service.person(`${at}`)));
    const answers = await Promise.all(people.map(async (person) => follow(person, await submit(person, '글'))));
    expect(statuses(answers).toSorted()).toEqual([200, 200, 503]);
  });
});

/** What a client does with a stream that it has asked for. */
type Leaving = (server: Listening, options: RequestOptions) => Promise<void>;

describe('a stream that is gone', () => {
  const ways: Record<string, Leaving> = {
    'after its first event': async (_, options) => {
      const response = await opened(options);
      await once(response, 'data');
      response.destroy();
    },
    'before it was read': async (_, options) => void (await opened(options)).destroy(),
    'before its answer began': async (server, options) => {
      const held = server.hold();
      const asking = get(options).on('error', () => {});
      await held.reached;
      const closed = new Promise((resolve) => asking.once('close', resolve));
      asking.destroy();
      await closed;
      held.release();
    },
    'because only its head was asked for': async (_, options) => {
      const [response] = (await once(request({ ...options, method: 'HEAD' }).end(), 'response')) as [IncomingMessage];
      response.resume();
    },
    'because what was to answer it failed': async (server, options) => {
      server.failing = true;
      const response = await opened(options);
      server.failing = false;
      expect(response.statusCode).toBe(500);
      response.resume();
    },
  };

  it.each(Object.entries(ways))('%s is not counted any more', async (_, leave) => {
    const gate = new Latch();
    const service = stage.idle({ db: heldUp(mysql.db, gate), tuning: { streams: { contract: 8, person: 2, address: 2, all: 2 } } });
    const person = await service.person();
    const id = await submit(person, '떠남');
    const server = await listening(service, gate);
    const options = { ...server.at, path: `/api/contracts/${id}/events`, headers: { cookie: person.cookie }, agent: false as const };
    for (let time = 0; time < 3; time++) {
      await leave(server, options);
      // Left streams may take a moment to be noticed; what never becomes free again is the fault.
      await until(async () => {
        const pair = await Promise.all([opened(options), opened(options)]);
        const free = pair.every(({ statusCode }) => statusCode === 200);
        for (const response of pair) response.destroy();
        return free;
      }, 10_000);
    }
  });
});

describe('every stream ends', () => {
  it('with the friendly answer when the deadline has passed and nothing else looks after it', async () => {
    const service = stage.idle({ ai: { deadlineSeconds: 30 } });
    const person = await service.person();
    const found = all((await follow(person, await submit(person, '늦음'))) as Response);
    service.deps.pass(60_000);
    expect((await found).at(-1)).toMatchObject({ event: 'done', data: { status: 'late' } });
  });

  it('when its contract has been deleted, and a client that reconnects gets 404', async () => {
    const service = stage.idle();
    const person = await service.person();
    const id = await submit(person, '지움');
    const response = await follow(person, id);
    await mysql.db.query('DELETE FROM contracts');
    const found = await all(response as Response);
    expect(found.at(-1)).toEqual({ retry: expect.stringMatching(/^\d+$/) });
    expect((await follow(person, id)).status).toBe(404);
  });

  it('with a hint to come again when it has lasted too long, and then goes on', async () => {
    const service = stage.idle({ tuning: { streamMs: 500 } });
    const person = await service.person();
    const id = await submit(person, '오래');
    const first = await all((await follow(person, id)) as Response);
    expect(Number(first.at(-1)?.retry)).toBeGreaterThanOrEqual(1_000);
    const last = first.findLast(({ event }) => event === 'progress')?.id ?? '';
    const patient = stage.service();
    const headers = { cookie: person.cookie, 'last-event-id': last };
    const second = await all(await patient.app.request(`/api/contracts/${id}/events`, { headers }));
    expect(second.at(-1)).toMatchObject({ event: 'done' });
  });

  it('also while the database does not answer at all', async () => {
    const gate = new Latch();
    const service = stage.idle({ db: heldUp(mysql.db, gate), tuning: { streamMs: 500 } });
    const person = await service.person();
    const id = await submit(person, '멈춤');
    const response = await follow(person, id);
    const held = gate.close('FORCE INDEX (contracts_line)');
    const events = received(response as Response);
    await held.reached;
    for await (const { data } of events) expect(data?.status).not.toBe('answered');
    held.release();
  });
});

/** Holds queries back on their way to the database. */
class Latch {
  #part: string | undefined;
  #reached = Promise.withResolvers<void>();
  #release = Promise.withResolvers<void>();

  close(part: string): { readonly reached: Promise<void>; readonly release: () => void } {
    this.#part = part;
    this.#reached = Promise.withResolvers();
    this.#release = Promise.withResolvers();
    const { reached, release } = { reached: this.#reached.promise, release: this.#release.resolve };
    return {
      reached,
      release: () => {
        this.#part = undefined;
        release();
      },
    };
  }

  async pass(sql: string): Promise<void> {
    if (this.#part === undefined || !sql.includes(this.#part)) return;
    this.#reached.resolve();
    await this.#release.promise;
  }
}

function heldUp(db: Pool, latch: Latch): Pool {
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...values: unknown[]) => {
        if (name === 'query') await latch.pass(String(values[0]));
        return value.apply(target, values);
      };
    },
  });
}

interface Listening {
  readonly at: { readonly host: string; readonly port: number };
  /** Holds back the next request for a stream when the session is known already. */
  hold(): ReturnType<Latch['close']>;
  /** What comes after the route fails, as a fault in the answer's own headers would. */
  failing: boolean;
}

async function listening(service: Service, latch: Latch): Promise<Listening> {
  const outer = createRouter();
  const state = { failing: false };
  outer.onError((_, c) => c.text('failed', 500));
  outer.use(async (_, next) => {
    await next();
    if (state.failing) throw new Error('after the route');
  });
  outer.route('/', service.app);
  const server = createAdaptorServer({ fetch: outer.fetch }) as Server;
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { at: { host: '127.0.0.1', port }, hold: () => latch.close('SELECT status FROM contracts') });
}

async function opened(options: RequestOptions): Promise<IncomingMessage> {
  const asking = get(options);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  return response;
}
