import type { Pool } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPool } from '../../../../apps/api/src/db/pool.ts';
import { answerTo, behave } from './fake-ai.ts';
import { RestartableMysql } from './restartable-mysql.ts';
import { look, rows, submit, until, useStage } from './service.ts';
import { endings, watchEndings } from './witness.ts';

const server = new RestartableMysql();
let db: Pool;
const mysql = {
  get settings() {
    return server.settings;
  },
  get db() {
    return db;
  },
};

beforeAll(async () => {
  await server.create();
  db = openPool(server.settings);
  await watchEndings(db);
});
afterAll(async () => {
  await db.end();
  await server.remove();
});
const stage = useStage(mysql);

it.each(['SIGTERM', 'SIGKILL'] as const)(
  'answers everything once though MySQL is restarted (%s) while contracts wait, run and are submitted',
  async (signal) => {
    await db.query('DELETE FROM contracts');
    await db.query('DELETE FROM contract_answers');
    await db.query('DELETE FROM endings');
    stage.ai.behaviour = behave.answer(100);
    const service = stage.service({ tuning: { leaseMs: 1_000, heartbeatMs: 200 } });
    const person = await service.person();
    const ids: string[] = [];
    for (let at = 0; at < 30; at++) ids.push(await submit(person, `${signal} ${at}`));
    await until(() => stage.ai.asked.length > 6);
    await server.end(signal);

    const refused = await person.call('POST', '/api/contracts', { pages: [{ text: 'while it is away' }] });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await service.part.health()).status).toBe('DOWN');

    await server.start();
    const after = await until(() => submit(person, `${signal} after`).catch(() => undefined));
    for (const id of [...ids, after]) await until(async () => (await look(person, id).catch(() => undefined))?.status === 'answered');
    expect((await endings(db)).sort()).toEqual([...ids, after].sort());
    expect(await rows(db, 'SELECT * FROM contract_pages')).toEqual([]);
  },
);

it('keeps an answer that came while MySQL was away, and does not ask again', async () => {
  let speak = () => {};
  stage.ai.behaviour = (question, response) => {
    speak = () => void response.writeHead(200).end(JSON.stringify(answerTo(question)));
  };
  const service = stage.service({ tuning: { leaseMs: 60_000 } });
  const person = await service.person();
  const id = await submit(person, 'while away');
  await until(() => stage.ai.asked.length === 1);
  await server.end('SIGTERM');
  speak();
  await server.start();
  await until(async () => (await look(person, id).catch(() => undefined))?.status === 'answered');
  expect(stage.ai.asked).toHaveLength(1);
});
