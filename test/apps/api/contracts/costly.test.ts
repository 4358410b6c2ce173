/**
 * A contract that takes too much of the AI server ends once and counts; one that we kept waiting
 * does not count.
 */
import { expect, it } from 'vitest';
import type { Visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { behave } from './fake-ai.ts';
import { ended, look, rows, type Service, submit, until, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);

const used = (service: Service, { id }: Visitor) => service.part.usedToday?.({ id, name: '', email: '', plan: 'free' });

it('ends a contract that is too costly at once, does not ask again, and counts it', async () => {
  stage.ai.behaviour = behave.tooCostly();
  const service = stage.service();
  const person = await service.person('비싼', 'free');
  const view = await ended(person, await submit(person, '아주 긴 계약'));
  expect(view).toMatchObject({ status: 'late', result: null });
  expect(stage.ai.asked).toHaveLength(1);
  expect(await used(service, person)).toBe(1);
  expect(await rows(mysql.db, 'SELECT * FROM contract_pages')).toEqual([]);
  stage.ai.behaviour = behave.answer();
  expect((await ended(person, await submit(person, '다음'))).status).toBe('answered');
});

it('runs out of contracts a day by those that are too costly', async () => {
  stage.ai.behaviour = behave.tooCostly();
  const service = stage.service();
  const person = await service.person('되풀이', 'free');
  const statuses: number[] = [];
  for (let at = 0; at < 12; at++) {
    const response = await person.call('POST', '/api/contracts', { pages: [{ text: `비싼 계약 ${at}` }] });
    statuses.push(response.status);
    if (response.status === 202) await ended(person, ((await response.json()) as { id: string }).id);
  }
  expect(statuses.filter((status) => status === 202)).toHaveLength(10);
  expect(statuses.slice(10)).toEqual([429, 429]);
  expect(stage.ai.asked).toHaveLength(10);
});

it('ends a contract whose analysis fails a second time as unreadable, and counts it', async () => {
  stage.ai.behaviour = behave.refuse(500, {}, 'urn:dojang:problem:analysis-failed');
  const service = stage.service({ ai: { deadlineSeconds: 20 } });
  const person = await service.person('고장', 'free');
  const view = await ended(person, await submit(person, '이상한 그림'));
  expect([view.status, stage.ai.asked.length, await used(service, person)]).toEqual(['unreadable', 2, 1]);
  stage.ai.behaviour = behave.answer();
  expect((await ended(person, await submit(person, '다음'))).status).toBe('answered');
});

it('tries a contract again whose analysis failed once', async () => {
  const fails = behave.refuse(500, {}, 'urn:dojang:problem:analysis-failed');
  let calls = 0;
  stage.ai.behaviour = (...call) => (++calls === 1 ? fails(...call) : behave.answer()(...call));
  const service = stage.service();
  const person = await service.person();
  expect((await ended(person, await submit(person, '한 번'))).status).toBe('answered');
});

it('counts a contract whose cost was only known after its deadline, and only once', async () => {
  let speak = () => {};
  stage.ai.behaviour = (question, response) => {
    speak = () => void behave.tooCostly()(question, response);
  };
  const service = stage.service({ ai: { deadlineSeconds: 300 } });
  const person = await service.person('늦게', 'free');
  const id = await submit(person, '끝나지 않는 계약');
  await until(() => stage.ai.asked.length === 1);
  service.deps.pass(301_000);
  const first = await ended(person, id);
  expect(first.status).toBe('late');
  expect(await used(service, person)).toBe(0);
  speak();
  await until(() => service.deps.lines.some(({ msg }) => msg === 'contract had ended without this answer'));
  expect(await used(service, person)).toBe(1);
  expect(await look(person, id)).toEqual(first);
});

it('does not count a contract that ends late because the AI server is busy', async () => {
  stage.ai.behaviour = behave.refuse(503, { 'retry-after': '1' });
  const service = stage.service({ ai: { deadlineSeconds: 2 } });
  const person = await service.person('오래', 'free');
  expect((await ended(person, await submit(person, '기다린 계약'))).status).toBe('late');
  expect(await used(service, person)).toBe(0);
});

it('says for how long it waits, so that the word about the cost comes before it gives up', async () => {
  const service = stage.service({ ai: { deadlineSeconds: 100 } });
  const person = await service.person();
  await ended(person, await submit(person, '보통 계약'));
  const [wait] = stage.ai.waits;
  expect(wait).toBeGreaterThan(90);
  expect(wait).toBeLessThan(109);
});

it('takes a contract that had too little time of the server for nothing that the server lacks', async () => {
  const late = behave.refuse(504, {}, 'urn:dojang:problem:too-late');
  let calls = 0;
  stage.ai.behaviour = (...call) => (++calls <= 4 ? late(...call) : behave.answer()(...call));
  const service = stage.service({ ai: { concurrency: 4 } });
  const person = await service.person();
  for (const id of [await submit(person, '하나'), await submit(person, '둘')]) expect((await ended(person, id)).status).toBe('answered');
  expect(await service.part.health()).toMatchObject({ details: { ai: 'UP' } });
});
