/**
 * The same content again: whose answer it gets, what it counts, and that it is no way round the
 * limits.
 */
import { describe, expect, it } from 'vitest';
import type { Visitor } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { behave } from './fake-ai.ts';
import { ended, later, look, rows, type Service, submit, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);

const times = <T>(count: number, each: (at: number) => T) => Array.from({ length: count }, (_, at) => each(at));
const post = (person: Visitor, text: string, more: object = {}, headers: Record<string, string> = {}) =>
  person.call('POST', '/api/contracts', { pages: [{ text }], ...more }, headers);
const used = async ({ part }: Service, { id }: Visitor) => part.usedToday({ id, name: '', email: '', plan: 'free' });
const count = async () => (await rows(mysql.db, 'SELECT COUNT(*) AS n FROM contracts'))[0]?.n;

describe('the same content of another user', () => {
  it('is asked and counted like any other, so that nothing reveals whether it was sent before', async () => {
    const service = stage.service();
    const [one, other] = [await service.person('하나', 'free'), await service.person('이웃', 'free')];
    const first = await submit(one, '제1조');
    await ended(one, first);
    stage.ai.behaviour = behave.hang();
    const receipts = await Promise.all([post(other, '제1조'), post(other, '아무도 보내지 않은 글')]);
    const accepted = await Promise.all(receipts.map((receipt) => receipt.json<{ id: string; status: string }>()));
    expect(accepted.map(({ status }) => status)).toEqual(['waiting', 'waiting']);
    expect(accepted.map(({ id }) => id)).not.toContain(first);
    expect(await used(service, other)).toBe(2);
  });

  it('is asked for each of two people whose contracts wait together', async () => {
    const front = stage.idle();
    const [one, other] = [await front.person(), await front.person('이웃')];
    const ids = [await submit(one, '같은 계약'), await submit(other, '같은 계약')] as const;
    stage.service({ ai: { concurrency: 1 } });
    await Promise.all([ended(one, ids[0]), ended(other, ids[1])]);
    expect([...stage.ai.counts().keys()].toSorted()).toEqual([...ids].toSorted());
  });
});

describe('the same content of the same user', () => {
  it('is the earlier contract, whatever the line ends: nothing new is stored, asked or counted', async () => {
    const service = stage.service();
    const person = await service.person('무료', 'free');
    const first = await submit(person, '제1조\r\n제2조  \r\n');
    await ended(person, first);
    const answers = await Promise.all(times(60, () => post(person, '제1조\n제2조')));
    const accepted = await Promise.all(answers.map((answer) => answer.json<{ id: string; status: string }>()));
    expect(new Set(accepted.map(({ id }) => id))).toEqual(new Set([first]));
    expect(accepted[0]).toMatchObject({ status: 'answered', position: null });
    expect(await count()).toBe(1);
    expect(stage.ai.asked).toHaveLength(1);
    expect(await used(service, person)).toBe(1);
  });

  it('is the earlier contract also while that waits, though all come at once', async () => {
    const service = stage.idle();
    const person = await service.person('무료', 'free');
    const ids = await Promise.all(times(20, () => submit(person, '한꺼번에')));
    expect(new Set(ids).size).toBe(1);
    expect(await count()).toBe(1);
  });

  it('comes back though the day is used up, and other content does not', async () => {
    const service = stage.idle();
    const person = await service.person('무료', 'free');
    const ids: string[] = [];
    for (let at = 0; at < 10; at++) ids.push(await submit(person, `${at}`));
    expect(await submit(person, '3')).toBe(ids[3]);
    expect((await post(person, 'other')).status).toBe(429);
    expect((await post(person, '3', { locale: 'en' })).status).toBe(429);
  });

  it('in another language is another contract', async () => {
    const service = stage.idle();
    const person = await service.person('무료', 'free');
    const first = await submit(person, '제1조');
    const english = await (await post(person, '제1조', { locale: 'en' })).json<{ id: string }>();
    expect(english.id).not.toBe(first);
    expect(await used(service, person)).toBe(2);
  });

  it('is tried anew, and counts, when it could not be read', async () => {
    stage.ai.behaviour = behave.refuse(422);
    const service = stage.service();
    const person = await service.person('무료', 'free');
    const first = await submit(person, '흐림');
    await ended(person, first);
    expect(await submit(person, '흐림')).not.toBe(first);
    expect(await used(service, person)).toBe(2);
  });

  it('is tried anew when its answer came too late, or its contract was deleted', async () => {
    const service = stage.idle();
    const person = await service.person('무료', 'free');
    const first = await submit(person, '늦음');
    service.deps.pass(31_000);
    const second = await submit(person, '늦음');
    expect(second).not.toBe(first);
    await mysql.db.query('DELETE FROM contracts WHERE id = ?', [second]);
    const third = await submit(person, '늦음');
    expect([first, second]).not.toContain(third);
    expect((await look(person, third)).status).toBe('waiting');
  });

  it('is asked anew after a day', async () => {
    const service = stage.service();
    const person = await service.person();
    await ended(person, await submit(person, '어제'));
    const tomorrow = await later(service, person, 86_401_000);
    await ended(tomorrow, await submit(tomorrow, '어제'));
    expect(stage.ai.asked).toHaveLength(2);
  });

  it('comes back only so often a day, with a key and without', async () => {
    const service = stage.idle();
    const person = await service.person('무료', 'free');
    const key = { 'idempotency-key': 'k' };
    await submit(person, '하나', key);
    await mysql.db.query('UPDATE contract_days SET repeats = 98');
    expect((await post(person, '하나')).status).toBe(202);
    expect((await post(person, '하나', {}, key)).status).toBe(202);
    for (const headers of [key, { 'idempotency-key': 'another' }, {}]) {
      const refused = await post(person, '하나', {}, headers);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await refused.json()).toMatchObject({ type: 'urn:dojang:problem:too-many-repeats' });
    }
    expect((await post(person, '둘')).status).toBe(202);
  });
});

it('lets pages of one person wait only up to ten contracts of the largest size', async () => {
  const service = stage.idle({ settings: { maxBytes: 1_000 } });
  const [person, neighbour] = [await service.person(), await service.person('이웃')];
  const large = (at: number) => `${at} `.padEnd(1_000, 'x');
  const sent = await Promise.all(times(12, (at) => post(person, large(at))));
  expect(sent.map(({ status }) => status).toSorted()).toEqual([...times(10, () => 202), 429, 429]);
  const refused = sent.find(({ status }) => status === 429);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused?.json()).toMatchObject({ type: 'urn:dojang:problem:too-much-waiting' });
  expect(await used(service, person)).toBe(10);
  expect((await post(neighbour, large(0))).status).toBe(202);
  await mysql.db.query("UPDATE contracts SET status = 'late' WHERE person_id = ?", [person.id]);
  expect((await post(person, large(20))).status).toBe(202);
});
