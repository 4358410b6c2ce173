import type { Pool } from 'mysql2/promise';
import { expect, it } from 'vitest';
import type { Visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { all, type Received, received } from './event-source.ts';
import { behave } from './fake-ai.ts';
import { look, submit, until, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);

const events = (person: Visitor, id: string, last?: string) =>
  person.call('GET', `/api/contracts/${id}/events`, undefined, last === undefined ? {} : { 'last-event-id': last });
const named = (found: readonly Received[], name: string) => found.filter(({ event }) => event === name);

it('sends progress, then once what GET answers, and ends', async () => {
  stage.ai.behaviour = behave.answer(400);
  const service = stage.service({ ai: { concurrency: 1 } });
  const person = await service.person();
  await submit(person, '먼저');
  const id = await submit(person, '나중');
  const response = await events(person, id);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  expect(response.headers.get('x-accel-buffering')).toBe('no');
  const found = await all(response);
  expect(found[0]).toEqual({ retry: expect.stringMatching(/^\d{4}$/) });
  const progress = named(found, 'progress').map(({ data }) => [data?.status, data?.position, data?.message.ko]);
  expect(progress).toEqual([
    ['waiting', 1, '다음 차례예요. 조금만 기다려주세요...'],
    ['running', null, 'AI가 답변을 생각하고 있어요...'],
  ]);
  expect(found.at(-1)).toEqual({ event: 'done', id: 'done', data: await look(person, id) });
  expect(named(found, 'done')).toHaveLength(1);
});

it('sends an answer that another process wrote', async () => {
  const front = stage.idle();
  const person = await front.person();
  const id = await submit(person, '다른 곳에서');
  const streamed = all(await events(person, id));
  stage.service();
  expect((await streamed).at(-1)?.data?.status).toBe('answered');
});

it('sends a client that reconnects only what is new to it, also from another process', async () => {
  const service = stage.idle();
  const person = await service.person();
  await submit(person, '먼저');
  const id = await submit(person, '나중');
  const first = await nextProgress(await events(person, id));
  expect(first.data?.position).toBe(2);
  const other = stage.idle();
  const again = all(
    await other.app.request(`/api/contracts/${id}/events`, { headers: { cookie: person.cookie, 'last-event-id': first.id ?? '' } }),
  );
  stage.service();
  const progress = named(await again, 'progress');
  expect(progress.map(({ id }) => id)).not.toContain(first.id);
  expect((await events(person, id, 'done')).status).toBe(204);
  expect((await all(await events(person, id))).map(({ event }) => event)).toEqual([undefined, 'done']);
});

it('ends all streams with a hint to come again when the service stops', async () => {
  const service = stage.idle();
  const person = await service.person();
  const id = await submit(person, '기다림');
  service.part.start();
  stage.ai.behaviour = behave.hang();
  const responses = await Promise.all([events(person, id), events(person, id)]);
  const streamed = responses.map(all);
  await until(() => stage.ai.asked.length === 1);
  service.deps.end();
  for (const found of await Promise.all(streamed)) {
    expect(Number(found.at(-1)?.retry)).toBeGreaterThanOrEqual(1000);
    expect(named(found, 'done')).toEqual([]);
  }
  expect(await all(await events(person, id))).toEqual([{ retry: expect.any(String) }]);
});

it('goes on when the database was away for a moment', async () => {
  const gone = { away: false };
  const db = flaky(mysql.db, gone);
  const service = stage.idle({ db });
  const person = await service.person();
  const id = await submit(person, '끊김');
  const streamed = all(await events(person, id));
  gone.away = true;
  await until(() => service.deps.lines.some(({ msg }) => msg === 'the line could not be read'));
  gone.away = false;
  stage.service();
  expect((await streamed).at(-1)?.data?.status).toBe('answered');
});

it('reads the queue once for all waiting clients, and sends those far back only some steps', async () => {
  const counted = { line: 0 };
  const service = stage.idle({ db: counting(mysql.db, counted) });
  const people = await Promise.all(Array.from({ length: 30 }, (_, at) => service.person(`${at}`)));
  const waiting = await Promise.all(
    Array.from({ length: 300 }, async (_, at) => [people[at % 30] as Visitor, await submit(people[at % 30] as Visitor, `${at}`)] as const),
  );
  const before = counted.line;
  const streams = waiting.map(async ([person, id]) => all(await events(person, id)));
  stage.service({ ai: { concurrency: 4 } });
  const found = await Promise.all(streams);
  expect(found.map((each) => named(each, 'done').length)).toEqual(waiting.map(() => 1));
  const most = Math.max(...found.map((each) => named(each, 'progress').length));
  expect(most).toBeLessThan(150);
  expect(counted.line - before).toBeLessThan(300);
});

async function nextProgress(response: Response): Promise<Received> {
  for await (const each of received(response)) if (each.event === 'progress') return each;
  throw new Error('the stream ended without progress');
}

/** A pool whose queries fail while `gone.away`, as when MySQL restarts. */
function flaky(db: Pool, gone: { away: boolean }): Pool {
  return spied(db, () => {
    if (gone.away) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  });
}

function counting(db: Pool, counted: { line: number }): Pool {
  return spied(db, (sql) => {
    if (sql.includes('FORCE INDEX (contracts_line)') && !sql.includes('FOR UPDATE')) counted.line++;
  });
}

function spied(db: Pool, seen: (sql: string) => void): Pool {
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...values: unknown[]) => {
        if (name === 'query') seen(String(values[0]));
        return value.apply(target, values);
      };
    },
  });
}
