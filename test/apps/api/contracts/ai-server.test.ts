import { expect, it } from 'vitest';
import { useMysql } from '../mysql.ts';
import { answerTo, behave } from './fake-ai.ts';
import { ended, look, rows, submit, until, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);

it.each([413, 422])('ends a contract that the AI server can not read (%i), and does not ask again', async (status) => {
  stage.ai.behaviour = behave.refuse(status);
  const service = stage.service();
  const person = await service.person();
  const view = await ended(person, await submit(person, '흐린 사진'));
  expect(view).toMatchObject({ status: 'unreadable', result: null });
  expect(view.message.ko).toContain('읽지 못했어요');
  expect(stage.ai.asked).toHaveLength(1);
  expect(await rows(mysql.db, 'SELECT * FROM contract_pages')).toEqual([]);
  expect(await rows(mysql.db, 'SELECT * FROM contract_answers')).toEqual([]);
});

it.each([
  ['it is busy', behave.refuse(503, { 'retry-after': '0' })],
  ['its proxy finds no server', behave.refuse(502)],
  ['it fails', behave.refuse(500)],
  ['it breaks off', behave.cut()],
  ['it answers no JSON', behave.garbage('<html>')],
  ['it answers another shape', behave.garbage('{"summary":"x"}')],
  ['it answers far too much', behave.garbage(`"${'x'.repeat(5_000_000)}"`)],
])('asks again when %s', async (_, behaviour) => {
  const real = behave.answer();
  let calls = 0;
  stage.ai.behaviour = (...call) => (++calls <= 2 ? behaviour(...call) : real(...call));
  const service = stage.service();
  const person = await service.person();
  const id = await submit(person, '다시');
  expect((await ended(person, id)).status).toBe('answered');
  expect(stage.ai.counts()).toEqual(new Map([[id, 3]]));
});

it('leaves out links that are no web addresses', async () => {
  stage.ai.behaviour = (question, response) => {
    const answer = answerTo(question);
    const sources = [{ title: '법', article: '제1조', url: 'javascript:alert(1)' }];
    response.end(JSON.stringify({ ...answer, missing: [{ title: '특약', explanation: '없음', sources }] }));
  };
  const service = stage.service();
  const person = await service.person();
  const { result } = await ended(person, await submit(person, '링크'));
  expect(result?.missing[0]?.sources).toEqual([{ title: '법', article: '제1조', url: null }]);
});

it('holds all contracts back while the AI server is down, says so, keeps their places, and goes on', async () => {
  await stage.ai.stop();
  const service = stage.service({ ai: { concurrency: 4 } });
  const person = await service.person();
  const ids: string[] = [];
  for (let at = 0; at < 30; at++) ids.push(await submit(person, `page ${at}`));
  const position = await until(async () => {
    const view = await look(person, ids[20] ?? '');
    return view.message.en.includes('reconnecting') && view.position;
  });
  expect(position).toBeGreaterThan(10);
  expect(await service.part.aiHealth?.()).toEqual({ status: 'DOWN' });
  expect(await service.part.health()).toMatchObject({ status: 'UP', details: { ai: 'DOWN' } });
  const retries = service.deps.lines.filter(({ msg }) => msg === 'contract will be tried again').length;
  expect(retries).toBeLessThan(20);
  await stage.ai.start();
  for (const id of ids) expect((await ended(person, id)).status).toBe('answered');
  expect([...stage.ai.counts().values()]).toEqual(ids.map(() => 1));
});

it('reports the state of the queue in its health', async () => {
  stage.ai.behaviour = behave.hang();
  const service = stage.service({ ai: { concurrency: 4 } });
  const person = await service.person();
  for (let at = 0; at < 5; at++) await submit(person, `${at}`);
  await until(() => stage.ai.asked.length === 2);
  const health = await service.part.health();
  expect(health).toEqual({
    status: 'UP',
    details: { waiting: 3, running: 2, oldestSeconds: expect.any(Number), answeredToday: 0, ai: 'UP' },
  });
  expect(await (await person.call('GET', '/health')).json()).toMatchObject({
    components: { queue: { details: { waiting: 3 } }, ai: { status: 'UP' } },
  });
});
