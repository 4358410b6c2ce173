import { afterEach, beforeAll, expect, it } from 'vitest';
import { publicUrl } from '../app.ts';
import { useMysql } from '../mysql.ts';
import { ApiProcess } from './child-process.ts';
import { behave } from './fake-ai.ts';
import { look, rows, until, useStage } from './service.ts';
import { endings, watchEndings } from './witness.ts';

const mysql = useMysql();
const stage = useStage(mysql);
const children: ApiProcess[] = [];

beforeAll(() => watchEndings(mysql.db));
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
});

async function started(): Promise<ApiProcess> {
  const child = await ApiProcess.start({ mysql: mysql.settings, aiUrl: stage.ai.url, env: { AI_CONCURRENCY: '5' } });
  children.push(child);
  return child;
}

async function acknowledged(
  child: ApiProcess,
  cookies: readonly string[],
  texts: readonly string[],
  reported = (): unknown => undefined,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const send = async (text: string, at: number) => {
    const cookie = cookies[at % cookies.length] ?? '';
    const headers = { origin: publicUrl, cookie, 'content-type': 'application/json' };
    const body = JSON.stringify({ pages: [{ text }] });
    const response = await fetch(`${child.url}/api/contracts`, { method: 'POST', headers, body });
    if (response.status !== 202) return;
    ids.set(((await response.json()) as { id: string }).id, text);
    reported();
  };
  await Promise.all(texts.map(send));
  return ids;
}

it('answers every acknowledged contract once, though the API is killed again and again with 50 waiting and 5 being answered', async () => {
  stage.ai.behaviour = behave.hang();
  // Two of the five at once are of one person at most.
  const front = stage.idle();
  const people = await Promise.all(['하나', '둘', '셋'].map((name) => front.person(name)));
  let child = await started();
  const texts = Array.from({ length: 55 }, (_, at) => `계약 ${at}`);
  const ids = await acknowledged(
    child,
    people.map(({ cookie }) => cookie),
    texts,
  );
  expect(ids.size).toBe(55);
  const owners = new Map(texts.map((text, at) => [text, people[at % people.length]]));
  await until(() => stage.ai.asked.length === 5);
  expect(await rows(mysql.db, 'SELECT status, COUNT(*) AS n FROM contracts GROUP BY status ORDER BY status')).toEqual([
    { status: 'waiting', n: 50 },
    { status: 'running', n: 5 },
  ]);
  await child.kill();

  // Then right when an answer has been sent, and right when one has been written down, twice each.
  for (const moment of ['sent', 'written', 'sent', 'written'] as const) {
    const before = stage.ai.asked.length;
    const written = (await endings(mysql.db)).length;
    const answer = behave.answer(5);
    let answered = 0;
    const killed = new Promise<void>((resolve) => {
      stage.ai.behaviour = async (question, response) => {
        await answer(question, response);
        if (++answered < 7) return;
        if (moment === 'written') await until(async () => (await endings(mysql.db)).length >= written + 7);
        await child.kill();
        resolve();
      };
    });
    child = await started();
    await killed;
    expect(stage.ai.asked.length).toBeGreaterThan(before);
  }

  stage.ai.behaviour = behave.answer(5);
  child = await started();
  await until(async () => (await rows(mysql.db, "SELECT 1 FROM contracts WHERE status IN ('waiting', 'running')")).length === 0);
  expect((await endings(mysql.db)).sort()).toEqual([...ids.keys()].sort());
  for (const [id, text] of ids) {
    const owner = owners.get(text);
    expect(owner && (await look(owner, id))).toMatchObject({ status: 'answered', result: { summary: { ko: `요약: ${text}` } } });
  }
  expect(await rows(mysql.db, 'SELECT * FROM contract_pages')).toEqual([]);
});

it('has in the database what it acknowledged while it was killed, and two processes answer it', async () => {
  stage.ai.behaviour = behave.answer(30);
  const person = await stage.idle().person();
  const [one, other] = [await started(), await started()];
  const batches = [acknowledged(one, [person.cookie], texts('one')), acknowledged(other, [person.cookie], texts('other'))];
  // Killed as soon as the first of them is acknowledged, with others on their way.
  const cut = acknowledged(one, [person.cookie], texts('cut'), () => one.kill()).catch(() => new Map<string, string>());
  const ids = new Map(
    (await Promise.all([...batches.map((each) => each.catch(() => new Map<string, string>())), cut])).flatMap((each) => [...each]),
  );
  expect(ids.size).toBeGreaterThanOrEqual(20);
  await until(async () => (await rows(mysql.db, "SELECT 1 FROM contracts WHERE status IN ('waiting', 'running')")).length === 0);
  const all = await endings(mysql.db);
  expect(new Set(all).size).toBe(all.length);
  expect(all).toEqual(expect.arrayContaining([...ids.keys()]));
  for (const id of ids.keys()) expect((await look(person, id)).status).toBe('answered');
});

const texts = (name: string) => Array.from({ length: 20 }, (_, at) => `${name} ${at}`);
