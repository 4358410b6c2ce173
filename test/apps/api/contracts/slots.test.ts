/** Two releases side by side over one queue: the idle one leaves it alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useMysql } from '../mysql.ts';
import { behave } from './fake-ai.ts';
import { ended, look, rows, type Service, submit, until, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-slots-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const serve = (slot: 'a' | 'b') => writeFileSync(join(folder, 'serving'), `${slot}\n`);
const inSlot = (name: 'a' | 'b') => ({
  settings: { slot: { name, servingFile: join(folder, 'serving'), shareFile: join(folder, 'share') } },
});

/** Until its worker and its maintenance have each had their turn several times. */
async function rounds(service: Service, count: number): Promise<void> {
  const end = service.rounds + 2 * count;
  await until(() => service.rounds >= end);
}

describe('an idle slot', () => {
  it('takes no contract, also none that was submitted to it; it does from when it serves', async () => {
    serve('a');
    const idle = stage.service(inSlot('b'));
    const person = await idle.person();
    const id = await submit(person, '보증금');
    await rounds(idle, 10);
    expect([await look(person, id), stage.ai.asked]).toEqual([expect.objectContaining({ status: 'waiting' }), []]);
    expect(await rows(mysql.db, 'SELECT attempts FROM contracts')).toEqual([{ attempts: 0 }]);
    serve('b');
    expect((await ended(person, id)).status).toBe('answered');
  });

  it('ends no contract whose deadline has passed, and gives back no lease that ran out', async () => {
    serve('a');
    const idle = stage.service(inSlot('b'));
    const person = await idle.person();
    const [late, leased] = [await submit(person, '늦은'), await submit(person, '맡은')];
    await mysql.db.query("UPDATE contracts SET status = 'running', lease_until = created_at, lease_token = 'x' WHERE id = ?", [leased]);
    await mysql.db.query('UPDATE contracts SET deadline_at = created_at WHERE id = ?', [late]);
    await rounds(idle, 10);
    expect((await rows(mysql.db, 'SELECT status FROM contracts ORDER BY number')).map(({ status }) => status)).toEqual([
      'waiting',
      'running',
    ]);
    serve('b');
    expect((await ended(person, late)).status).toBe('late');
    expect((await ended(person, leased)).status).toBe('answered');
  });

  it('leaves what users submit to the one that serves', async () => {
    serve('a');
    const [serving, idle] = [stage.service(inSlot('a')), stage.service(inSlot('b'))];
    const person = await idle.person();
    const ids = await Promise.all(['하나', '둘', '셋', '넷'].map((text) => submit(person, text)));
    for (const id of ids) expect((await ended(person, id)).status).toBe('answered');
    const taken = ({ deps }: Service) => deps.lines.filter(({ msg }) => msg === 'contract ended').length;
    expect([taken(serving), taken(idle)]).toEqual([4, 0]);
  });
});

describe('after the switch', () => {
  it('the one before takes nothing more, and ends what it has', async () => {
    serve('a');
    stage.ai.behaviour = behave.hang();
    const before = stage.service({ ...inSlot('a'), ai: { concurrency: 2 } });
    const person = await before.person();
    const first = await submit(person, '첫째');
    await until(() => stage.ai.asked.length === 1);
    serve('b');
    stage.ai.behaviour = behave.answer();
    const second = await submit(person, '둘째');
    await rounds(before, 10);
    expect(stage.ai.asked).toHaveLength(1);
    stage.service(inSlot('b'));
    expect((await ended(person, second)).status).toBe('answered');
    expect((await look(person, first)).status).toBe('running');
  });

  it('a share is a part of the work, until it ends', async () => {
    serve('a');
    const canary = stage.service(inSlot('b'));
    const person = await canary.person();
    writeFileSync(join(folder, 'share'), 'b\n');
    expect((await ended(person, await submit(person, '보증금'))).status).toBe('answered');
    writeFileSync(join(folder, 'share'), 'b ends\n');
    await submit(person, '월세');
    await rounds(canary, 10);
    expect(stage.ai.asked).toHaveLength(1);
  });
});
