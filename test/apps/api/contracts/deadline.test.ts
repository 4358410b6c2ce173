import { expect, it } from 'vitest';
import { useMysql } from '../mysql.ts';
import { behave } from './fake-ai.ts';
import { ended, look, rows, submit, until, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);

const friendly = '죄송해요, 지금 많은 분들의 이야기를 듣고 있어서 답변이 늦어지고 있어요. 잠시 후 다시 시도해주시겠어요? 🙇🏻‍♂️';

it('gives the friendly answer to a contract that waited until the deadline, and does not count it', async () => {
  const service = stage.idle({ ai: { deadlineSeconds: 300 } });
  const person = await service.person('무료', 'free');
  const id = await submit(person, '오래');
  expect(await service.part.usedToday?.({ id: person.id, name: '', email: '', plan: 'free' })).toBe(1);
  service.deps.pass(301_000);
  service.part.start();
  const view = await ended(person, id);
  expect(view).toMatchObject({ status: 'late', position: null, result: null, message: { ko: friendly } });
  expect(view.message.en).toMatch(/^Sorry, /);
  expect(stage.ai.asked).toEqual([]);
  expect(await rows(mysql.db, 'SELECT * FROM contract_pages')).toEqual([]);
  expect(await service.part.usedToday?.({ id: person.id, name: '', email: '', plan: 'free' })).toBe(0);
});

it('gives the friendly answer while the AI server is still thinking, and keeps what it says later for the next time', async () => {
  let speak = () => {};
  stage.ai.behaviour = (question, response) => {
    speak = () => void behave.answer()(question, response);
  };
  const service = stage.service({ ai: { deadlineSeconds: 300 } });
  const person = await service.person();
  const id = await submit(person, '생각 중');
  await until(() => stage.ai.asked.length === 1);
  service.deps.pass(301_000);
  const first = await ended(person, id);
  expect(first).toMatchObject({ status: 'late', result: null });
  speak();
  await until(() => service.deps.lines.some(({ msg }) => msg === 'contract had ended without this answer'));
  expect(await look(person, id)).toEqual(first);
  const neighbour = await service.person('이웃');
  expect((await look(neighbour, await submit(neighbour, '생각 중'))).status).not.toBe('answered');
  const again = await submit(person, '생각 중');
  expect(await look(person, again)).toMatchObject({ status: 'answered', result: { summary: { ko: '요약: 생각 중' } } });
  expect(await service.part.usedToday?.({ id: person.id, name: '', email: '', plan: 'pro' })).toBe(1);
  expect(await submit(person, '생각 중')).toBe(again);
});

it('keeps no answer of a contract that was deleted meanwhile', async () => {
  let speak = () => {};
  stage.ai.behaviour = (question, response) => {
    speak = () => void behave.answer()(question, response);
  };
  const service = stage.service();
  const person = await service.person();
  await submit(person, '시험');
  await until(() => stage.ai.asked.length === 1);
  await mysql.db.query('DELETE FROM people WHERE id = ?', [person.id]);
  speak();
  await until(() => service.deps.lines.some(({ msg }) => msg === 'contract had ended without this answer'));
  expect(await rows(mysql.db, 'SELECT * FROM contract_answers')).toEqual([]);
});

it('ends a call that goes on long after the deadline, so that its place is free', async () => {
  stage.ai.behaviour = behave.hang();
  const service = stage.service({ ai: { deadlineSeconds: 1, concurrency: 1 } });
  const person = await service.person();
  const id = await submit(person, '끝없이');
  expect((await ended(person, id)).status).toBe('late');
  stage.ai.behaviour = behave.answer();
  expect((await ended(person, await submit(person, '다음'))).status).toBe('answered');
});

it('gives each of many the friendly answer once, from two processes', async () => {
  const service = stage.idle();
  const person = await service.person();
  const ids = await Promise.all(Array.from({ length: 150 }, (_, at) => submit(person, `${at}`)));
  const other = stage.idle();
  for (const each of [service, other]) {
    each.deps.pass(31_000);
    each.part.start();
  }
  await until(async () => (await rows(mysql.db, "SELECT 1 FROM contracts WHERE status = 'late'")).length === ids.length);
  const ending = () => [service, other].flatMap(({ deps }) => deps.lines).filter(({ msg }) => msg === 'contracts got the friendly answer');
  const sum = await until(() => {
    const count = ending().reduce((all, { contracts }) => all + Number(contracts), 0);
    return count >= ids.length && count;
  });
  expect(sum).toBe(ids.length);
  expect(await service.part.usedToday?.({ id: person.id, name: '', email: '', plan: 'pro' })).toBe(0);
});

it('takes contracts that would be late anyway after the others, so that those are not late, too', async () => {
  const service = stage.idle({ ai: { deadlineSeconds: 100, concurrency: 1 } });
  const person = await service.person();
  for (const text of ['하나', '둘', '셋']) await submit(person, text);
  await mysql.db.query("UPDATE contracts SET status = 'answered', answered_at = ?, took_ms = 40000", [service.deps.clock()]);
  await submit(person, '늦을 것');
  service.deps.pass(70_000);
  await submit(person, '아직');
  service.part.start();
  await until(() => stage.ai.asked.length === 2);
  expect(stage.ai.asked.map(({ pages }) => pages[0]?.text)).toEqual(['아직', '늦을 것']);
});

it('deletes results after 30 days and answers that came too late after one', async () => {
  const service = stage.service();
  const person = await service.person();
  await ended(person, await submit(person, '옛 계약'));
  await service.part.stop();
  expect(await rows(mysql.db, 'SELECT * FROM contract_answers')).toEqual([]);
  const tomorrow = new Date(service.deps.clock().getTime() + 86_400_000);
  await mysql.db.query("INSERT INTO contract_answers VALUES (REPEAT('x', 32), '{}', ?)", [tomorrow]);
  const after = async (days: number) => {
    const next = stage.service();
    next.deps.pass(days * 86_400_000);
    await until(() => next.deps.lines.some(({ msg }) => msg === 'old results deleted'));
    await next.part.stop();
    const count = async (table: string) => (await rows(mysql.db, `SELECT 1 FROM ${table}`)).length;
    return [await count('contracts'), await count('contract_answers')];
  };
  expect(await after(2)).toEqual([1, 0]);
  expect(await after(31)).toEqual([0, 0]);
});
