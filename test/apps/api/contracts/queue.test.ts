import { expect, it } from 'vitest';
import { useMysql } from '../mysql.ts';
import { behave } from './fake-ai.ts';
import { ended, look, rows, submit, until, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);

it('answers a contract and forgets its pages', async () => {
  const service = stage.service();
  const person = await service.person();
  const id = await submit(person, '보증금 1억');
  const view = await ended(person, id);
  expect(view).toMatchObject({ id, status: 'answered', pageCount: 1, position: null, message: { ko: '답변이 준비되었어요.' } });
  expect(view.result?.summary.ko).toBe('요약: 보증금 1억');
  expect(stage.ai.asked).toEqual([{ requestId: id, locale: 'ko', pages: [{ kind: 'text', text: '보증금 1억' }] }]);
  expect(await rows(mysql.db, 'SELECT * FROM contract_pages')).toEqual([]);
});

it('works on no more contracts at once than it may', async () => {
  stage.ai.behaviour = behave.answer(50);
  const service = stage.service({ ai: { concurrency: 3 } });
  const people = await Promise.all(['하나', '둘', '셋', '넷'].map((name) => service.person(name)));
  const all = people.flatMap((person) => [0, 1, 2].map(async (at) => ({ person, id: await submit(person, `page ${at}`) })));
  await Promise.all((await Promise.all(all)).map(({ person, id }) => ended(person, id)));
  expect(stage.ai.most).toBe(3);
});

it('shares the line between two processes, and each contract is asked about once', async () => {
  stage.ai.behaviour = behave.answer(20);
  const one = stage.service();
  const other = stage.service();
  const person = await one.person();
  const ids = await Promise.all(Array.from({ length: 40 }, (_, at) => submit(person, `page ${at}`)));
  await Promise.all(ids.map((id) => ended(person, id)));
  expect([...stage.ai.counts().values()]).toEqual(ids.map(() => 1));
  const ends = (service: typeof one) => service.deps.lines.filter(({ msg }) => msg === 'contract ended').length;
  expect(ends(one) + ends(other)).toBe(40);
  expect(Math.min(ends(one), ends(other))).toBeGreaterThan(0);
});

it('lets others in between the many contracts of one person', async () => {
  const front = stage.idle();
  const eager = await front.person('많이');
  const modest = await front.person('하나');
  for (let at = 0; at < 10; at++) await submit(eager, `eager ${at}`);
  await submit(modest, 'modest 0');
  await submit(modest, 'modest 1');
  const worker = stage.service({ ai: { concurrency: 1 } });
  await until(() => stage.ai.asked.length === 12);
  const order = stage.ai.asked.map(({ pages }) => pages[0]?.text);
  expect(order.slice(0, 5)).toEqual(['eager 0', 'modest 0', 'eager 1', 'modest 1', 'eager 2']);
  await worker.part.stop();
});

it.each([
  [5, 2],
  [4, 2],
  [2, 1],
])('of %i contracts at once works on %i of one user, so that others find room', async (concurrency, most) => {
  const hang = behave.hang();
  const answer = behave.answer();
  stage.ai.behaviour = (question, response) => (question.pages[0]?.text?.startsWith('eager') ? hang : answer)(question, response);
  const service = stage.service({ ai: { concurrency } });
  const eager = await service.person('많이');
  for (let at = 0; at < 8; at++) await submit(eager, `eager ${at}`);
  await until(() => stage.ai.asked.length >= most);
  for (const name of ['하나', '둘', '셋']) {
    const modest = await service.person(name);
    expect((await ended(modest, await submit(modest, 'modest'), 10_000)).status).toBe('answered');
  }
  expect(stage.ai.asked.filter(({ pages }) => pages[0]?.text?.startsWith('eager'))).toHaveLength(most);
});

it('takes a contract over when its lease is not renewed; of two answers one counts', async () => {
  const answers = [behave.answer(1_500), behave.answer()];
  stage.ai.behaviour = (...call) => answers.shift()?.(...call);
  const frozen = stage.service({ tuning: { heartbeatMs: 1_000_000, leaseMs: 300, drainMs: 5_000 } });
  const person = await frozen.person();
  const id = await submit(person, 'frozen');
  expect((await ended(person, id)).status).toBe('answered');
  await frozen.part.stop();
  expect(stage.ai.counts()).toEqual(new Map([[id, 2]]));
  const logged = frozen.deps.lines.map(({ msg }) => msg).filter((msg) => String(msg).startsWith('contract'));
  expect(logged).toEqual(['contract ended', 'contract had ended without this answer']);
});

it('keeps a contract whose answer takes longer than a lease', async () => {
  stage.ai.behaviour = behave.answer(1_000);
  const service = stage.service({ tuning: { leaseMs: 400, heartbeatMs: 100 } });
  stage.service({ tuning: { leaseMs: 400, heartbeatMs: 100 } });
  const person = await service.person();
  const id = await submit(person, 'slow');
  await ended(person, id);
  expect(stage.ai.counts()).toEqual(new Map([[id, 1]]));
});

it('gives back what it was working on when it is asked to end', async () => {
  stage.ai.behaviour = behave.hang();
  const service = stage.service({ tuning: { drainMs: 50 } });
  const person = await service.person();
  const id = await submit(person, 'interrupted');
  await until(async () => (await look(person, id)).status === 'running');
  await service.part.stop();
  expect(await rows(mysql.db, 'SELECT status, lease_token FROM contracts')).toEqual([{ status: 'waiting', lease_token: null }]);
  stage.ai.behaviour = behave.answer();
  stage.service();
  expect((await ended(person, id)).status).toBe('answered');
});

it('reads a contract that still arrives when it is asked to end, and leaves it to the next', async () => {
  const service = stage.service({ tuning: { drainMs: 50 } });
  const person = await service.person();
  await service.part.stop();
  const id = await submit(person, 'arrives late');
  expect(stage.ai.asked).toEqual([]);
  stage.service();
  expect((await ended(person, id)).status).toBe('answered');
});

it('waits at the end for an answer that is about to come', async () => {
  stage.ai.behaviour = behave.answer(300);
  const service = stage.service({ tuning: { drainMs: 10_000 } });
  const person = await service.person();
  const id = await submit(person, 'nearly');
  await until(() => stage.ai.asked.length === 1);
  await service.part.stop();
  expect((await look(person, id)).status).toBe('answered');
});
